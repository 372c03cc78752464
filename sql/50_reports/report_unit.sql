-- A community on one line: total, ranks within the assessed population, grade, and the year before.
-- Ranks and grade are null for communities that are not assessed or wait for a correction (reason_code). The
-- cap is the best grade that decisions leave; null where none bars it from any.
-- grain: year, unit_code
select
    u.year as year,
    u.unit_code as unit_code,
    u.street_code as street_code,
    u.unit_type as unit_type,
    u.assessed as assessed,
    u.in_population as in_population,
    u.reason_code as reason_code,
    t.dimension_sum_e2 as dimension_sum_e2,
    t.bonus_e2 as bonus_e2,
    t.deduction_e2 as deduction_e2,
    t.deduction_cut_e2 as deduction_cut_e2,
    t.total_e2 as total_e2,
    r.rank_overall as rank_overall,
    r.overall_count as overall_count,
    r.rank_overall_ties as rank_overall_ties,
    r.rank_type as rank_type,
    r.type_count as type_count,
    r.rank_street as rank_street,
    r.street_count as street_count,
    g.grade_code as grade_code,
    coalesce(g.quota_edge, 0) as quota_edge,
    e.grade_code as cap_code,
    t.missing_count as missing_count,
    t.not_applicable_count as not_applicable_count,
    t.disputed_count as disputed_count,
    t.item_count as item_count,
    case when q.unit_id is not null then b.total_e2 end as previous_total_e2,
    q.rank_overall as previous_rank
from ref.unit as u
inner join unit_total as t on u.unit_id = t.unit_id
left join unit_rank as r on u.unit_id = r.unit_id
left join unit_grade as g on u.unit_id = g.unit_id
left join ref.grade_cap as c on u.unit_id = c.unit_id
left join ref.grade as e on c.best_position = e.position
left join unit_total as b on u.previous_id = b.unit_id
left join unit_rank as q on u.previous_id = q.unit_id
