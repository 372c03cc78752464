-- Items set to zero: by an approved event (瞒报、虚报: the item concerned scores nothing as well), or by a
-- decision on the item itself (单项否决).
-- grain: item_id
select u.unit_id + i.indicator_id as item_id
from raw.modifier as m
inner join ref.modifier as r on m.modifier_code = r.modifier_code and r.zero_item = 1
inner join ref.unit as u on m.year = u.year and m.unit_code = u.unit_code
inner join ref.indicator as i on m.indicator_code = i.indicator_code and u.unit_level = i.unit_level
union
select z.item_id as item_id
from ref.zeroed_item as z
