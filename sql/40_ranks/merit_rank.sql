-- Competition rank of each merit: one more than the assessed units that have a better one.
-- grain: year, indicator_code, merit
select
    m.year as year,
    m.indicator_code as indicator_code,
    m.merit as merit,
    cast(sum(m.unit_count) over (
        partition by m.year, m.indicator_code
        order by m.merit desc nulls last
        rows between unbounded preceding and current row
    ) - m.unit_count + 1 as bigint) as rank_value,
    cast(sum(m.unit_count) over (partition by m.year, m.indicator_code) as bigint) as rank_count
from (
    select
        a.year as year,
        a.indicator_code as indicator_code,
        a.merit as merit,
        cast(sum(a.unit_count) as bigint) as unit_count
    from merit as a
    group by a.year, a.indicator_code, a.merit
) as m
