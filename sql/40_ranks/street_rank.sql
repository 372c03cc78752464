-- Each street's card, its communities, and its competition rank among assessed streets on the card's total.
-- grain: year, unit_code
select
    t.year as year,
    t.unit_code as unit_code,
    t.total_e2 as total_e2,
    case when t.assessed = 1
        then cast(rank() over (partition by t.year, t.assessed order by t.total_e2 desc nulls last) as bigint)
    end as rank_overall,
    cast(sum(t.assessed) over (partition by t.year) as bigint) as street_count
from (
    select
        i.year as year,
        i.unit_code as unit_code,
        u.assessed as assessed,
        cast(sum(i.points_e2) as bigint) as total_e2
    from street_item as i
    inner join ref.unit as u on i.year = u.year and i.unit_code = u.unit_code
    group by i.year, i.unit_code, u.assessed
) as t
