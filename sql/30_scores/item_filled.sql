-- Items with the policy for each state: zero, the peers' mean, or left for reweighting.
-- grain: item_id
-- view
select
    p.item_id as item_id,
    p.unit_id as unit_id,
    p.indicator_id as indicator_id,
    p.state as state,
    1 as valued,
    p.value_e10 as value_e10,
    p.points_e12 as points_e12,
    p.points_e2 as points_e2,
    'none' as fill
from item_points as p
union all
select
    i.item_id as item_id,
    i.unit_id as unit_id,
    i.indicator_id as indicator_id,
    i.state as state,
    0 as valued,
    i.value_e10 as value_e10,
    cast(null as bigint) as points_e12,
    case
        when i.zeroed = 1 or o.policy = 'zero' then 0
        when o.policy = 'peer_mean' then f.points_e2
    end as points_e2,
    case
        when i.zeroed = 1 then 'zeroed'
        when o.policy = 'zero' and i.state = 'missing' then 'missing_zero'
        when o.policy = 'zero' then 'disputed_zero'
        when o.policy = 'reweight' or f.points_e2 is null then 'reweighted'
        else 'peer_mean'
    end as fill
from item as i
inner join ref.unit as u on i.unit_id = u.unit_id
left join ref.policy as o on i.state = o.state
left join fill as f on i.indicator_id = f.indicator_id and u.group_id = f.group_id
where i.valued = 0
union all
select
    g.item_id as item_id,
    g.unit_id as unit_id,
    g.indicator_id as indicator_id,
    'missing' as state,
    0 as valued,
    cast(null as bigint) as value_e10,
    cast(null as bigint) as points_e12,
    0 as points_e2,
    case when g.zeroed = 1 then 'zeroed' else 'missing_zero' end as fill
from gap as g
