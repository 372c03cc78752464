-- What population × percent gives each group of each grade: whole places, and a rest in millionths of a
-- place; null where the grade has no quota. The population counts units whose data wait for a correction.
-- grain: quota_id, position
select
    n.quota_id as quota_id,
    n.year as year,
    n.unit_level as unit_level,
    g.position as position,
    n.population_count as population_count,
    cast(
        (n.population_count * g.quota_e4 - (n.population_count * g.quota_e4) % 1000000) / 1000000 as bigint
    ) as whole_places,
    (n.population_count * g.quota_e4) % 1000000 as rest_e6
from (
    select
        u.quota_id as quota_id,
        u.year as year,
        u.unit_level as unit_level,
        cast(count(*) as bigint) as population_count
    from ref.unit as u
    where u.in_population = 1
    group by u.quota_id, u.year, u.unit_level
) as n
cross join ref.grade as g
