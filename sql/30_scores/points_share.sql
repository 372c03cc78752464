-- Rules that give a share of the weight: the rung reached, the category named, the rank held.
-- grain: item_id
-- view
select
    i.item_id as item_id,
    i.unit_id as unit_id,
    i.indicator_id as indicator_id,
    i.state as state,
    i.value_e10 as value_e10,
    l.share_e4 * r.weight_e2 * 1000000 as points_e12
from item as i
inner join ref.rule as r on i.indicator_id = r.indicator_id
inner join ref.rung as l
    on i.indicator_id = l.indicator_id and i.value_e10 >= l.from_e10 and i.value_e10 < l.below_e10
where i.valued = 1
union all
select
    i.item_id as item_id,
    i.unit_id as unit_id,
    i.indicator_id as indicator_id,
    i.state as state,
    i.value_e10 as value_e10,
    c.share_e4 * r.weight_e2 * 1000000 as points_e12
from item as i
inner join ref.rule as r on i.indicator_id = r.indicator_id
inner join ref.category as c on i.indicator_id = c.indicator_id and i.category = c.category
where i.valued = 1
union all
select
    i.item_id as item_id,
    i.unit_id as unit_id,
    i.indicator_id as indicator_id,
    i.state as state,
    i.value_e10 as value_e10,
    coalesce(s.share_e4, r.rest_e4) * r.weight_e2 * 1000000 as points_e12
from item as i
inner join ref.rule as r on i.indicator_id = r.indicator_id and r.family = 'rank'
inner join ref.unit as u on i.unit_id = u.unit_id
inner join peer_rank as p
    on i.indicator_id = p.indicator_id and u.group_id = p.group_id and i.value_e10 = p.value_e10
left join ref.rank_share as s on i.indicator_id = s.indicator_id and p.value_rank = s.value_rank
where i.valued = 1
