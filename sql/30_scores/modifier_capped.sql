-- What a unit's events of one modifier come to, within the modifier's cap.
-- grain: unit_id, modifier_code
-- view
select
    e.unit_id as unit_id,
    r.kind as kind,
    e.modifier_code as modifier_code,
    case when e.points_e2 > r.cap_e2 then r.cap_e2 else e.points_e2 end as points_e2
from (
    select
        m.unit_id as unit_id,
        m.modifier_code as modifier_code,
        cast(sum(m.points_e2) as bigint) as points_e2
    from modifier as m
    group by m.unit_id, m.modifier_code
) as e
inner join ref.modifier as r on e.modifier_code = r.modifier_code
