-- Points by the rule alone, rounded to the rulebook's decimals on integers: half up (away from zero) or half
-- even. Worked out where it is read, twice: a million rows less in memory.
-- grain: item_id
-- view
select
    h.item_id as item_id,
    h.unit_id as unit_id,
    h.indicator_id as indicator_id,
    h.state as state,
    h.value_e10 as value_e10,
    h.points_e12 as points_e12,
    cast(sign(h.points_e12) * (h.raised_e12 - h.raised_e12 % h.step_e12) / 1e10 as bigint) as points_e2
from (
    select
        p.item_id as item_id,
        p.unit_id as unit_id,
        p.indicator_id as indicator_id,
        p.state as state,
        p.value_e10 as value_e10,
        p.points_e12 as points_e12,
        s.step_e12 as step_e12,
        abs(p.points_e12) + s.half_e12
        - case
            when s.half_even = 1 and (abs(p.points_e12) - s.half_e12) % (2 * s.step_e12) = 0 then 1 else 0
        end
            as raised_e12
    from points_any as p
    cross join ref.setting as s
) as h
