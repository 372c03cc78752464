-- Each assessed community in its street and once more in street '', which stands for the district.
-- grain: year, unit_code, street_code
-- view
select
    u.year as year,
    u.unit_code as unit_code,
    u.street_code as street_code,
    u.households as households
from ref.unit as u
where u.unit_level = 'community' and u.assessed = 1
union all
select
    d.year as year,
    d.unit_code as unit_code,
    '' as street_code,
    d.households as households
from ref.unit as d
where d.unit_level = 'community' and d.assessed = 1
