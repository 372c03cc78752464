-- An indicator over the assessed units of its level: points of all of them, values of those that have one.
-- grain: year, indicator_id
select
    s.year as year,
    s.indicator_id as indicator_id,
    cast(count(*) as bigint) as unit_count,
    cast(sum(s.points_e2) as bigint) as sum_points_e2,
    cast(count(case when s.valued = 1 then s.value_e10 end) as decimal(18, 0)) as value_count,
    cast(sum(case when s.valued = 1 then cast(s.value_e10 as decimal(19, 0)) end) as decimal(30, 0))
        as sum_value_e10,
    min(case when s.valued = 1 then s.value_e10 end) as minimum_e10,
    max(case when s.valued = 1 then s.value_e10 end) as maximum_e10,
    cast(sum(case when s.points_e2 >= s.weight_e2 then 1 else 0 end) as bigint) as full_count,
    cast(sum(case when s.points_e2 = 0 then 1 else 0 end) as bigint) as zero_count,
    cast(sum(case when s.state in ('observed', 'zero') then 1 else 0 end) as bigint) as observed_count,
    cast(sum(case when s.state = 'missing' then 1 else 0 end) as bigint) as missing_count,
    cast(sum(case when s.state = 'not_applicable' then 1 else 0 end) as bigint) as not_applicable_count,
    cast(sum(case when s.state = 'disputed' then 1 else 0 end) as bigint) as disputed_count,
    cast(count(s.merit) as bigint) as rank_count
from scored as s
where s.assessed = 1
group by s.year, s.indicator_id
