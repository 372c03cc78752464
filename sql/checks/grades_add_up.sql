-- Every assessed community has one grade, and the best grade keeps its quota.
select
    d.year as year,
    d.assessed_count as assessed_count,
    g.unit_count as graded_count,
    d.excellent_count as excellent_count,
    d.quota as quota
from report_district as d
inner join (
    select
        r.year as year,
        cast(sum(r.unit_count) as bigint) as unit_count
    from report_grade as r
    group by r.year
) as g on d.year = g.year
where g.unit_count <> d.assessed_count or d.excellent_count > d.quota
