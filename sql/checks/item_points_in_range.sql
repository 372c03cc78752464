-- An item's points lie between 0 and its weight, below 0 only by a rule without a floor; what is lost is the
-- rest.
select
    i.year as year,
    i.unit_code as unit_code,
    i.indicator_code as indicator_code,
    i.points_e2 as points_e2,
    i.weight_e2 as weight_e2
from report_item as i
inner join ref.indicator as n on i.indicator_code = n.indicator_code
inner join ref.rule as r on n.indicator_id = r.indicator_id
where
    i.points_e2 > i.weight_e2
    or (i.points_e2 < 0 and r.floored = 1)
    or i.lost_e2 <> i.weight_e2 - i.points_e2
