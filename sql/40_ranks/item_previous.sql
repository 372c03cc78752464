-- The same item in the year before, of the unit itself or of its only predecessor.
-- grain: year, unit_code, indicator_code
-- view
select
    u.year as year,
    u.unit_code as unit_code,
    p.indicator_code as indicator_code,
    p.value_e10 as value_e10,
    p.points_e2 as points_e2
from scored as p
inner join ref.unit as u on p.year + 1 = u.year and p.unit_code = u.previous_code
