-- Street indicators from the street's communities: x = scale_e4 × top ÷ (bottom × 10^4).
-- The value is half up on integers: a mean of values is often an exact tie. No community to count: not
-- applicable; communities, but not one value among them: missing. An item set to zero only shows its value.
-- grain: item_id
select
    g.unit_id + g.indicator_id as item_id,
    g.unit_id as unit_id,
    g.indicator_id as indicator_id,
    case
        when g.community_count = 0 then 'not_applicable'
        when g.bottom > 0 then 'observed'
        else 'missing'
    end as state,
    case when z.item_id is null then 0 else 1 end as zeroed,
    case when g.bottom > 0 and z.item_id is null then 1 else 0 end as valued,
    g.top as top,
    g.bottom as bottom,
    g.scale_e4 as scale_e4,
    case when g.counted = 1 then g.top * 10000 end as numerator_e4,
    case when g.counted = 1 then g.bottom * 10000 end as denominator_e4,
    case
        when g.bottom > 0
            then cast(
                sign(g.top)
                * floor((g.twice_e10 - g.twice_e10 % (2 * g.bottom_n)) / (2 * g.bottom_n) + 0.5e0) as bigint
            )
    end as value_e10
from (
    select
        t.unit_id as unit_id,
        t.indicator_id as indicator_id,
        t.scale_e4 as scale_e4,
        t.counted as counted,
        t.community_count as community_count,
        t.top as top,
        t.bottom as bottom,
        cast(t.bottom as decimal(19, 0)) as bottom_n,
        cast(abs(t.top) as decimal(19, 0))
        * cast(t.scale_e4 as decimal(9, 0))
        * cast(2000000 as decimal(7, 0))
        + cast(t.bottom as decimal(19, 0)) as twice_e10
    from derived_sum as t
) as g
left join zeroed as z on g.unit_id + g.indicator_id = z.item_id
