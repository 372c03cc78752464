-- Items that an approved event sets to zero (瞒报、虚报: the item concerned scores nothing as well).
-- grain: item_id
select distinct u.unit_id + i.indicator_id as item_id
from raw.modifier as m
inner join ref.modifier as r on m.modifier_code = r.modifier_code and r.zero_item = 1
inner join ref.unit as u on m.year = u.year and m.unit_code = u.unit_code
inner join ref.indicator as i on m.indicator_code = i.indicator_code and u.unit_level = i.unit_level
