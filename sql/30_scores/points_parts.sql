-- Checklists: the sum of their parts.
-- grain: item_id
-- view
select
    p.item_id as item_id,
    p.unit_id as unit_id,
    p.indicator_id as indicator_id,
    p.state as state,
    p.value_e10 as value_e10,
    cast(floor(cast(sum(p.points_e15) as double) / 1e3 + 0.5e0) as bigint) as points_e12
from part_points as p
group by p.item_id, p.unit_id, p.indicator_id, p.state, p.value_e10
