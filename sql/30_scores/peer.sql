-- What relative rules compare with: assessed units of the peer group that have a value.
-- grain: year, indicator_code, peer_group
select
    i.year as year,
    i.indicator_code as indicator_code,
    u.peer_group as peer_group,
    cast(count(*) as bigint) as unit_count,
    min(i.value_e10) as lowest_e10,
    max(i.value_e10) as highest_e10,
    cast(sum(cast(i.value_e10 as decimal(19, 0))) as decimal(38, 0)) as sum_e10
from item as i
inner join ref.rule as r on i.indicator_code = r.indicator_code and r.family in ('spread', 'best', 'mean', 'rank')
inner join ref.unit as u on i.year = u.year and i.unit_code = u.unit_code
where u.assessed = 1 and i.valued = 1
group by i.year, i.indicator_code, u.peer_group
