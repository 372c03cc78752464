-- What a unit's events of one modifier come to, within the modifier's cap.
-- grain: year, unit_code, modifier_code
-- view
select
    e.year as year,
    e.unit_code as unit_code,
    r.kind as kind,
    e.modifier_code as modifier_code,
    cast(case when e.points_e2 > r.cap_e2 then r.cap_e2 else e.points_e2 end as bigint) as points_e2
from (
    select
        m.year as year,
        m.unit_code as unit_code,
        m.modifier_code as modifier_code,
        cast(sum(m.points_e2) as bigint) as points_e2
    from modifier as m
    group by m.year, m.unit_code, m.modifier_code
) as e
inner join ref.modifier as r on e.modifier_code = r.modifier_code
