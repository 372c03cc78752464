-- The state that counts: a value needs all of its cells, and a rate a denominator; over zero it is not
-- applicable, never 0 % or 100 %.
-- grain: item_id
-- view
select
    f.item_id as item_id,
    f.unit_id as unit_id,
    f.indicator_id as indicator_id,
    case
        when f.state not in ('observed', 'zero') then f.state
        when f.complete = 0 then 'missing'
        when f.bottom_e4 = 0 then 'not_applicable'
        else f.state
    end as state,
    f.top_e4 as top_e4,
    f.bottom_e4 as bottom_e4,
    f.scale_e4 as scale_e4,
    f.numerator_e4 as numerator_e4,
    f.value_e4 as value_e4,
    f.category as category
from fact_item as f
