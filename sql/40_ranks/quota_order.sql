-- What is left of the district's floor after whole places, and the order in which groups get it: by the
-- largest rest, of equal ones the larger group. Groups that are equal in both share first and last place.
-- grain: quota_id, position
select
    s.quota_id as quota_id,
    s.position as position,
    cast((
        sum(s.rest_e6) over (partition by s.year, s.unit_level, s.position)
        - sum(s.rest_e6) over (partition by s.year, s.unit_level, s.position) % 1000000
    ) / 1000000 as bigint) as left_places,
    cast(rank() over (
        partition by s.year, s.unit_level, s.position
        order by s.rest_e6 desc nulls last, s.population_count desc nulls last
    ) as bigint) as first_place,
    cast(count(*) over (
        partition by s.year, s.unit_level, s.position
        order by s.rest_e6 desc nulls last, s.population_count desc nulls last
        range between unbounded preceding and current row
    ) as bigint) as last_place
from quota_share as s
