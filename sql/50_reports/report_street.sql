-- A street on one line: its card's total and rank, and its communities' mean, grades and satisfaction.
-- grain: year, street_code
select
    r.year as year,
    r.unit_code as street_code,
    coalesce(c.community_count, 0) as community_count,
    coalesce(m.assessed_count, 0) as assessed_count,
    m.mean_e2 as mean_e2,
    r.total_e2 as total_e2,
    r.rank_overall as rank_overall,
    r.street_count as street_count,
    coalesce(m.excellent_count, 0) as excellent_count,
    coalesce(m.missing_count, 0) as missing_count,
    s.simple_e4 as satisfaction_simple_e4,
    s.weighted_e4 as satisfaction_weighted_e4,
    p.mean_e2 as previous_mean_e2
from street_rank as r
inner join ref.unit as u on r.year = u.year and r.unit_code = u.unit_code
left join (
    select
        k.year as year,
        k.street_code as street_code,
        cast(count(*) as bigint) as community_count
    from ref.unit as k
    where k.unit_level = 'community'
    group by k.year, k.street_code
) as c on r.year = c.year and r.unit_code = c.street_code
left join total_mean as m on r.year = m.year and r.unit_code = m.street_code
left join satisfaction as s on r.year = s.year and r.unit_code = s.street_code
left join total_mean as p on u.year = p.year + 1 and u.previous_code = p.street_code
