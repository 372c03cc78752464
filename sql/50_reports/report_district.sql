-- The district on one line. The quota is the number of places of the best grade for communities, null where
-- it has none.
-- grain: year
select
    y.year as year,
    y.unit_count as unit_count,
    y.population_count as population_count,
    coalesce(m.assessed_count, 0) as assessed_count,
    m.mean_e2 as mean_e2,
    d.median_e2 as median_e2,
    m.minimum_e2 as minimum_e2,
    m.maximum_e2 as maximum_e2,
    q.places as quota,
    coalesce(m.excellent_count, 0) as excellent_count,
    s.simple_e4 as satisfaction_simple_e4,
    s.weighted_e4 as satisfaction_weighted_e4,
    coalesce(s.satisfied_units, 0) as satisfied_units,
    coalesce(m.missing_count, 0) as missing_count,
    coalesce(m.disputed_count, 0) as disputed_count,
    p.mean_e2 as previous_mean_e2
from (
    select
        u.year as year,
        cast(count(*) as bigint) as unit_count,
        cast(sum(u.in_population) as bigint) as population_count
    from ref.unit as u
    where u.unit_level = 'community'
    group by u.year
) as y
left join total_mean as m on y.year = m.year and m.street_code = ''
left join total_median as d on y.year = d.year
left join quota_total as q on y.year = q.year and q.unit_level = 'community' and q.position = 1
left join satisfaction as s on y.year = s.year and s.street_code = ''
left join total_mean as p on y.year = p.year + 1 and p.street_code = ''
