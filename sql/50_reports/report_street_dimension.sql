-- A street's mean points in each community dimension, and its competition rank by them.
-- grain: year, street_code, dimension_code
select
    m.year as year,
    m.street_code as street_code,
    m.dimension_code as dimension_code,
    m.mean_e2 as mean_e2,
    cast(rank() over (
        partition by m.year, m.dimension_code order by m.mean_e2 desc nulls last
    ) as bigint) as rank_overall
from dimension_mean as m
where m.street_code <> ''
