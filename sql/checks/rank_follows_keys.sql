-- Anybody who sorts the published keys gets the published rank, of communities and of streets.
select
    k.year as year,
    k.unit_code as unit_code,
    k.rank_overall as rank_overall,
    k.rank_again as rank_again
from (
    select
        r.year as year,
        r.unit_code as unit_code,
        r.rank_overall as rank_overall,
        coalesce(u.rank_overall, t.rank_overall) as rank_shown,
        cast(rank() over (
            partition by r.year, r.unit_level
            order by
                r.total_e2 desc nulls last, r.key_1 desc nulls last, r.key_2 desc nulls last,
                r.key_3 desc nulls last,
                r.key_4 desc nulls last,
                r.key_5 desc nulls last,
                r.key_6 desc nulls last
        ) as bigint) as rank_again
    from report_rank_key as r
    left join report_unit as u on r.year = u.year and r.unit_code = u.unit_code
    left join report_street as t on r.year = t.year and r.unit_code = t.street_code
) as k
where k.rank_overall <> k.rank_again or k.rank_shown is null or k.rank_shown <> k.rank_again
