-- The rulebook's tie-break keys of each unit side by side, higher is better; null stands last: what a street
-- does not have decides nothing between streets. An indicator is compared by its value in the good direction,
-- by its points where it has none; deductions are those decided, whether or not the floor let them count.
-- grain: unit_id
select
    v.unit_id as unit_id,
    max(case when v.position = 1 then v.tie_value end) as key_1,
    max(case when v.position = 2 then v.tie_value end) as key_2,
    max(case when v.position = 3 then v.tie_value end) as key_3,
    max(case when v.position = 4 then v.tie_value end) as key_4,
    max(case when v.position = 5 then v.tie_value end) as key_5,
    max(case when v.position = 6 then v.tie_value end) as key_6
from (
    select
        t.unit_id as unit_id,
        k.position as position,
        case
            when k.kind = 'deductions' then -(t.deduction_e2 + t.deduction_cut_e2)
            when k.kind = 'open_cards' then -coalesce(c.open_count, 0)
            when k.kind = 'before_bonus' then t.total_e2 - t.bonus_e2
            when k.kind = 'dimension' then d.points_e2
            else s.merit
        end as tie_value
    from card_total as t
    cross join ref.tie_key as k
    left join open_card as c on t.unit_id = c.unit_id
    left join unit_dimension as d on t.unit_id = d.unit_id and k.dimension_code = d.dimension_code
    left join scored as s on t.unit_id = s.unit_id and k.indicator_id = s.indicator_id
) as v
group by v.unit_id
