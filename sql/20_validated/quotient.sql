-- The grid of every unit and reported indicator of its level, with x = scale_e4 × top_e4 ÷ (bottom_e4 × 10^4).
-- grain: year, unit_code, indicator_code
-- view
select
    u.year as year,
    u.unit_code as unit_code,
    i.indicator_code as indicator_code,
    coalesce(f.state, 'missing') as state,
    case i.value_kind
        when 'ratio' then f.numerator_e4
        when 'change' then f.numerator_e4 - case when f.denominator_e4 = 0 then 0 else f.denominator_e4 end
        when 'value' then f.value_e4
    end as top_e4,
    case
        when i.value_kind not in ('ratio', 'change') then 10000
        when f.denominator_e4 = 0 and i.zero_base_absolute = 1 then 10000
        else f.denominator_e4
    end as bottom_e4,
    case when f.denominator_e4 = 0 then 10000 else i.scale_e4 end as scale_e4,
    case
        when i.needs_numerator = 1 and f.numerator_e4 is null then 0
        when i.needs_denominator = 1 and (f.denominator_e4 is null or f.denominator_e4 < 0) then 0
        when i.needs_value = 1 and f.value_e4 is null then 0
        when i.needs_category = 1 and f.category is null then 0
        else 1
    end as complete,
    case when z.unit_code is null then 0 else 1 end as zeroed,
    f.numerator_e4 as numerator_e4,
    f.denominator_e4 as denominator_e4,
    f.value_e4 as value_e4,
    f.category as category,
    f.sha256 as sha256,
    f.sheet as sheet,
    f.source_row as source_row,
    f.source_columns as source_columns
from ref.unit as u
inner join ref.indicator as i on u.unit_level = i.unit_level and i.reported = 1
left join fact as f on u.year = f.year and u.unit_code = f.unit_code and i.indicator_code = f.indicator_code
left join zeroed as z on u.year = z.year and u.unit_code = z.unit_code and i.indicator_code = z.indicator_code
