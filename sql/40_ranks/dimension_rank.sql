-- Competition rank of each dimension over assessed communities.
-- grain: unit_id, dimension_code
select
    d.unit_id as unit_id,
    d.dimension_code as dimension_code,
    cast(rank() over (
        partition by u.year, d.dimension_code order by d.points_e2 desc nulls last
    ) as bigint) as rank_overall
from unit_dimension as d
inner join ref.unit as u on d.unit_id = u.unit_id
where u.assessed = 1
