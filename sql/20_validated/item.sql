-- One state and, where there is one, one value for each reported item.
-- valued: the value scores and is compared with. An item that an event sets to zero only shows its value.
-- grain: item_id
select
    s.item_id as item_id,
    s.unit_id as unit_id,
    s.indicator_id as indicator_id,
    s.state as state,
    case when z.item_id is null then 0 else 1 end as zeroed,
    case when s.state in ('observed', 'zero') and z.item_id is null then 1 else 0 end as valued,
    s.top_e4 as top_e4,
    s.bottom_e4 as bottom_e4,
    s.scale_e4 as scale_e4,
    case
        when s.state in ('observed', 'zero')
            then cast(sign(s.top_e4) * floor(
                abs(cast(s.scale_e4 as double) * s.top_e4 / s.bottom_e4) * 1e6 + 0.5e0
            ) as bigint)
    end as value_e10,
    s.numerator_e4 as numerator_e4,
    s.value_e4 as value_e4,
    s.category as category
from item_state as s
left join zeroed as z on s.item_id = z.item_id
