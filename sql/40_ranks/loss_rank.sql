-- Where a unit lost most: its items in the order of lost points, then as printed in the rulebook.
-- grain: year, unit_code, indicator_code
select
    i.year as year,
    i.unit_code as unit_code,
    i.indicator_code as indicator_code,
    cast(row_number() over (
        partition by i.year, i.unit_code order by i.weight_e2 - i.points_e2 desc nulls last, n.position asc nulls last
    ) as bigint) as loss_rank
from scored as i
inner join ref.indicator as n on i.indicator_code = n.indicator_code
