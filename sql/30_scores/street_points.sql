-- A street's items, reported and derived, with their points by the rule alone.
-- grain: year, unit_code, indicator_code
-- view
select
    i.year as year,
    i.unit_code as unit_code,
    i.indicator_code as indicator_code,
    i.state as state,
    i.zeroed as zeroed,
    i.valued as valued,
    p.points_e12 as points_e12,
    p.points_e2 as points_e2,
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
inner join ref.indicator as n on i.indicator_code = n.indicator_code and n.unit_level = 'street'
left join item_points as p on i.year = p.year and i.unit_code = p.unit_code and i.indicator_code = p.indicator_code
union all
select
    d.year as year,
    d.unit_code as unit_code,
    d.indicator_code as indicator_code,
    d.state as state,
    0 as zeroed,
    case when d.state = 'observed' then 1 else 0 end as valued,
    p.points_e12 as points_e12,
    p.points_e2 as points_e2,
    d.value_e10 as value_e10,
    cast(null as varchar) as category,
    d.numerator_e4 as numerator_e4,
    d.denominator_e4 as denominator_e4,
    cast(null as bigint) as value_e4,
    cast(null as varchar) as sha256,
    cast(null as varchar) as sheet,
    cast(null as integer) as source_row,
    cast(null as varchar) as source_columns
from derived as d
left join derived_score as p on d.year = p.year and d.unit_code = p.unit_code and d.indicator_code = p.indicator_code
