-- A total is its dimensions, plus bonus, minus deduction; neither is negative.
select
    u.year as year,
    u.unit_code as unit_code,
    u.total_e2 as total_e2,
    s.points_e2 as sum_e2
from report_unit as u
left join (
    select
        d.year as year,
        d.unit_code as unit_code,
        cast(sum(d.points_e2) as bigint) as points_e2
    from report_unit_dimension as d
    group by d.year, d.unit_code
) as s on u.year = s.year and u.unit_code = s.unit_code
where
    s.points_e2 is null
    or u.dimension_sum_e2 <> s.points_e2
    or u.total_e2 <> u.dimension_sum_e2 + u.bonus_e2 - u.deduction_e2
    or u.bonus_e2 < 0
    or u.deduction_e2 < 0
