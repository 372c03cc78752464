-- Where a community stood last year and stands now among those of its type that were ranked in both years.
-- grain: unit_id
select
    u.unit_id as unit_id,
    u.year as year,
    u.unit_code as unit_code,
    u.unit_type as unit_type,
    cast(rank() over (
        partition by u.year, u.unit_type order by q.rank_type asc nulls last
    ) as bigint) as place_before,
    cast(rank() over (
        partition by u.year, u.unit_type order by r.rank_type asc nulls last
    ) as bigint) as place_now
from ref.unit as u
inner join ref.unit as b on u.previous_id = b.unit_id and u.unit_type = b.unit_type
inner join unit_rank as r on u.unit_id = r.unit_id
inner join unit_rank as q on b.unit_id = q.unit_id
where u.unit_level = 'community'
