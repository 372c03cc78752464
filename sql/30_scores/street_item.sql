-- The published points of every street item; reweighted items as in item_score.
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
from street_filled as f
cross join ref.setting as s
inner join (
    select
        o.year as year,
        o.unit_code as unit_code,
        cast(coalesce(sum(o.points_e2), 0) as bigint) as points_e2,
        cast(sum(case when o.fill = 'reweighted' then 0 else o.weight_e2 end) as bigint) as weight_e2
    from street_filled as o
    group by o.year, o.unit_code
) as r on f.year = r.year and f.unit_code = r.unit_code
