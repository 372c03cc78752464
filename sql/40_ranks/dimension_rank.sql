-- Competition rank of each dimension over assessed communities.
-- grain: year, unit_code, dimension_code
select
    d.year as year,
    d.unit_code as unit_code,
    d.dimension_code as dimension_code,
    cast(rank() over (
        partition by d.year, d.dimension_code order by d.points_e2 desc nulls last
    ) as bigint) as rank_overall
from unit_dimension as d
inner join ref.unit as u on d.year = u.year and d.unit_code = u.unit_code
where u.assessed = 1
