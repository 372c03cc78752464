-- Each street's card, its competition rank and grade among assessed streets, and how many those are.
-- grain: unit_id
select
    t.unit_id as unit_id,
    t.dimension_sum_e2 as dimension_sum_e2,
    t.bonus_e2 as bonus_e2,
    t.deduction_e2 as deduction_e2,
    t.deduction_cut_e2 as deduction_cut_e2,
    t.total_e2 as total_e2,
    r.rank_overall as rank_overall,
    r.rank_overall_ties as rank_overall_ties,
    cast(sum(u.assessed) over (partition by u.year) as bigint) as street_count,
    g.grade_code as grade_code,
    coalesce(g.quota_edge, 0) as quota_edge
from street_total as t
inner join ref.unit as u on t.unit_id = u.unit_id
left join unit_rank as r on t.unit_id = r.unit_id
left join unit_grade as g on t.unit_id = g.unit_id
