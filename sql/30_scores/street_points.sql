-- A street's items: reported ones with the policy applied, derived ones with it still open where not
-- applicable.
-- grain: item_id
select
    f.item_id as item_id,
    f.unit_id as unit_id,
    f.indicator_id as indicator_id,
    f.state as state,
    f.valued as valued,
    f.value_e10 as value_e10,
    f.points_e12 as points_e12,
    f.points_e2 as points_e2,
    f.fill as fill
from item_filled as f
inner join ref.indicator as i on f.indicator_id = i.indicator_id and i.unit_level = 'street'
union all
select
    d.item_id as item_id,
    d.unit_id as unit_id,
    d.indicator_id as indicator_id,
    d.state as state,
    d.valued as valued,
    d.value_e10 as value_e10,
    p.points_e12 as points_e12,
    case when d.zeroed = 1 or d.state = 'missing' then 0 else p.points_e2 end as points_e2,
    case
        when d.valued = 1 then 'none'
        when d.zeroed = 1 then 'zeroed'
        when d.state = 'missing' then 'missing_zero'
        else 'open'
    end as fill
from derived as d
left join derived_score as p on d.item_id = p.item_id
