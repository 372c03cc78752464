-- Competition rank of each value in its peer group: one more than the assessed units that are better.
-- grain: indicator_id, group_id, value_e10
select
    v.indicator_id as indicator_id,
    v.group_id as group_id,
    v.value_e10 as value_e10,
    cast(1 + sum(v.assessed_count) over (
        partition by v.indicator_id, v.group_id
        order by v.sense * v.value_e10 desc nulls last
        rows between unbounded preceding and current row
    ) - v.assessed_count as bigint) as value_rank
from (
    select
        i.indicator_id as indicator_id,
        u.group_id as group_id,
        r.sense as sense,
        i.value_e10 as value_e10,
        cast(sum(u.assessed) as bigint) as assessed_count
    from item as i
    inner join ref.rule as r on i.indicator_id = r.indicator_id and r.family = 'rank'
    inner join ref.unit as u on i.unit_id = u.unit_id
    where i.valued = 1
    group by i.indicator_id, u.group_id, r.sense, i.value_e10
) as v
