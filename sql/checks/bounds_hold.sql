-- A published total lies between the worst and the best case.
select
    b.year as year,
    b.unit_code as unit_code,
    b.total_e2 as total_e2,
    b.low_e2 as low_e2,
    b.high_e2 as high_e2
from report_bounds as b
where b.low_e2 > b.total_e2 or b.high_e2 < b.total_e2 or b.gap_count < 1
