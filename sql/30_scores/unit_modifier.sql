-- Bonus and deduction of a unit: each modifier within its own cap, all bonuses together within the rulebook's
-- cap.
-- grain: unit_id
select
    k.unit_id as unit_id,
    case when k.bonus_e2 > s.bonus_cap_e2 then s.bonus_cap_e2 else k.bonus_e2 end as bonus_e2,
    k.deduction_e2 as deduction_e2
from (
    select
        c.unit_id as unit_id,
        cast(sum(case when c.kind = 'bonus' then c.points_e2 else 0 end) as bigint) as bonus_e2,
        cast(sum(case when c.kind = 'deduction' then c.points_e2 else 0 end) as bigint) as deduction_e2
    from modifier_capped as c
    group by c.unit_id
) as k
cross join ref.setting as s
