-- Points of every rule that is not a band: few rows beside the bands, so they are joined to them.
-- grain: year, unit_code, indicator_code
-- view
select
    s.year as year,
    s.unit_code as unit_code,
    s.indicator_code as indicator_code,
    s.points_e12 as points_e12
from points_share as s
union all
select
    p.year as year,
    p.unit_code as unit_code,
    p.indicator_code as indicator_code,
    p.points_e12 as points_e12
from points_parts as p
union all
select
    r.year as year,
    r.unit_code as unit_code,
    r.indicator_code as indicator_code,
    r.points_e12 as points_e12
from points_relative as r
