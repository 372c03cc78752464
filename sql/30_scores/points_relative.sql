-- Rules against the peer group's lowest and highest value (spread), its highest (best) or its mean: exact on
-- the values as compared. Cut at 10^-12; where something is cut off, a last digit of 0 or 5 is raised by one
-- (rounding "05UP"), so that the rounding that follows sees a tie only where there is one.
-- grain: item_id
-- view
select
    q.item_id as item_id,
    q.unit_id as unit_id,
    q.indicator_id as indicator_id,
    q.state as state,
    q.value_e10 as value_e10,
    q.cut_e12 + case when q.rest > 0 and q.cut_e12 % 5 = 0 then 1 else 0 end as points_e12
from (
    select
        d.item_id as item_id,
        d.unit_id as unit_id,
        d.indicator_id as indicator_id,
        d.state as state,
        d.value_e10 as value_e10,
        case when d.top_e12 > 0 then d.top_e12 % d.bottom else 0 end as rest,
        case
            when d.top_e12 > 0
                then cast(floor((d.top_e12 - d.top_e12 % d.bottom) / d.bottom + 0.5e0) as bigint)
            else 0
        end as cut_e12
    from relative_quotient as d
) as q
