-- The same item in the year before, of the unit itself or of its only predecessor.
-- grain: item_id
-- view
select
    u.unit_id + s.indicator_id as item_id,
    s.value_e10 as value_e10,
    s.points_e2 as points_e2
from scored as s
inner join ref.unit as u on s.unit_id = u.previous_id
