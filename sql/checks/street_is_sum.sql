-- A street's total is the sum of its card's rounded items, plus bonus, minus deduction.
select
    r.year as year,
    r.street_code as street_code,
    r.total_e2 as total_e2,
    s.points_e2 as sum_e2
from report_street as r
left join (
    select
        i.year as year,
        i.unit_code as unit_code,
        cast(sum(i.points_e2) as bigint) as points_e2
    from report_item as i
    group by i.year, i.unit_code
) as s on r.year = s.year and r.street_code = s.unit_code
where
    s.points_e2 is null
    or r.dimension_sum_e2 <> s.points_e2
    or r.total_e2 <> r.dimension_sum_e2 + r.bonus_e2 - r.deduction_e2
    or r.bonus_e2 < 0
    or r.deduction_e2 < 0
