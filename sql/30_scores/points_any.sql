-- Points of every item that has a value, by its rule.
-- grain: item_id
-- view
select
    b.item_id as item_id,
    b.unit_id as unit_id,
    b.indicator_id as indicator_id,
    b.state as state,
    b.value_e10 as value_e10,
    b.points_e12 as points_e12
from points_band as b
union all
select
    s.item_id as item_id,
    s.unit_id as unit_id,
    s.indicator_id as indicator_id,
    s.state as state,
    s.value_e10 as value_e10,
    s.points_e12 as points_e12
from points_share as s
union all
select
    p.item_id as item_id,
    p.unit_id as unit_id,
    p.indicator_id as indicator_id,
    p.state as state,
    p.value_e10 as value_e10,
    p.points_e12 as points_e12
from points_parts as p
union all
select
    r.item_id as item_id,
    r.unit_id as unit_id,
    r.indicator_id as indicator_id,
    r.state as state,
    r.value_e10 as value_e10,
    r.points_e12 as points_e12
from points_relative as r
