-- The totals of both cards.
-- grain: unit_id
-- view
select
    c.unit_id as unit_id,
    c.dimension_sum_e2 as dimension_sum_e2,
    c.bonus_e2 as bonus_e2,
    c.deduction_e2 as deduction_e2,
    c.deduction_cut_e2 as deduction_cut_e2,
    c.total_e2 as total_e2
from unit_total as c
union all
select
    s.unit_id as unit_id,
    s.dimension_sum_e2 as dimension_sum_e2,
    s.bonus_e2 as bonus_e2,
    s.deduction_e2 as deduction_e2,
    s.deduction_cut_e2 as deduction_cut_e2,
    s.total_e2 as total_e2
from street_total as s
