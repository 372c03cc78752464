-- Competition rank of each merit: one more than the assessed units that are better. Over distinct values,
-- which are far fewer than items.
-- grain: year, indicator_id, merit
select
    m.year as year,
    m.indicator_id as indicator_id,
    m.merit as merit,
    cast(1 + sum(m.unit_count) over (
        partition by m.year, m.indicator_id
        order by m.merit desc nulls last
        rows between unbounded preceding and current row
    ) - m.unit_count as bigint) as merit_rank
from (
    select
        s.year as year,
        s.indicator_id as indicator_id,
        s.merit as merit,
        cast(count(*) as bigint) as unit_count
    from scored as s
    where s.merit is not null
    group by s.year, s.indicator_id, s.merit
) as m
