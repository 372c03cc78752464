-- Mean points of a dimension over ranked communities, half up: of each street and, as street '', of the
-- district.
-- grain: year, street_code, dimension_code
select
    a.year as year,
    a.street_code as street_code,
    a.dimension_code as dimension_code,
    cast(sign(a.sum_e2) * floor((2 * abs(a.sum_e2) + a.unit_count) / (2e0 * a.unit_count)) as bigint)
        as mean_e2
from (
    select
        s.year as year,
        s.street_code as street_code,
        d.dimension_code as dimension_code,
        cast(count(*) as bigint) as unit_count,
        cast(sum(d.points_e2) as bigint) as sum_e2
    from unit_dimension as d
    inner join unit_scope as s on d.unit_id = s.unit_id
    inner join unit_rank as r on d.unit_id = r.unit_id
    group by s.year, s.street_code, d.dimension_code
) as a
