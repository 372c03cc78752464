-- LIN, PP, RNG and DED are one rule: full inside [low, high], a slope of loss on each side, a floor or none.
-- The loss comes from numerator and denominator, not from the quantised value. It is cut at 9 million points,
-- the most that 10^-12 points can hold.
-- grain: item_id
-- view
select
    b.item_id as item_id,
    b.unit_id as unit_id,
    b.indicator_id as indicator_id,
    b.state as state,
    b.value_e10 as value_e10,
    case when b.floored = 1 and b.loss_e12 > b.weight_e12 then 0 else b.weight_e12 - b.loss_e12 end
        as points_e12
from (
    select
        i.item_id as item_id,
        i.unit_id as unit_id,
        i.indicator_id as indicator_id,
        i.state as state,
        i.value_e10 as value_e10,
        r.weight_e2 * 10000000000 as weight_e12,
        r.floored as floored,
        cast(floor(least(
            case
                when i.value_e10 > r.high_e10 and r.zero_above = 1 then r.weight_e2 * 1e10
                when i.value_e10 < r.low_e10
                    then
                        r.below_top_e4
                        * (cast(r.low_e4 as double) * i.bottom_e4 - cast(i.scale_e4 as double) * i.top_e4)
                        / (cast(r.below_bottom_e4 as double) * i.bottom_e4) * 1e8
                when i.value_e10 > r.high_e10
                    then
                        r.above_top_e4
                        * (cast(i.scale_e4 as double) * i.top_e4 - cast(r.high_e4 as double) * i.bottom_e4)
                        / (cast(r.above_bottom_e4 as double) * i.bottom_e4) * 1e8
                else 0e0
            end,
            9e18
        ) + 0.5e0) as bigint) as loss_e12
    from item as i
    inner join ref.rule as r on i.indicator_id = r.indicator_id and r.family = 'band'
    where i.valued = 1
) as b
