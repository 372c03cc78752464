-- An item on one line: raw numbers, value, points, what was lost, how it compares, and the cell it came from.
-- grain: year, unit_code, indicator_code
select
    u.year as year,
    u.unit_code as unit_code,
    i.indicator_code as indicator_code,
    i.unit_level as unit_level,
    i.dimension_code as dimension_code,
    r.state as state,
    e.numerator_e4 as numerator_e4,
    e.denominator_e4 as denominator_e4,
    e.value_e4 as value_e4,
    r.value_e10 as value_e10,
    e.category as category,
    r.points_e12 as points_e12,
    r.points_e2 as points_e2,
    r.fill as fill,
    i.weight_e2 as weight_e2,
    i.weight_e2 - r.points_e2 as lost_e2,
    r.loss_rank as loss_rank,
    r.rank_value as rank_value,
    case when r.rank_value is not null then m.rank_count end as rank_count,
    c.mean_points_e2 as mean_points_e2,
    c.median_e10 as median_value_e10,
    p.value_e10 as previous_value_e10,
    p.points_e2 as previous_points_e2,
    e.sha256 as sha256,
    e.sheet as sheet,
    e.source_row as source_row,
    e.source_columns as source_columns
from evidence as e
inner join item_rank as r on e.item_id = r.item_id
inner join ref.unit as u on r.unit_id = u.unit_id
inner join ref.indicator as i on r.indicator_id = i.indicator_id
left join indicator_mean as m on r.year = m.year and r.indicator_id = m.indicator_id
left join report_indicator as c on r.year = c.year and i.indicator_code = c.indicator_code
left join item_previous as p on e.item_id = p.item_id
