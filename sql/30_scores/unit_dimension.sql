-- A community's dimension: the sum of its rounded items.
-- grain: year, unit_code, dimension_code
select
    i.year as year,
    i.unit_code as unit_code,
    i.dimension_code as dimension_code,
    cast(sum(i.points_e2) as bigint) as points_e2,
    cast(sum(i.weight_e2) as bigint) as weight_e2,
    cast(sum(case when i.state = 'missing' then 1 else 0 end) as bigint) as missing_count,
    cast(sum(case when i.state = 'not_applicable' then 1 else 0 end) as bigint) as not_applicable_count,
    cast(sum(case when i.state = 'disputed' then 1 else 0 end) as bigint) as disputed_count,
    cast(count(*) as bigint) as item_count
from item_score as i
group by i.year, i.unit_code, i.dimension_code
