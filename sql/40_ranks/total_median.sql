-- The middle total of assessed communities, of two middle ones their mean, half up.
-- grain: year
select
    m.year as year,
    cast(sign(sum(m.total_e2)) * floor((2 * abs(sum(m.total_e2)) + count(*)) / (2e0 * count(*))) as bigint)
        as median_e2
from (
    select
        r.year as year,
        t.total_e2 as total_e2,
        cast(row_number() over (
            partition by r.year order by t.total_e2 asc nulls last, t.unit_id asc nulls last
        ) as bigint) as place,
        cast(count(*) over (partition by r.year) as bigint) as unit_count
    from unit_total as t
    inner join unit_rank as r on t.unit_id = r.unit_id
) as m
where 2 * m.place in (m.unit_count, m.unit_count + 1, m.unit_count + 2)
group by m.year
