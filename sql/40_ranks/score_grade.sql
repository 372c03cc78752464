-- The best grade that an assessed unit's published total reaches and no decision bars; below all, the last.
-- grain: unit_id
select
    r.unit_id as unit_id,
    u.quota_id as quota_id,
    r.rank_overall as rank_overall,
    min(g.position) as position
from unit_rank as r
inner join ref.unit as u on r.unit_id = u.unit_id
inner join card_total as t on r.unit_id = t.unit_id
left join ref.grade_cap as c on r.unit_id = c.unit_id
inner join ref.grade as g
    on g.position >= coalesce(c.best_position, 1) and (t.total_e2 >= g.at_least_e2 or g.next_code is null)
group by r.unit_id, u.quota_id, r.rank_overall
