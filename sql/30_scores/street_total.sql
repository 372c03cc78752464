-- A street's total, as a community's: its items, plus bonus, minus deduction down to the rulebook's floor.
-- grain: unit_id
select
    k.unit_id as unit_id,
    k.dimension_sum_e2 as dimension_sum_e2,
    k.bonus_e2 as bonus_e2,
    least(k.decided_e2, k.room_e2) as deduction_e2,
    k.decided_e2 - least(k.decided_e2, k.room_e2) as deduction_cut_e2,
    k.dimension_sum_e2 + k.bonus_e2 - least(k.decided_e2, k.room_e2) as total_e2
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
        end as room_e2
    from (
        select
            i.unit_id as unit_id,
            cast(sum(i.points_e2) as bigint) as dimension_sum_e2
        from street_item as i
        group by i.unit_id
    ) as d
    cross join ref.setting as s
    left join unit_modifier as m on d.unit_id = m.unit_id
) as k
