-- What relative rules compare with: assessed units of the peer group that have a value.
-- grain: indicator_id, group_id
select
    i.indicator_id as indicator_id,
    u.group_id as group_id,
    cast(count(*) as bigint) as unit_count,
    min(i.value_e10) as lowest_e10,
    max(i.value_e10) as highest_e10,
    cast(sum(cast(i.value_e10 as decimal(19, 0))) as decimal(38, 0)) as sum_e10
from item as i
inner join ref.rule as r on i.indicator_id = r.indicator_id and r.relative = 1
inner join ref.unit as u on i.unit_id = u.unit_id
where u.assessed = 1 and i.valued = 1
group by i.indicator_id, u.group_id
