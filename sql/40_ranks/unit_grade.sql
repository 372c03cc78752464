-- Grades within quotas, filled in the order of ranks in each group. Who is tied across the edge, or next to a
-- place that stays open, gets the next grade and is marked for the leading group; places left over are never
-- filled from below.
-- grain: unit_id
select
    p.unit_id as unit_id,
    case when p.last_place > p.places then p.next_code else p.grade_code end as grade_code,
    case when p.last_place > p.places and p.first_place <= p.possible_places then 1 else 0 end as quota_edge
from (
    select
        s.unit_id as unit_id,
        g.grade_code as grade_code,
        g.next_code as next_code,
        coalesce(q.places, q.population_count) as places,
        coalesce(q.places, q.population_count) + q.open_places as possible_places,
        cast(
            rank() over (partition by s.quota_id, s.position order by s.rank_overall asc nulls last) as bigint
        ) as first_place,
        cast(count(*) over (
            partition by s.quota_id, s.position order by s.rank_overall asc nulls last
            range between unbounded preceding and current row
        ) as bigint) as last_place
    from score_grade as s
    inner join ref.grade as g on s.position = g.position
    inner join quota as q on s.quota_id = q.quota_id and s.position = q.position
) as p
