-- Sum and number of the rounded points that a peer group's assessed units have by the rule.
-- grain: year, indicator_code, peer_group
select
    p.year as year,
    p.indicator_code as indicator_code,
    u.peer_group as peer_group,
    cast(count(*) as bigint) as unit_count,
    cast(sum(p.points_e2) as bigint) as sum_e2
from item_points as p
inner join ref.unit as u on p.year = u.year and p.unit_code = u.unit_code
where u.assessed = 1
group by p.year, p.indicator_code, u.peer_group
