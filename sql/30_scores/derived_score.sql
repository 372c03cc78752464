-- Points of derived indicators, rounded as item_points rounds.
-- grain: item_id
-- view
select
    h.item_id as item_id,
    h.points_e12 as points_e12,
    cast(sign(h.points_e12) * (h.raised_e12 - h.raised_e12 % h.step_e12) / 1e10 as bigint) as points_e2
from (
    select
        p.item_id as item_id,
        p.points_e12 as points_e12,
        s.step_e12 as step_e12,
        abs(p.points_e12) + s.half_e12
        - case
            when s.half_even = 1 and (abs(p.points_e12) - s.half_e12) % (2 * s.step_e12) = 0 then 1 else 0
        end
            as raised_e12
    from derived_points as p
    cross join ref.setting as s
) as h
