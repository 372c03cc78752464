-- A street on one line: its card's total, rank and grade, and its communities' mean, grades and satisfaction.
-- Rank and grade are null for a street that is not assessed or waits (reason_code).
-- grain: year, street_code
select
    u.year as year,
    u.unit_code as street_code,
    coalesce(c.community_count, 0) as community_count,
    coalesce(m.assessed_count, 0) as assessed_count,
    u.assessed as assessed,
    u.in_population as in_population,
    u.reason_code as reason_code,
    m.mean_e2 as mean_e2,
    r.dimension_sum_e2 as dimension_sum_e2,
    r.bonus_e2 as bonus_e2,
    r.deduction_e2 as deduction_e2,
    r.deduction_cut_e2 as deduction_cut_e2,
    r.total_e2 as total_e2,
    r.rank_overall as rank_overall,
    r.rank_overall_ties as rank_overall_ties,
    r.grade_code as grade_code,
    r.quota_edge as quota_edge,
    r.street_count as street_count,
    coalesce(m.excellent_count, 0) as excellent_count,
    coalesce(m.missing_count, 0) as missing_count,
    s.simple_e4 as satisfaction_simple_e4,
    s.weighted_e4 as satisfaction_weighted_e4,
    p.mean_e2 as previous_mean_e2
from street_rank as r
inner join ref.unit as u on r.unit_id = u.unit_id
left join (
    select
        k.street_id as street_id,
        cast(count(*) as bigint) as community_count
    from ref.unit as k
    where k.unit_level = 'community'
    group by k.street_id
) as c on r.unit_id = c.street_id
left join total_mean as m on u.year = m.year and u.unit_code = m.street_code
left join satisfaction as s on u.year = s.year and u.unit_code = s.street_code
left join ref.unit as b on u.previous_id = b.unit_id
left join total_mean as p on b.year = p.year and b.unit_code = p.street_code
