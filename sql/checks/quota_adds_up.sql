-- No group has more units of a grade than places, and the groups' places, with those that stay open and
-- without those that a minimum added, are the floor of the whole population's share.
select
    q.year as year,
    q.unit_level as unit_level,
    q.grade_code as grade_code,
    q.places as places,
    d.floor_places as floor_places
from (
    select
        a.year as year,
        a.unit_level as unit_level,
        a.grade_code as grade_code,
        cast(sum(a.population_count) as bigint) as population_count,
        cast(sum(a.places - a.minimum_places) as bigint) as places,
        cast(sum(a.open_places) as bigint) as open_places,
        cast(sum(a.minimum_places) as bigint) as minimum_places,
        cast(sum(case when a.unit_count > a.places then 1 else 0 end) as bigint) as exceeded_count
    from report_quota as a
    group by a.year, a.unit_level, a.grade_code
) as q
inner join (
    select
        p.year as year,
        p.unit_level as unit_level,
        p.grade_code as grade_code,
        cast(floor(cast(sum(p.population_count) * g.quota_e4 as double) / 1e6) as bigint) as floor_places
    from report_quota as p
    inner join ref.grade as g on p.grade_code = g.grade_code
    group by p.year, p.unit_level, p.grade_code, g.quota_e4
) as d on q.year = d.year and q.unit_level = d.unit_level and q.grade_code = d.grade_code
where
    q.exceeded_count > 0
    or q.places > d.floor_places
    or (q.places < d.floor_places and q.open_places + q.minimum_places = 0)
