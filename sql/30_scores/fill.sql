-- What a not-applicable item gets: the mean of its peer group's rounded points, half up; nobody there: of the
-- whole district; nobody at all, or where the rulebook says reweight: no row.
-- grain: year, indicator_code, peer_group
select
    m.year as year,
    m.indicator_code as indicator_code,
    m.peer_group as peer_group,
    cast(
        sign(m.sum_e2) * floor(
            (2 * abs(m.sum_e2) + m.unit_count * s.step_e2) / (2e0 * m.unit_count * s.step_e2)
        ) * s.step_e2 as bigint
    ) as points_e2
from (
    select
        g.year as year,
        i.indicator_code as indicator_code,
        g.peer_group as peer_group,
        coalesce(p.unit_count, d.unit_count) as unit_count,
        coalesce(p.sum_e2, d.sum_e2) as sum_e2
    from (select distinct u.year as year, u.unit_level as unit_level, u.peer_group as peer_group from ref.unit as u) as g
    inner join ref.indicator as i on g.unit_level = i.unit_level
    left join peer_points as p
        on g.year = p.year and i.indicator_code = p.indicator_code and g.peer_group = p.peer_group
    left join (
        select
            a.year as year,
            a.indicator_code as indicator_code,
            cast(sum(a.unit_count) as bigint) as unit_count,
            cast(sum(a.sum_e2) as bigint) as sum_e2
        from peer_points as a
        group by a.year, a.indicator_code
    ) as d on g.year = d.year and i.indicator_code = d.indicator_code
) as m
cross join ref.setting as s
where m.unit_count > 0 and s.reweight = 0
