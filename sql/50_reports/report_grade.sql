-- How many assessed communities got each grade; grades that nobody got are there with zero.
-- grain: year, grade_code
select
    y.year as year,
    g.grade_code as grade_code,
    cast(count(a.unit_id) as bigint) as unit_count
from (select distinct u.year as year from ref.unit as u) as y
cross join ref.grade as g
left join (
    select
        v.year as year,
        n.unit_id as unit_id,
        n.grade_code as grade_code
    from unit_grade as n
    inner join ref.unit as v on n.unit_id = v.unit_id and v.unit_level = 'community'
) as a on y.year = a.year and g.grade_code = a.grade_code
group by y.year, g.grade_code
