-- What an item gets by its peers' mean: that of its peer group's rounded points, half up; nobody there: of
-- the whole district; nobody at all: no row.
-- grain: indicator_id, group_id
select
    m.indicator_id as indicator_id,
    m.group_id as group_id,
    cast(
        sign(m.sum_e2) * floor(
            (2 * abs(m.sum_e2) + m.unit_count * s.step_e2) / (2e0 * m.unit_count * s.step_e2)
        ) * s.step_e2 as bigint
    ) as points_e2
from (
    select
        d.indicator_id as indicator_id,
        g.group_id as group_id,
        coalesce(p.unit_count, d.unit_count) as unit_count,
        coalesce(p.sum_e2, d.sum_e2) as sum_e2
    from (
        select
            a.indicator_id as indicator_id,
            a.year as year,
            cast(sum(a.unit_count) as bigint) as unit_count,
            cast(sum(a.sum_e2) as bigint) as sum_e2
        from peer_points as a
        group by a.indicator_id, a.year
    ) as d
    inner join ref.peer_group as g on d.year = g.year
    left join peer_points as p on d.indicator_id = p.indicator_id and g.group_id = p.group_id
) as m
cross join ref.setting as s
