-- Points by the rule alone, rounded to the rulebook's decimals on integers: half up (away from zero) or half even.
-- grain: year, unit_code, indicator_code
select
    h.year as year,
    h.unit_code as unit_code,
    h.indicator_code as indicator_code,
    h.points_e12 as points_e12,
    cast(sign(h.points_e12) * (h.raised_e12 - h.raised_e12 % h.step_e12) / 1e10 as bigint) as points_e2
from (
    select
        p.year as year,
        p.unit_code as unit_code,
        p.indicator_code as indicator_code,
        p.points_e12 as points_e12,
        s.step_e12 as step_e12,
        abs(p.points_e12) + s.half_e12
        - case when s.half_even = 1 and (abs(p.points_e12) - s.half_e12) % (2 * s.step_e12) = 0 then 1 else 0 end
            as raised_e12
    from (
        select
            b.year as year,
            b.unit_code as unit_code,
            b.indicator_code as indicator_code,
            b.points_e12 as points_e12
        from points_band as b
        union all
        select
            o.year as year,
            o.unit_code as unit_code,
            o.indicator_code as indicator_code,
            o.points_e12 as points_e12
        from points_other as o
    ) as p
    cross join ref.setting as s
) as h
