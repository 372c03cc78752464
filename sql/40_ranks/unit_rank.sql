-- Competition ranks (1, 2, 2, 4) of assessed units of a level on published totals, then on the tie keys;
-- equal on all of them is the same rank.
-- grain: unit_id
select
    p.unit_id as unit_id,
    p.year as year,
    p.rank_overall as rank_overall,
    cast(count(*) over (partition by p.year, p.unit_level) as bigint) as overall_count,
    cast(count(*) over (partition by p.year, p.unit_level, p.rank_overall) as bigint) as rank_overall_ties,
    cast(rank() over (
        partition by p.year, p.unit_level, p.unit_type order by p.rank_overall asc nulls last
    ) as bigint) as rank_type,
    cast(count(*) over (partition by p.year, p.unit_level, p.unit_type) as bigint) as type_count,
    cast(rank() over (
        partition by p.street_id, p.unit_level order by p.rank_overall asc nulls last
    ) as bigint) as rank_street,
    cast(count(*) over (partition by p.street_id, p.unit_level) as bigint) as street_count
from (
    select
        t.unit_id as unit_id,
        u.year as year,
        u.unit_level as unit_level,
        u.unit_type as unit_type,
        u.street_id as street_id,
        cast(rank() over (
            partition by u.year, u.unit_level
            order by
                t.total_e2 desc nulls last, k.key_1 desc nulls last, k.key_2 desc nulls last,
                k.key_3 desc nulls last,
                k.key_4 desc nulls last,
                k.key_5 desc nulls last,
                k.key_6 desc nulls last
        ) as bigint) as rank_overall
    from card_total as t
    inner join ref.unit as u on t.unit_id = u.unit_id
    left join tie_key as k on t.unit_id = k.unit_id
    where u.assessed = 1
) as p
