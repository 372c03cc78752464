-- A unit's items summed up in the worst (best = 0) and the best case, with its bonus and decided deduction.
-- grain: unit_id, best
select
    g.unit_id as unit_id,
    b.best as best,
    t.bonus_e2 as bonus_e2,
    t.deduction_e2 + t.deduction_cut_e2 as decided_e2,
    t.dimension_sum_e2 - g.points_e2 + case when b.best = 1 then g.weight_e2 else g.least_e2 end as sum_e2
from unit_gap as g
inner join card_total as t on g.unit_id = t.unit_id
cross join (
    select 0 as best
    union all
    select 1 as best
) as b
