-- Places of each grade in all groups together: the floor of the whole population's share, or what the groups
-- have where a minimum takes them beyond it; null where the grade has no quota.
-- grain: year, unit_level, position
select
    t.year as year,
    t.unit_level as unit_level,
    t.position as position,
    case when t.given_places > t.floor_places then t.given_places else t.floor_places end as places
from (
    select
        q.year as year,
        q.unit_level as unit_level,
        q.position as position,
        cast(sum(q.places) as bigint) as given_places,
        cast(
            sum(q.whole_places) + (sum(q.rest_e6) - sum(q.rest_e6) % 1000000) / 1000000 as bigint
        ) as floor_places
    from quota as q
    group by q.year, q.unit_level, q.position
) as t
