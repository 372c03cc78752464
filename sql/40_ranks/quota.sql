-- Places of each grade: floor(population × percent), null where the grade has no quota. The population counts
-- communities whose data wait for a correction as well.
-- grain: year, position
select
    n.year as year,
    g.position as position,
    n.population_count as population_count,
    cast(
        (n.population_count * g.quota_e4 - (n.population_count * g.quota_e4) % 1000000) / 1000000 as bigint
    ) as places
from (
    select
        r.year as year,
        cast(count(*) as bigint) as population_count
    from ref.unit as r
    where r.unit_level = 'community' and r.in_population = 1
    group by r.year
) as n
cross join ref.grade as g
