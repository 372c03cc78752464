-- How far a value lies from its peer group's lowest (or highest) and, n times, above the mean; 0 where below.
-- A unit outside the assessed population is held to the same bounds, never above or below them; where its
-- peer group is empty it stands alone, as its own lowest, highest and mean.
-- grain: item_id
-- view
select
    g.item_id as item_id,
    g.unit_id as unit_id,
    g.indicator_id as indicator_id,
    g.state as state,
    g.value_e10 as value_e10,
    g.highest_e10 as highest_e10,
    g.highest_e10 - g.lowest_e10 as range_e10,
    case when g.sense = 1 then g.held_e10 - g.lowest_e10 else g.highest_e10 - g.held_e10 end as gain_e10,
    case
        when g.value_e10 <= 0 or g.highest_e10 <= 0 then 0
        when g.value_e10 > g.highest_e10 then g.highest_e10
        else g.value_e10
    end as share_e10,
    g.unit_count as unit_count,
    case when g.excess_n_e10 > 0 then g.excess_n_e10 else 0 end as excess_n_e10
from (
    select
        i.item_id as item_id,
        i.unit_id as unit_id,
        i.indicator_id as indicator_id,
        i.state as state,
        i.value_e10 as value_e10,
        r.sense as sense,
        coalesce(p.highest_e10, i.value_e10) as highest_e10,
        coalesce(p.lowest_e10, i.value_e10) as lowest_e10,
        case
            when i.value_e10 > p.highest_e10 then p.highest_e10
            when i.value_e10 < p.lowest_e10 then p.lowest_e10
            else i.value_e10
        end as held_e10,
        coalesce(p.unit_count, 1) as unit_count,
        coalesce(
            r.sense
            * (cast(i.value_e10 as decimal(19, 0)) * cast(p.unit_count as decimal(9, 0)) - p.sum_e10),
            0
        ) as excess_n_e10
    from item as i
    inner join ref.rule as r on i.indicator_id = r.indicator_id and r.family in ('spread', 'best', 'mean')
    inner join ref.unit as u on i.unit_id = u.unit_id
    left join peer as p on i.indicator_id = p.indicator_id and u.group_id = p.group_id
    where i.valued = 1
) as g
