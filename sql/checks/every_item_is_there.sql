-- Each unit has every indicator of its level, and no other.
select
    u.year as year,
    u.unit_code as unit_code,
    n.indicator_count as expected,
    coalesce(c.item_count, 0) as found
from ref.unit as u
inner join (
    select
        i.unit_level as unit_level,
        count(*) as indicator_count
    from ref.indicator as i
    group by i.unit_level
) as n on u.unit_level = n.unit_level
left join (
    select
        t.year as year,
        t.unit_code as unit_code,
        count(*) as item_count
    from report_item as t
    group by t.year, t.unit_code
) as c on u.year = c.year and u.unit_code = c.unit_code
where coalesce(c.item_count, 0) <> n.indicator_count
