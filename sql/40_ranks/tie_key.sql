-- The rulebook's tie-break keys of each community side by side, higher is better; null stands last.
-- An indicator is compared by its value in the good direction, by its points where it has none.
-- grain: year, unit_code
select
    v.year as year,
    v.unit_code as unit_code,
    max(case when v.position = 1 then v.tie_value end) as key_1,
    max(case when v.position = 2 then v.tie_value end) as key_2,
    max(case when v.position = 3 then v.tie_value end) as key_3,
    max(case when v.position = 4 then v.tie_value end) as key_4,
    max(case when v.position = 5 then v.tie_value end) as key_5,
    max(case when v.position = 6 then v.tie_value end) as key_6
from (
    select
        t.year as year,
        t.unit_code as unit_code,
        k.position as position,
        case
            when k.kind = 'deductions' then -t.deduction_e2
            when k.kind = 'before_bonus' then t.total_e2 - t.bonus_e2
            when k.kind = 'dimension' then d.points_e2
            when i.valued = 1 then case when n.merit_sign = 0 then i.points_e12 else n.merit_sign * i.value_e10 end
        end as tie_value
    from unit_total as t
    cross join ref.tie_key as k
    left join unit_dimension as d on t.year = d.year and t.unit_code = d.unit_code and k.code = d.dimension_code
    left join item_score as i on t.year = i.year and t.unit_code = i.unit_code and k.code = i.indicator_code
    left join ref.indicator as n on k.code = n.indicator_code
) as v
group by v.year, v.unit_code
