-- The middle value of each indicator over assessed units, of two middle ones their mean, half up.
-- grain: year, indicator_id
select
    c.year as year,
    c.indicator_id as indicator_id,
    cast(floor(cast(min(c.value_e10) + max(c.value_e10) + 1 as double) / 2) as bigint) as median_e10
from (
    select
        v.year as year,
        v.indicator_id as indicator_id,
        v.value_e10 as value_e10,
        v.unit_count as unit_count,
        cast(sum(v.unit_count) over (
            partition by v.year, v.indicator_id
            order by v.value_e10 asc nulls last
            rows between unbounded preceding and current row
        ) as bigint) as up_to,
        cast(sum(v.unit_count) over (partition by v.year, v.indicator_id) as bigint) as unit_count_all
    from value_count as v
) as c
where 2 * c.up_to >= c.unit_count_all and 2 * (c.up_to - c.unit_count) <= c.unit_count_all
group by c.year, c.indicator_id
