-- The state that counts: a value needs all of its cells, and a rate a denominator.
-- grain: year, unit_code, indicator_code
-- view
select
    q.year as year,
    q.unit_code as unit_code,
    q.indicator_code as indicator_code,
    case
        when q.state not in ('observed', 'zero') then q.state
        when q.complete = 0 then 'missing'
        when q.bottom_e4 = 0 then 'not_applicable'
        else q.state
    end as state,
    q.zeroed as zeroed,
    q.top_e4 as top_e4,
    q.bottom_e4 as bottom_e4,
    q.scale_e4 as scale_e4,
    q.numerator_e4 as numerator_e4,
    q.denominator_e4 as denominator_e4,
    q.value_e4 as value_e4,
    q.category as category,
    q.sha256 as sha256,
    q.sheet as sheet,
    q.source_row as source_row,
    q.source_columns as source_columns
from quotient as q
