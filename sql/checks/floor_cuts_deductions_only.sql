-- A decided deduction counts in full, or as far as the floor: below the floor there is no deduction at all.
select
    k.year as year,
    k.unit_code as unit_code,
    k.total_e2 as total_e2,
    k.deduction_e2 as deduction_e2,
    k.deduction_cut_e2 as deduction_cut_e2
from (
    select
        u.year as year,
        u.unit_code as unit_code,
        u.total_e2 as total_e2,
        u.deduction_e2 as deduction_e2,
        u.deduction_cut_e2 as deduction_cut_e2
    from report_unit as u
    union all
    select
        t.year as year,
        t.street_code as unit_code,
        t.total_e2 as total_e2,
        t.deduction_e2 as deduction_e2,
        t.deduction_cut_e2 as deduction_cut_e2
    from report_street as t
) as k
cross join ref.setting as s
where
    k.deduction_cut_e2 < 0
    or (k.deduction_cut_e2 > 0 and k.total_e2 > s.total_floor_e2)
    or (k.deduction_e2 > 0 and k.total_e2 < s.total_floor_e2)
