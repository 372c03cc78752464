-- A community's total: the sum of its dimensions, plus bonus, minus deduction. A deduction counts only as far
-- as the total stays at the rulebook's floor (扣完为止); what does not count is kept apart.
-- grain: unit_id
select
    k.unit_id as unit_id,
    k.dimension_sum_e2 as dimension_sum_e2,
    k.bonus_e2 as bonus_e2,
    least(k.decided_e2, k.room_e2) as deduction_e2,
    k.decided_e2 - least(k.decided_e2, k.room_e2) as deduction_cut_e2,
    k.dimension_sum_e2 + k.bonus_e2 - least(k.decided_e2, k.room_e2) as total_e2,
    k.missing_count as missing_count,
    k.not_applicable_count as not_applicable_count,
    k.disputed_count as disputed_count,
    k.item_count as item_count
from (
    select
        d.unit_id as unit_id,
        d.dimension_sum_e2 as dimension_sum_e2,
        coalesce(m.bonus_e2, 0) as bonus_e2,
        coalesce(m.deduction_e2, 0) as decided_e2,
        case
            when d.dimension_sum_e2 + coalesce(m.bonus_e2, 0) > s.total_floor_e2
                then d.dimension_sum_e2 + coalesce(m.bonus_e2, 0) - s.total_floor_e2
            else 0
        end as room_e2,
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
    cross join ref.setting as s
    left join unit_modifier as m on d.unit_id = m.unit_id
) as k
