-- An indicator over the assessed units of its level: points of all of them, values of those that have one.
-- grain: year, indicator_code
select
    i.year as year,
    i.indicator_code as indicator_code,
    cast(count(*) as bigint) as unit_count,
    cast(sum(i.points_e2) as bigint) as sum_points_e2,
    cast(count(case when i.valued = 1 then i.value_e10 end) as bigint) as value_count,
    cast(sum(case when i.valued = 1 then cast(i.value_e10 as decimal(19, 0)) end) as decimal(38, 0)) as sum_value_e10,
    min(case when i.valued = 1 then i.value_e10 end) as minimum_e10,
    max(case when i.valued = 1 then i.value_e10 end) as maximum_e10,
    cast(sum(case when i.points_e2 >= i.weight_e2 then 1 else 0 end) as bigint) as full_count,
    cast(sum(case when i.points_e2 = 0 then 1 else 0 end) as bigint) as zero_count,
    cast(sum(i.valued) as bigint) as observed_count,
    cast(sum(case when i.state = 'missing' then 1 else 0 end) as bigint) as missing_count,
    cast(sum(case when i.state = 'not_applicable' then 1 else 0 end) as bigint) as not_applicable_count,
    cast(sum(case when i.state = 'disputed' then 1 else 0 end) as bigint) as disputed_count
from scored as i
inner join ref.unit as u on i.year = u.year and i.unit_code = u.unit_code
where u.assessed = 1
group by i.year, i.indicator_code
