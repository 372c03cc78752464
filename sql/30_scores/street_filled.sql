-- A street's items with every policy applied but reweighting; the peers of a derived item are all assessed
-- streets.
-- grain: item_id
-- view
select
    p.item_id as item_id,
    p.unit_id as unit_id,
    p.indicator_id as indicator_id,
    p.state as state,
    p.valued as valued,
    p.value_e10 as value_e10,
    p.points_e12 as points_e12,
    case
        when p.fill = 'open' and k.policy = 'peer_mean'
            then cast(
                sign(m.sum_e2) * floor(
                    (2 * abs(m.sum_e2) + m.unit_count * s.step_e2) / (2e0 * m.unit_count * s.step_e2)
                ) * s.step_e2 as bigint
            )
        else p.points_e2
    end as points_e2,
    case
        when p.fill <> 'open' then p.fill
        when k.policy = 'reweight' or m.unit_count is null then 'reweighted'
        else 'peer_mean'
    end as fill
from street_points as p
cross join ref.setting as s
left join ref.policy as k on p.state = k.state
inner join ref.unit as u on p.unit_id = u.unit_id
left join (
    select
        v.year as year,
        o.indicator_id as indicator_id,
        cast(count(*) as bigint) as unit_count,
        cast(sum(o.points_e2) as bigint) as sum_e2
    from street_points as o
    inner join ref.unit as v on o.unit_id = v.unit_id
    where o.valued = 1 and v.assessed = 1
    group by v.year, o.indicator_id
) as m on u.year = m.year and p.indicator_id = m.indicator_id
