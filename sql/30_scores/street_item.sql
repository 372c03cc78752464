-- The published points of every street item; reweighted items as in item_score.
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
from street_filled as f
inner join ref.indicator as i on f.indicator_id = i.indicator_id
cross join ref.setting as s
inner join (
    select
        o.unit_id as unit_id,
        cast(coalesce(sum(o.points_e2), 0) as bigint) as points_e2,
        cast(sum(case when o.fill = 'reweighted' then 0 else n.weight_e2 end) as bigint) as weight_e2
    from street_filled as o
    inner join ref.indicator as n on o.indicator_id = n.indicator_id
    group by o.unit_id
) as r on f.unit_id = r.unit_id
