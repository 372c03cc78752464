-- Every scored item of both cards.
-- grain: year, unit_code, indicator_code
-- view
select
    i.year as year,
    i.unit_code as unit_code,
    i.indicator_code as indicator_code,
    i.dimension_code as dimension_code,
    i.weight_e2 as weight_e2,
    i.state as state,
    i.valued as valued,
    i.fill as fill,
    i.points_e2 as points_e2,
    i.points_e12 as points_e12,
    i.value_e10 as value_e10,
    i.category as category,
    i.numerator_e4 as numerator_e4,
    i.denominator_e4 as denominator_e4,
    i.value_e4 as value_e4,
    i.sha256 as sha256,
    i.sheet as sheet,
    i.source_row as source_row,
    i.source_columns as source_columns
from item_score as i
union all
select
    s.year as year,
    s.unit_code as unit_code,
    s.indicator_code as indicator_code,
    s.dimension_code as dimension_code,
    s.weight_e2 as weight_e2,
    s.state as state,
    s.valued as valued,
    s.fill as fill,
    s.points_e2 as points_e2,
    s.points_e12 as points_e12,
    s.value_e10 as value_e10,
    s.category as category,
    s.numerator_e4 as numerator_e4,
    s.denominator_e4 as denominator_e4,
    s.value_e4 as value_e4,
    s.sha256 as sha256,
    s.sheet as sheet,
    s.source_row as source_row,
    s.source_columns as source_columns
from street_item as s
