-- Community items with the policy for each state: missing and disputed score zero, not applicable gets the fill.
-- grain: year, unit_code, indicator_code
-- view
select
    i.year as year,
    i.unit_code as unit_code,
    i.indicator_code as indicator_code,
    n.dimension_code as dimension_code,
    n.weight_e2 as weight_e2,
    i.state as state,
    i.valued as valued,
    case
        when i.zeroed = 1 then 'zeroed'
        when i.valued = 1 then 'none'
        when i.state = 'missing' then 'missing_zero'
        when i.state = 'disputed' then 'disputed_zero'
        when f.points_e2 is null then 'reweighted'
        else 'peer_mean'
    end as fill,
    case
        when i.zeroed = 1 then 0
        when i.valued = 1 then p.points_e2
        when i.state in ('missing', 'disputed') then 0
        else f.points_e2
    end as points_e2,
    p.points_e12 as points_e12,
    i.value_e10 as value_e10,
    i.category as category,
    i.numerator_e4 as numerator_e4,
    i.denominator_e4 as denominator_e4,
    i.value_e4 as value_e4,
    i.sha256 as sha256,
    i.sheet as sheet,
    i.source_row as source_row,
    i.source_columns as source_columns
from item as i
inner join ref.indicator as n on i.indicator_code = n.indicator_code and n.unit_level = 'community'
inner join ref.unit as u on i.year = u.year and i.unit_code = u.unit_code
left join item_points as p on i.year = p.year and i.unit_code = p.unit_code and i.indicator_code = p.indicator_code
left join fill as f
    on
        i.state = 'not_applicable' and i.year = f.year
        and i.indicator_code = f.indicator_code and u.peer_group = f.peer_group
