-- An item on one line: raw numbers, value, points, what was lost, how it compares, and the cell it came from.
-- grain: year, unit_code, indicator_code
select
    i.year as year,
    i.unit_code as unit_code,
    i.indicator_code as indicator_code,
    n.unit_level as unit_level,
    i.dimension_code as dimension_code,
    i.state as state,
    i.numerator_e4 as numerator_e4,
    i.denominator_e4 as denominator_e4,
    i.value_e4 as value_e4,
    i.value_e10 as value_e10,
    i.category as category,
    i.points_e12 as points_e12,
    i.points_e2 as points_e2,
    i.fill as fill,
    i.weight_e2 as weight_e2,
    i.weight_e2 - i.points_e2 as lost_e2,
    l.loss_rank as loss_rank,
    case when u.assessed = 1 and i.valued = 1 then r.rank_value end as rank_value,
    case when u.assessed = 1 and i.valued = 1 then r.rank_count end as rank_count,
    c.mean_points_e2 as mean_points_e2,
    c.median_e10 as median_value_e10,
    p.value_e10 as previous_value_e10,
    p.points_e2 as previous_points_e2,
    i.sha256 as sha256,
    i.sheet as sheet,
    i.source_row as source_row,
    i.source_columns as source_columns
from scored as i
inner join ref.indicator as n on i.indicator_code = n.indicator_code
inner join ref.unit as u on i.year = u.year and i.unit_code = u.unit_code
inner join loss_rank as l on i.year = l.year and i.unit_code = l.unit_code and i.indicator_code = l.indicator_code
left join merit_rank as r
    on
        i.year = r.year and i.indicator_code = r.indicator_code
        and case when n.merit_sign = 0 then i.points_e12 else n.merit_sign * i.value_e10 end = r.merit
left join report_indicator as c on i.year = c.year and i.indicator_code = c.indicator_code
left join item_previous as p on i.year = p.year and i.unit_code = p.unit_code and i.indicator_code = p.indicator_code
