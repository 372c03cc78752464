-- Dividend and divisor of each street indicator, and how many communities of the street it is over.
-- grain: unit_id, indicator_id
-- view
select
    u.unit_id as unit_id,
    d.indicator_id as indicator_id,
    d.scale_e4 as scale_e4,
    d.counted as counted,
    cast(count(p.unit_id) as bigint) as community_count,
    cast(coalesce(sum(p.top), 0) as bigint) as top,
    cast(coalesce(sum(p.bottom), 0) as bigint) as bottom
from ref.unit as u
inner join ref.derive as d on u.unit_level = 'street'
left join derive_part as p on u.unit_id = p.street_id and d.indicator_id = p.indicator_id
group by u.unit_id, d.indicator_id, d.scale_e4, d.counted
