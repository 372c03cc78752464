-- Competition rank of each value in its peer group: one more than the assessed units that are better.
-- grain: year, indicator_code, peer_group, value_e10
select
    v.year as year,
    v.indicator_code as indicator_code,
    v.peer_group as peer_group,
    v.value_e10 as value_e10,
    cast(1 + sum(v.assessed_count) over (
        partition by v.year, v.indicator_code, v.peer_group
        order by v.sense * v.value_e10 desc nulls last
        rows between unbounded preceding and current row
    ) - v.assessed_count as bigint) as value_rank
from (
    select
        i.year as year,
        i.indicator_code as indicator_code,
        u.peer_group as peer_group,
        r.sense as sense,
        i.value_e10 as value_e10,
        cast(sum(u.assessed) as bigint) as assessed_count
    from item as i
    inner join ref.rule as r on i.indicator_code = r.indicator_code and r.family = 'rank'
    inner join ref.unit as u on i.year = u.year and i.unit_code = u.unit_code
    where i.valued = 1
    group by i.year, i.indicator_code, u.peer_group, r.sense, i.value_e10
) as v
