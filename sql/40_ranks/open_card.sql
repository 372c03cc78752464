-- How many yellow cards of a unit are open: those that cap its grade. A unit without one has no row.
-- grain: unit_id
select
    u.unit_id as unit_id,
    cast(count(*) as bigint) as open_count
from flag as f
inner join ref.unit as u on f.year = u.year and f.unit_code = u.unit_code
where f.kind = 'yellow_card'
group by u.unit_id
