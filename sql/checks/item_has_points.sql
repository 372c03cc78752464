-- Every item has points, a known state, and, where a rule scored it, its unrounded points.
select
    i.year as year,
    i.unit_code as unit_code,
    i.indicator_code as indicator_code,
    i.state as state,
    i.fill as fill
from report_item as i
where
    i.points_e2 is null
    or i.state is null
    or i.state not in ('observed', 'zero', 'missing', 'not_applicable', 'disputed')
    or (i.fill = 'none' and i.points_e12 is null)
