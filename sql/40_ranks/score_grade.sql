-- The best grade that an assessed community's published total reaches; below all of them, the last.
-- grain: year, unit_code
select
    r.year as year,
    r.unit_code as unit_code,
    r.rank_overall as rank_overall,
    min(g.position) as position
from unit_rank as r
inner join unit_total as t on r.year = t.year and r.unit_code = t.unit_code
left join ref.grade_cap as c on r.year = c.year and r.unit_code = c.unit_code
inner join ref.grade as g
    on g.position >= coalesce(c.best_position, 1) and (t.total_e2 >= g.at_least_e2 or g.next_code is null)
group by r.year, r.unit_code, r.rank_overall
