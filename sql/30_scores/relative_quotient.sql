-- Points of relative rules as a quotient of integers: points_e12 = top_e12 ÷ bottom, up to the weight.
-- grain: item_id
-- view
select
    g.item_id as item_id,
    g.unit_id as unit_id,
    g.indicator_id as indicator_id,
    g.state as state,
    g.value_e10 as value_e10,
    case
        when r.family = 'spread' and g.range_e10 = 0
            then cast(r.equal_e4 * r.weight_e2 * 1000000 as decimal(38, 0))
        when r.family = 'spread'
            then
                cast(1000000 as decimal(7, 0))
                * cast(r.weight_e2 as decimal(6, 0))
                * (
                    cast(r.floor_e4 as decimal(5, 0)) * cast(g.range_e10 as decimal(19, 0))
                    + cast(10000 - r.floor_e4 as decimal(5, 0)) * cast(g.gain_e10 as decimal(19, 0))
                )
        when r.family = 'best'
            then
                cast(10000000000 as decimal(11, 0))
                * cast(r.weight_e2 as decimal(6, 0))
                * cast(g.share_e10 as decimal(19, 0))
        else
            cast(1000000000000 as decimal(13, 0))
            * cast(r.weight_e2 as decimal(6, 0))
            * cast(g.unit_count as decimal(9, 0))
            - cast(r.per_e4 as decimal(9, 0)) * cast(g.excess_n_e10 as decimal(27, 0))
    end as top_e12,
    case
        when r.family = 'spread' and g.range_e10 > 0 then cast(g.range_e10 as decimal(19, 0))
        when r.family = 'best' and g.highest_e10 > 0 then cast(g.highest_e10 as decimal(19, 0))
        when r.family = 'mean' then cast(100 * g.unit_count as decimal(19, 0))
        else cast(1 as decimal(19, 0))
    end as bottom
from peer_gap as g
inner join ref.rule as r on g.indicator_id = r.indicator_id
