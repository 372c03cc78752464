-- Rules against the peer group's lowest and highest value (spread), its highest (best) or its mean.
-- grain: item_id
-- view
select
    g.item_id as item_id,
    g.unit_id as unit_id,
    g.indicator_id as indicator_id,
    g.state as state,
    g.value_e10 as value_e10,
    case
        when r.family = 'spread' and g.range_e10 = 0 then r.equal_e4 * r.weight_e2 * 1000000
        when r.family = 'spread'
            then cast(floor(
                r.weight_e2
                * 1e6
                * (r.floor_e4 + (10000 - r.floor_e4) * cast(g.gain_e10 as double) / g.range_e10)
                + 0.5e0
            ) as bigint)
        when r.family = 'best' and (g.value_e10 <= 0 or g.highest_e10 <= 0) then 0
        when r.family = 'best' and g.value_e10 >= g.highest_e10 then r.weight_e2 * 10000000000
        when
            r.family = 'best'
            then cast(floor(r.weight_e2 * 1e10 * g.value_e10 / g.highest_e10 + 0.5e0) as bigint)
        when g.excess_n_e10 <= 0 then r.weight_e2 * 10000000000
        when r.per_e4 * cast(g.excess_n_e10 as double) / g.unit_count >= r.weight_e2 * 1e12 then 0
        else
            r.weight_e2 * 10000000000
            - cast(floor(r.per_e4 * cast(g.excess_n_e10 as double) / g.unit_count / 1e2 + 0.5e0) as bigint)
    end as points_e12
from peer_gap as g
inner join ref.rule as r on g.indicator_id = r.indicator_id
