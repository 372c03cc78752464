-- Points of derived indicators, by a band or a ladder: the arithmetic of points_band and points_share.
-- grain: item_id
-- view
select
    b.item_id as item_id,
    case when b.floored = 1 and b.loss_e12 > b.weight_e12 then 0 else b.weight_e12 - b.loss_e12 end
        as points_e12
from (
    select
        d.item_id as item_id,
        r.weight_e2 * 10000000000 as weight_e12,
        r.floored as floored,
        cast(floor(least(
            case
                when r.family = 'ladder' then (10000 - l.share_e4) * r.weight_e2 * 1e6
                when d.value_e10 > r.high_e10 and r.zero_above = 1 then r.weight_e2 * 1e10
                when d.value_e10 < r.low_e10
                    then
                        r.below_top_e4
                        * (cast(r.low_e4 as double) * d.bottom - cast(d.scale_e4 as double) * d.top)
                        / (cast(r.below_bottom_e4 as double) * d.bottom) * 1e8
                when d.value_e10 > r.high_e10
                    then
                        r.above_top_e4
                        * (cast(d.scale_e4 as double) * d.top - cast(r.high_e4 as double) * d.bottom)
                        / (cast(r.above_bottom_e4 as double) * d.bottom) * 1e8
                else 0e0
            end,
            9e18
        ) + 0.5e0) as bigint) as loss_e12
    from derived as d
    inner join ref.rule as r on d.indicator_id = r.indicator_id
    left join ref.rung as l
        on d.indicator_id = l.indicator_id and d.value_e10 >= l.from_e10 and d.value_e10 < l.below_e10
    where d.valued = 1
) as b
