-- A community's dimension beside the mean of all assessed communities and of its street's.
-- grain: year, unit_code, dimension_code
select
    u.year as year,
    u.unit_code as unit_code,
    d.dimension_code as dimension_code,
    d.points_e2 as points_e2,
    d.weight_e2 as weight_e2,
    r.rank_overall as rank_overall,
    m.mean_e2 as mean_e2,
    s.mean_e2 as street_mean_e2
from unit_dimension as d
inner join ref.unit as u on d.unit_id = u.unit_id
left join dimension_rank as r on d.unit_id = r.unit_id and d.dimension_code = r.dimension_code
left join
    dimension_mean as m
    on u.year = m.year and d.dimension_code = m.dimension_code and m.street_code = ''
left join dimension_mean as s
    on u.year = s.year and d.dimension_code = s.dimension_code and u.street_code = s.street_code
