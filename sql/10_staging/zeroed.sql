-- Items that an approved event sets to zero (瞒报、虚报: the item concerned scores nothing as well).
-- grain: year, unit_code, indicator_code
select distinct
    m.year as year,
    m.unit_code as unit_code,
    m.indicator_code as indicator_code
from raw.modifier as m
inner join ref.modifier as r on m.modifier_code = r.modifier_code
where r.zero_item = 1 and m.indicator_code is not null
