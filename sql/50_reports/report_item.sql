-- An item on one line: raw numbers, value, points, what was lost (largest first, then as printed), how it
-- compares, and the cell it came from.
-- grain: year, unit_code, indicator_code
-- view
select
    l.year as year,
    l.unit_code as unit_code,
    l.indicator_code as indicator_code,
    c.unit_level as unit_level,
    c.dimension_code as dimension_code,
    l.state as state,
    l.numerator_e4 as numerator_e4,
    l.denominator_e4 as denominator_e4,
    l.value_e4 as value_e4,
    l.value_e10 as value_e10,
    l.category as category,
    l.points_e12 as points_e12,
    l.points_e2 as points_e2,
    l.fill as fill,
    c.weight_e2 as weight_e2,
    c.weight_e2 - l.points_e2 as lost_e2,
    cast(row_number() over (
        partition by l.year, l.unit_code
        order by (c.weight_e2 - l.points_e2) * 1024 - c.position desc nulls last
    ) as bigint) as loss_rank,
    l.rank_value as rank_value,
    case when l.rank_value is not null then c.rank_count end as rank_count,
    c.mean_points_e2 as mean_points_e2,
    c.median_e10 as median_value_e10,
    l.previous_value_e10 as previous_value_e10,
    l.previous_points_e2 as previous_points_e2,
    l.sha256 as sha256,
    l.sheet as sheet,
    l.source_row as source_row,
    l.source_columns as source_columns
from item_line as l
inner join indicator_line as c on l.year = c.year and l.indicator_code = c.indicator_code
