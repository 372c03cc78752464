-- Totals of assessed communities, mean half up; of each street and, as street '', of the district.
-- grain: year, street_code
select
    a.year as year,
    a.street_code as street_code,
    a.assessed_count as assessed_count,
    cast(
        sign(a.sum_e2) * floor((2 * abs(a.sum_e2) + a.assessed_count) / (2e0 * a.assessed_count)) as bigint
    ) as mean_e2,
    a.minimum_e2 as minimum_e2,
    a.maximum_e2 as maximum_e2,
    a.missing_count as missing_count,
    a.disputed_count as disputed_count,
    a.excellent_count as excellent_count
from (
    select
        s.year as year,
        s.street_code as street_code,
        cast(count(*) as bigint) as assessed_count,
        cast(sum(t.total_e2) as bigint) as sum_e2,
        min(t.total_e2) as minimum_e2,
        max(t.total_e2) as maximum_e2,
        cast(sum(t.missing_count) as bigint) as missing_count,
        cast(sum(t.disputed_count) as bigint) as disputed_count,
        cast(sum(case when g.position = 1 then 1 else 0 end) as bigint) as excellent_count
    from unit_scope as s
    inner join unit_total as t on s.unit_id = t.unit_id
    inner join unit_grade as a on s.unit_id = a.unit_id
    inner join ref.grade as g on a.grade_code = g.grade_code
    group by s.year, s.street_code
) as a
