-- Items of the grid (each unit and each reported indicator of its level) of which there is no fact: missing.
-- Only units with fewer items than their level has indicators are looked at one by one.
-- grain: item_id
select
    u.unit_id + i.indicator_id as item_id,
    u.unit_id as unit_id,
    i.indicator_id as indicator_id,
    case when z.item_id is null then 0 else 1 end as zeroed
from item_count as u
inner join ref.indicator as i on u.unit_level = i.unit_level and i.reported = 1
left join zeroed as z on u.unit_id + i.indicator_id = z.item_id
left join (
    select t.item_id as item_id
    from item as t
    inner join item_count as c on t.unit_id = c.unit_id
    where c.item_count < c.indicator_count
) as k on u.unit_id + i.indicator_id = k.item_id
where u.item_count < u.indicator_count and k.item_id is null
