-- Accepted facts as the store keeps them; decimals are integers with four places.
-- grain: year, unit_code, indicator_code
-- view
select
    f.year as year,
    f.unit_code as unit_code,
    f.indicator_code as indicator_code,
    f.numerator_e4 as numerator_e4,
    f.denominator_e4 as denominator_e4,
    f.value_e4 as value_e4,
    f.category as category,
    f.state as state,
    f.sha256 as sha256,
    f.sheet as sheet,
    f.source_row as source_row,
    f.source_columns as source_columns
from raw.fact as f
