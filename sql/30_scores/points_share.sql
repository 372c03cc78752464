-- Rules that give a share of the weight: the rung reached, the category named, the rank held.
-- grain: year, unit_code, indicator_code
-- view
select
    i.year as year,
    i.unit_code as unit_code,
    i.indicator_code as indicator_code,
    l.share_e4 * r.weight_e2 * 1000000 as points_e12
from item as i
inner join ref.rule as r on i.indicator_code = r.indicator_code
inner join ref.rung as l
    on i.indicator_code = l.indicator_code and l.from_e10 <= i.value_e10 and i.value_e10 < l.below_e10
where i.valued = 1
union all
select
    i.year as year,
    i.unit_code as unit_code,
    i.indicator_code as indicator_code,
    c.share_e4 * r.weight_e2 * 1000000 as points_e12
from item as i
inner join ref.rule as r on i.indicator_code = r.indicator_code
inner join ref.category as c on i.indicator_code = c.indicator_code and i.category = c.category
where i.valued = 1
union all
select
    i.year as year,
    i.unit_code as unit_code,
    i.indicator_code as indicator_code,
    coalesce(s.share_e4, r.rest_e4) * r.weight_e2 * 1000000 as points_e12
from item as i
inner join ref.rule as r on i.indicator_code = r.indicator_code and r.family = 'rank'
inner join ref.unit as u on i.year = u.year and i.unit_code = u.unit_code
inner join peer_rank as p
    on
        i.year = p.year and i.indicator_code = p.indicator_code
        and u.peer_group = p.peer_group and i.value_e10 = p.value_e10
left join ref.rank_share as s on i.indicator_code = s.indicator_code and p.value_rank = s.value_rank
where i.valued = 1
