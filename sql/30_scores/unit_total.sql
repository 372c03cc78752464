-- A community's total: the sum of its dimensions, plus bonus, minus deduction.
-- grain: unit_id
select
    d.unit_id as unit_id,
    d.dimension_sum_e2 as dimension_sum_e2,
    coalesce(m.bonus_e2, 0) as bonus_e2,
    coalesce(m.deduction_e2, 0) as deduction_e2,
    d.dimension_sum_e2 + coalesce(m.bonus_e2, 0) - coalesce(m.deduction_e2, 0) as total_e2,
    d.missing_count as missing_count,
    d.not_applicable_count as not_applicable_count,
    d.disputed_count as disputed_count,
    d.item_count as item_count
from (
    select
        u.unit_id as unit_id,
        cast(sum(u.points_e2) as bigint) as dimension_sum_e2,
        cast(sum(u.missing_count) as bigint) as missing_count,
        cast(sum(u.not_applicable_count) as bigint) as not_applicable_count,
        cast(sum(u.disputed_count) as bigint) as disputed_count,
        cast(sum(u.item_count) as bigint) as item_count
    from unit_dimension as u
    group by u.unit_id
) as d
left join unit_modifier as m on d.unit_id = m.unit_id
