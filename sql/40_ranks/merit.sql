-- Each assessed value of an indicator, how many units hold it, and how good it is: in the indicator's good
-- direction, by points where neither higher nor lower is good.
-- grain: year, indicator_code, merit, value_e10
select
    i.year as year,
    i.indicator_code as indicator_code,
    case when n.merit_sign = 0 then i.points_e12 else n.merit_sign * i.value_e10 end as merit,
    i.value_e10 as value_e10,
    cast(count(*) as bigint) as unit_count
from scored as i
inner join ref.indicator as n on i.indicator_code = n.indicator_code
inner join ref.unit as u on i.year = u.year and i.unit_code = u.unit_code
where u.assessed = 1 and i.valued = 1
group by
    i.year, i.indicator_code, case when n.merit_sign = 0 then i.points_e12 else n.merit_sign * i.value_e10 end, i.value_e10
