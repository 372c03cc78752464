-- Every scored item of both cards, and how good its value is: in the indicator's good direction, by points
-- where neither higher nor lower is good, null where it is not compared (no value, or a unit that is not
-- assessed).
-- grain: item_id
-- view
select
    s.item_id as item_id,
    s.unit_id as unit_id,
    s.indicator_id as indicator_id,
    u.year as year,
    u.assessed as assessed,
    s.state as state,
    s.valued as valued,
    s.value_e10 as value_e10,
    s.points_e12 as points_e12,
    s.points_e2 as points_e2,
    s.fill as fill,
    i.weight_e2 as weight_e2,
    case
        when u.assessed = 0 or s.valued = 0 then null
        when i.merit_sign = 0 then s.points_e12
        else i.merit_sign * s.value_e10
    end as merit
from (
    select
        c.item_id as item_id,
        c.unit_id as unit_id,
        c.indicator_id as indicator_id,
        c.state as state,
        c.valued as valued,
        c.value_e10 as value_e10,
        c.points_e12 as points_e12,
        c.points_e2 as points_e2,
        c.fill as fill
    from item_score as c
    union all
    select
        t.item_id as item_id,
        t.unit_id as unit_id,
        t.indicator_id as indicator_id,
        t.state as state,
        t.valued as valued,
        t.value_e10 as value_e10,
        t.points_e12 as points_e12,
        t.points_e2 as points_e2,
        t.fill as fill
    from street_item as t
) as s
inner join ref.unit as u on s.unit_id = u.unit_id
inner join ref.indicator as i on s.indicator_id = i.indicator_id
