-- What was reported of each item, and where: file, sheet, row and columns. Gaps and derived items have no
-- file.
-- grain: item_id
-- view
select
    f.item_id as item_id,
    f.numerator_e4 as numerator_e4,
    f.denominator_e4 as denominator_e4,
    f.value_e4 as value_e4,
    f.category as category,
    f.sha256 as sha256,
    f.sheet as sheet,
    f.source_row as source_row,
    f.source_columns as source_columns
from fact_item as f
union all
select
    n.item_id as item_id,
    n.numerator_e4 as numerator_e4,
    n.denominator_e4 as denominator_e4,
    cast(null as bigint) as value_e4,
    cast(null as varchar) as category,
    cast(null as varchar) as sha256,
    cast(null as varchar) as sheet,
    cast(null as integer) as source_row,
    cast(null as varchar) as source_columns
from (
    select
        d.item_id as item_id,
        d.numerator_e4 as numerator_e4,
        d.denominator_e4 as denominator_e4
    from derived as d
    union all
    select
        g.item_id as item_id,
        cast(null as bigint) as numerator_e4,
        cast(null as bigint) as denominator_e4
    from gap as g
) as n
