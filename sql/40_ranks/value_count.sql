-- How many assessed units hold each value of an indicator.
-- grain: year, indicator_id, value_e10
-- view
select
    s.year as year,
    s.indicator_id as indicator_id,
    s.value_e10 as value_e10,
    cast(count(*) as bigint) as unit_count
from scored as s
where s.merit is not null and s.value_e10 is not null
group by s.year, s.indicator_id, s.value_e10
