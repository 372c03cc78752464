-- A community's dimension: the sum of its rounded items.
-- grain: unit_id, dimension_code
select
    s.unit_id as unit_id,
    i.dimension_code as dimension_code,
    cast(sum(s.points_e2) as bigint) as points_e2,
    cast(sum(i.weight_e2) as bigint) as weight_e2,
    cast(sum(case when s.state = 'missing' then 1 else 0 end) as bigint) as missing_count,
    cast(sum(case when s.state = 'not_applicable' then 1 else 0 end) as bigint) as not_applicable_count,
    cast(sum(case when s.state = 'disputed' then 1 else 0 end) as bigint) as disputed_count,
    cast(count(*) as bigint) as item_count
from item_score as s
inner join ref.indicator as i on s.indicator_id = i.indicator_id
group by s.unit_id, i.dimension_code
