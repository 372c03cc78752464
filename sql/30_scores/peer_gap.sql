-- How far a value lies from its peer group's lowest (or highest) and, n times, from the mean.
-- A unit outside the assessed population is held to the same bounds, never above or below them; where its
-- peer group is empty it stands alone, as its own lowest, highest and mean.
-- grain: year, unit_code, indicator_code
-- view
select
    i.year as year,
    i.unit_code as unit_code,
    i.indicator_code as indicator_code,
    i.value_e10 as value_e10,
    coalesce(p.highest_e10, i.value_e10) as highest_e10,
    coalesce(p.highest_e10 - p.lowest_e10, 0) as range_e10,
    case
        when p.unit_count is null then 0
        when r.sense = 1 and i.value_e10 > p.highest_e10 then p.highest_e10 - p.lowest_e10
        when r.sense = 1 and i.value_e10 < p.lowest_e10 then 0
        when r.sense = 1 then i.value_e10 - p.lowest_e10
        when i.value_e10 < p.lowest_e10 then p.highest_e10 - p.lowest_e10
        when i.value_e10 > p.highest_e10 then 0
        else p.highest_e10 - i.value_e10
    end as gain_e10,
    coalesce(p.unit_count, 1) as unit_count,
    coalesce(
        r.sense * (cast(i.value_e10 as decimal(19, 0)) * cast(p.unit_count as decimal(9, 0)) - p.sum_e10), 0
    ) as excess_n_e10
from item as i
inner join ref.rule as r on i.indicator_code = r.indicator_code and r.family in ('spread', 'best', 'mean')
inner join ref.unit as u on i.year = u.year and i.unit_code = u.unit_code
left join peer as p
    on i.year = p.year and i.indicator_code = p.indicator_code and u.peer_group = p.peer_group
where i.valued = 1
