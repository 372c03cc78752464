-- Sum and number of the rounded points that a peer group's assessed units have by the rule.
-- grain: indicator_id, group_id
select
    p.indicator_id as indicator_id,
    u.group_id as group_id,
    u.year as year,
    cast(count(*) as bigint) as unit_count,
    cast(sum(p.points_e2) as bigint) as sum_e2
from item_points as p
inner join ref.unit as u on p.unit_id = u.unit_id
where u.assessed = 1
group by p.indicator_id, u.group_id, u.year
