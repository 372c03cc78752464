-- What an item has of its own: raw numbers, value, points, rank among those with a value, and the cell it
-- came from. The largest relation: what it shares with its unit or its indicator stands once, elsewhere.
-- The right side is held in memory: points, which are short; the cells, which are long, pass by.
-- grain: year, unit_code, indicator_code
-- sides as written
select
    u.year as year,
    u.unit_code as unit_code,
    i.indicator_code as indicator_code,
    s.state as state,
    e.numerator_e4 as numerator_e4,
    e.denominator_e4 as denominator_e4,
    e.value_e4 as value_e4,
    s.value_e10 as value_e10,
    e.category as category,
    s.points_e12 as points_e12,
    s.points_e2 as points_e2,
    s.fill as fill,
    m.merit_rank as rank_value,
    p.value_e10 as previous_value_e10,
    p.points_e2 as previous_points_e2,
    e.sha256 as sha256,
    e.sheet as sheet,
    e.source_row as source_row,
    e.source_columns as source_columns
from evidence as e
inner join scored as s on e.item_id = s.item_id
inner join ref.unit as u on s.unit_id = u.unit_id
inner join ref.indicator as i on s.indicator_id = i.indicator_id
left join merit_rank as m
    on s.year = m.year and s.indicator_id = m.indicator_id and s.merit = m.merit
left join item_previous as p on e.item_id = p.item_id
