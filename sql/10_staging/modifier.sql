-- Approved bonus and deduction events; of several on one matter only the highest counts (就高不就低).
-- grain: unit_id, kind, matter
select
    e.unit_id as unit_id,
    e.kind as kind,
    e.matter as matter,
    e.modifier_code as modifier_code,
    e.points_e2 as points_e2
from (
    select
        u.unit_id as unit_id,
        r.kind as kind,
        m.matter as matter,
        m.modifier_code as modifier_code,
        m.points_e2 as points_e2,
        cast(row_number() over (
            partition by u.unit_id, r.kind, m.matter
            order by m.points_e2 desc nulls last, r.position asc nulls last, m.event asc nulls last
        ) as bigint) as place
    from raw.modifier as m
    inner join ref.modifier as r on m.modifier_code = r.modifier_code
    inner join ref.unit as u on m.year = u.year and m.unit_code = u.unit_code
) as e
where e.place = 1
