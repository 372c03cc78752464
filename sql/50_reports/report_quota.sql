-- How the places of each grade with a quota were shared out: whole places, the rest in millionths of a place,
-- what a group got, what stays open, and how many units have the grade. Type '' is all units of the level.
-- grain: year, unit_level, unit_type, grade_code
select
    q.year as year,
    q.unit_level as unit_level,
    k.unit_type as unit_type,
    g.grade_code as grade_code,
    q.population_count as population_count,
    q.whole_places as whole_places,
    q.rest_e6 as rest_e6,
    q.minimum_places as minimum_places,
    q.places as places,
    q.open_places as open_places,
    coalesce(c.unit_count, 0) as unit_count
from quota as q
inner join ref.quota_group as k on q.quota_id = k.quota_id
inner join ref.grade as g on q.position = g.position and g.quota_e4 is not null
left join (
    select
        u.quota_id as quota_id,
        a.grade_code as grade_code,
        cast(count(*) as bigint) as unit_count
    from unit_grade as a
    inner join ref.unit as u on a.unit_id = u.unit_id
    group by u.quota_id, a.grade_code
) as c on q.quota_id = c.quota_id and g.grade_code = c.grade_code
