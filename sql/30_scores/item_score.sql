-- The published points of every community item. A reweighted item gets its weight's share of what the unit's other
-- items reached, half up, so a dimension stays the sum of its items.
-- grain: year, unit_code, indicator_code
select
    f.year as year,
    f.unit_code as unit_code,
    f.indicator_code as indicator_code,
    f.dimension_code as dimension_code,
    f.weight_e2 as weight_e2,
    f.state as state,
    f.valued as valued,
    f.fill as fill,
    case
        when f.fill <> 'reweighted' then f.points_e2
        when r.weight_e2 > 0
            then cast(sign(r.points_e2) * floor(
                (2 * abs(r.points_e2) * f.weight_e2 + r.weight_e2 * s.step_e2) / (2e0 * r.weight_e2 * s.step_e2)
            ) * s.step_e2 as bigint)
        else 0
    end as points_e2,
    case when f.fill = 'none' then f.points_e12 end as points_e12,
    f.value_e10 as value_e10,
    f.category as category,
    f.numerator_e4 as numerator_e4,
    f.denominator_e4 as denominator_e4,
    f.value_e4 as value_e4,
    f.sha256 as sha256,
    f.sheet as sheet,
    f.source_row as source_row,
    f.source_columns as source_columns
from item_filled as f
cross join ref.setting as s
left join reweight as r
    on
        f.fill = 'reweighted' and f.year = r.year
        and f.unit_code = r.unit_code and f.dimension_code = r.dimension_code
