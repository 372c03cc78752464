-- The middle value of each indicator over assessed units, of two middle ones their mean, half up.
-- grain: year, indicator_code
select
    c.year as year,
    c.indicator_code as indicator_code,
    cast(floor(cast(min(c.value_e10) + max(c.value_e10) + 1 as double) / 2) as bigint) as median_e10
from (
    select
        m.year as year,
        m.indicator_code as indicator_code,
        m.value_e10 as value_e10,
        m.unit_count as unit_count,
        sum(m.unit_count) over (
            partition by m.year, m.indicator_code
            order by m.value_e10 asc nulls last, m.merit asc nulls last
            rows between unbounded preceding and current row
        ) as up_to,
        sum(m.unit_count) over (partition by m.year, m.indicator_code) as unit_count_all
    from merit as m
    where m.value_e10 is not null
) as c
where 2 * c.up_to >= c.unit_count_all and 2 * (c.up_to - c.unit_count) <= c.unit_count_all
group by c.year, c.indicator_code
