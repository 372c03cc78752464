-- What all items of an indicator share in a year, whether or not any unit is assessed.
-- grain: year, indicator_code
select
    y.year as year,
    i.indicator_code as indicator_code,
    i.indicator_id as position,
    i.unit_level as unit_level,
    i.dimension_code as dimension_code,
    i.weight_e2 as weight_e2,
    m.rank_count as rank_count,
    c.mean_points_e2 as mean_points_e2,
    c.median_e10 as median_e10
from (select distinct u.year as year from ref.unit as u) as y
cross join ref.indicator as i
left join indicator_mean as m on y.year = m.year and i.indicator_id = m.indicator_id
left join report_indicator as c on y.year = c.year and i.indicator_code = c.indicator_code
