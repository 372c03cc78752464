-- The least and the most that a unit with gaps could reach: each item without a value of its own (missing,
-- disputed, not applicable) at 0 and at its full weight; bonus, deduction and floor as in the total. Held
-- fixed: the unit's other items, all other units, and so what relative rules and peers' means compare with;
-- with absolute rules the bounds are exact. Points that a peers' mean took below 0 are the least. A street is
-- bounded over its own items; what comes from its communities is taken as published.
-- grain: year, unit_code
select
    u.year as year,
    u.unit_code as unit_code,
    u.unit_level as unit_level,
    g.gap_count as gap_count,
    g.weight_e2 as gap_weight_e2,
    t.total_e2 as total_e2,
    max(case when b.best = 0 then b.total_e2 end) as low_e2,
    max(case when b.best = 1 then b.total_e2 end) as high_e2
from unit_gap as g
inner join ref.unit as u on g.unit_id = u.unit_id
inner join card_total as t on g.unit_id = t.unit_id
inner join (
    select
        c.unit_id as unit_id,
        c.best as best,
        c.sum_e2 + c.bonus_e2 - case
            when c.sum_e2 + c.bonus_e2 <= s.total_floor_e2 then 0
            else least(c.decided_e2, c.sum_e2 + c.bonus_e2 - s.total_floor_e2)
        end as total_e2
    from unit_bound as c
    cross join ref.setting as s
) as b on g.unit_id = b.unit_id
group by u.year, u.unit_code, u.unit_level, g.gap_count, g.weight_e2, t.total_e2
