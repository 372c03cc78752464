-- How far a value lies from its peer group's lowest (or highest) and, n times, from the mean.
-- A unit outside the assessed population is held to the same bounds, never above or below them; where its
-- peer group is empty it stands alone, as its own lowest, highest and mean.
-- grain: item_id
-- view
select
    i.item_id as item_id,
    i.unit_id as unit_id,
    i.indicator_id as indicator_id,
    i.state as state,
    i.value_e10 as value_e10,
    coalesce(p.highest_e10, i.value_e10) as highest_e10,
    coalesce(p.highest_e10 - p.lowest_e10, 0) as range_e10,
    case
        when p.unit_count is null then 0
        when r.sense * i.value_e10 >= r.sense * case when r.sense = 1 then p.highest_e10 else p.lowest_e10 end
            then p.highest_e10 - p.lowest_e10
        when r.sense = 1 and i.value_e10 > p.lowest_e10 then i.value_e10 - p.lowest_e10
        when r.sense = -1 and i.value_e10 < p.highest_e10 then p.highest_e10 - i.value_e10
        else 0
    end as gain_e10,
    coalesce(p.unit_count, 1) as unit_count,
    coalesce(
        r.sense * (cast(i.value_e10 as decimal(19, 0)) * cast(p.unit_count as decimal(9, 0)) - p.sum_e10), 0
    ) as excess_n_e10
from item as i
inner join ref.rule as r on i.indicator_id = r.indicator_id and r.family in ('spread', 'best', 'mean')
inner join ref.unit as u on i.unit_id = u.unit_id
left join peer as p on i.indicator_id = p.indicator_id and u.group_id = p.group_id
where i.valued = 1
