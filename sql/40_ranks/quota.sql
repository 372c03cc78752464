-- Places of each grade in each group: the whole ones, one more by largest remainder, and, where the rulebook
-- says so, one for a group that has none and a unit that reaches the score. A place for which groups are
-- equal stays open for the leading group.
-- grain: quota_id, position
select
    p.quota_id as quota_id,
    p.year as year,
    p.unit_level as unit_level,
    p.position as position,
    p.population_count as population_count,
    p.whole_places as whole_places,
    p.rest_e6 as rest_e6,
    p.places + p.minimum_places as places,
    case when p.minimum_places = 1 then 0 else p.open_places end as open_places,
    p.minimum_places as minimum_places
from (
    select
        q.quota_id as quota_id,
        q.year as year,
        q.unit_level as unit_level,
        q.position as position,
        q.population_count as population_count,
        q.whole_places as whole_places,
        q.rest_e6 as rest_e6,
        q.whole_places + case when o.last_place <= o.left_places then 1 else 0 end as places,
        case when o.first_place <= o.left_places and o.last_place > o.left_places then 1 else 0 end
            as open_places,
        case
            when s.minimum_one = 0 or q.whole_places > 0 or o.last_place <= o.left_places then 0
            when r.unit_count > 0 then 1
            else 0
        end as minimum_places
    from quota_share as q
    cross join ref.setting as s
    inner join quota_order as o on q.quota_id = o.quota_id and q.position = o.position
    left join (
        select
            g.quota_id as quota_id,
            g.position as position,
            cast(count(*) as bigint) as unit_count
        from score_grade as g
        group by g.quota_id, g.position
    ) as r on q.quota_id = r.quota_id and q.position = r.position
) as p
