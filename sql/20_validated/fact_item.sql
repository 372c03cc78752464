-- Each fact under its numbers: unit_id (one for each year and unit), indicator_id, item_id (their sum), and
-- as a quotient: x = scale_e4 × top_e4 ÷ (bottom_e4 × 10^4). Levels are compared by a difference, so that the
-- engine looks up two short tables and not their product.
-- grain: item_id
-- view
select
    u.unit_id + i.indicator_id as item_id,
    u.unit_id as unit_id,
    i.indicator_id as indicator_id,
    f.state as state,
    case
        when i.needs_numerator = 1 and f.numerator_e4 is null then 0
        when i.needs_denominator = 1 and (f.denominator_e4 is null or f.denominator_e4 < 0) then 0
        when i.needs_value = 1 and f.value_e4 is null then 0
        when i.needs_category = 1 and f.category is null then 0
        else 1
    end as complete,
    case
        when i.value_kind = 'ratio' then f.numerator_e4
        when i.value_kind = 'change' then f.numerator_e4 - f.denominator_e4
        when i.value_kind = 'value' then f.value_e4
    end as top_e4,
    case
        when i.value_kind not in ('ratio', 'change') then 10000
        when f.denominator_e4 = 0 and i.zero_base_absolute = 1 then 10000
        else f.denominator_e4
    end as bottom_e4,
    case when f.denominator_e4 = 0 then 10000 else i.scale_e4 end as scale_e4,
    f.numerator_e4 as numerator_e4,
    f.denominator_e4 as denominator_e4,
    f.value_e4 as value_e4,
    f.category as category,
    f.sha256 as sha256,
    f.sheet as sheet,
    f.source_row as source_row,
    f.source_columns as source_columns
from fact as f
inner join ref.indicator as i on f.indicator_code = i.indicator_code and i.reported = 1
inner join ref.unit as u on f.year = u.year and f.unit_code = u.unit_code
where u.is_street - i.is_street = 0
