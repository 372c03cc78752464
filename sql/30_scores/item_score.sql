-- The published points of every community item. A reweighted item gets its weight's share of what the unit's
-- other items reached, half up, so a dimension stays the sum of its items.
-- grain: item_id
select
    f.item_id as item_id,
    f.unit_id as unit_id,
    f.indicator_id as indicator_id,
    f.state as state,
    f.valued as valued,
    f.value_e10 as value_e10,
    f.points_e12 as points_e12,
    case
        when f.fill <> 'reweighted' then f.points_e2
        when r.weight_e2 > 0 and r.points_e2 > 0
            then cast(floor(
                (2 * r.points_e2 * i.weight_e2 + r.weight_e2 * s.step_e2) / (2e0 * r.weight_e2 * s.step_e2)
            ) * s.step_e2 as bigint)
        else 0
    end as points_e2,
    f.fill as fill
from item_filled as f
inner join ref.indicator as i on f.indicator_id = i.indicator_id and i.unit_level = 'community'
cross join ref.setting as s
left join
    reweight as r
    on f.fill = 'reweighted' and f.unit_id = r.unit_id and i.dimension_code = r.dimension_code
