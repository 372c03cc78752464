-- Each street's card and its competition rank among assessed streets on the card's total.
-- grain: unit_id
select
    t.unit_id as unit_id,
    t.total_e2 as total_e2,
    case
        when t.assessed = 1
            then
                cast(
                    rank()
                        over (partition by t.year, t.assessed order by t.total_e2 desc nulls last)
                    as bigint
                )
    end as rank_overall,
    cast(sum(t.assessed) over (partition by t.year) as bigint) as street_count
from (
    select
        i.unit_id as unit_id,
        u.year as year,
        u.assessed as assessed,
        cast(sum(i.points_e2) as bigint) as total_e2
    from street_item as i
    inner join ref.unit as u on i.unit_id = u.unit_id
    group by i.unit_id, u.year, u.assessed
) as t
