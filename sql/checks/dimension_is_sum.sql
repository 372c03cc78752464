-- A dimension is the sum of its rounded items, as a calculator adds them.
select
    d.year as year,
    d.unit_code as unit_code,
    d.dimension_code as dimension_code,
    d.points_e2 as points_e2,
    s.points_e2 as sum_e2
from report_unit_dimension as d
left join (
    select
        i.year as year,
        i.unit_code as unit_code,
        i.dimension_code as dimension_code,
        cast(sum(i.points_e2) as bigint) as points_e2,
        cast(sum(i.weight_e2) as bigint) as weight_e2
    from report_item as i
    group by i.year, i.unit_code, i.dimension_code
) as s on d.year = s.year and d.unit_code = s.unit_code and d.dimension_code = s.dimension_code
where s.points_e2 is null or d.points_e2 <> s.points_e2 or d.weight_e2 <> s.weight_e2
