-- How many items of a unit were reported, and how many there should be.
-- grain: unit_id
select
    u.unit_id as unit_id,
    u.unit_level as unit_level,
    coalesce(c.item_count, 0) as item_count,
    n.indicator_count as indicator_count
from ref.unit as u
inner join (
    select
        i.unit_level as unit_level,
        cast(count(*) as bigint) as indicator_count
    from ref.indicator as i
    where i.reported = 1
    group by i.unit_level
) as n on u.unit_level = n.unit_level
left join (
    select
        t.unit_id as unit_id,
        cast(count(*) as bigint) as item_count
    from item as t
    group by t.unit_id
) as c on u.unit_id = c.unit_id
