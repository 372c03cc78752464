-- Ranks of a year start at 1, and a better rank never has a lower total.
select
    r.year as year,
    r.unit_code as unit_code,
    r.rank_overall as rank_overall,
    r.total_e2 as total_e2
from (
    select
        u.year as year,
        u.unit_code as unit_code,
        u.rank_overall as rank_overall,
        u.total_e2 as total_e2,
        cast(min(u.rank_overall) over (partition by u.year) as bigint) as first_rank,
        cast(min(u.total_e2) over (
            partition by u.year order by u.rank_overall asc nulls last
            range between unbounded preceding and current row
        ) as bigint) as lowest_e2
    from report_unit as u
    where u.assessed = 1
) as r
where r.first_rank <> 1 or r.total_e2 > r.lowest_e2
