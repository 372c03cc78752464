-- Each community of the population in its street and once more in street '', which stands for the district.
-- grain: unit_id, street_code
-- view
select
    u.unit_id as unit_id,
    u.year as year,
    u.street_code as street_code,
    u.households as households
from ref.unit as u
where u.unit_level = 'community' and u.in_population = 1
union all
select
    d.unit_id as unit_id,
    d.year as year,
    '' as street_code,
    d.households as households
from ref.unit as d
where d.unit_level = 'community' and d.in_population = 1
