-- One state and, where there is one, one value for each unit and reported indicator.
-- A number typed into half of its cells is missing; a rate over zero is not applicable, never 0 % or 100 %.
-- valued: the value scores and is compared with. An item that an event sets to zero shows its value only.
-- grain: year, unit_code, indicator_code
select
    s.year as year,
    s.unit_code as unit_code,
    s.indicator_code as indicator_code,
    s.state as state,
    s.zeroed as zeroed,
    case when s.state in ('observed', 'zero') and s.zeroed = 0 then 1 else 0 end as valued,
    s.top_e4 as top_e4,
    s.bottom_e4 as bottom_e4,
    s.scale_e4 as scale_e4,
    case
        when s.state in ('observed', 'zero')
            then cast(sign(s.top_e4) * floor(
                abs(cast(s.scale_e4 as double) * s.top_e4 / s.bottom_e4) * 1e6 + 0.5e0
            ) as bigint)
    end as value_e10,
    s.numerator_e4 as numerator_e4,
    s.denominator_e4 as denominator_e4,
    s.value_e4 as value_e4,
    s.category as category,
    s.sha256 as sha256,
    s.sheet as sheet,
    s.source_row as source_row,
    s.source_columns as source_columns
from quotient_state as s
