-- Competition ranks (1, 2, 2, 4) of assessed communities on published totals, then on the tie keys; equal on all
-- of them is the same rank.
-- grain: year, unit_code
select
    p.year as year,
    p.unit_code as unit_code,
    p.rank_overall as rank_overall,
    cast(count(*) over (partition by p.year) as bigint) as overall_count,
    cast(count(*) over (partition by p.year, p.rank_overall) as bigint) as rank_overall_ties,
    cast(rank() over (partition by p.year, p.unit_type order by p.rank_overall asc nulls last) as bigint) as rank_type,
    cast(count(*) over (partition by p.year, p.unit_type) as bigint) as type_count,
    cast(rank() over (partition by p.year, p.street_code order by p.rank_overall asc nulls last) as bigint) as rank_street,
    cast(count(*) over (partition by p.year, p.street_code) as bigint) as street_count
from (
    select
        t.year as year,
        t.unit_code as unit_code,
        u.unit_type as unit_type,
        u.street_code as street_code,
        cast(rank() over (
            partition by t.year
            order by
                t.total_e2 desc nulls last, k.key_1 desc nulls last, k.key_2 desc nulls last,
                k.key_3 desc nulls last, k.key_4 desc nulls last, k.key_5 desc nulls last, k.key_6 desc nulls last
        ) as bigint) as rank_overall
    from unit_total as t
    inner join ref.unit as u on t.year = u.year and t.unit_code = u.unit_code
    left join tie_key as k on t.year = k.year and t.unit_code = k.unit_code
    where u.assessed = 1
) as p
