-- Assessed communities and only they have ranks and a grade; no rank is beyond the population's size.
select
    u.year as year,
    u.unit_code as unit_code,
    u.assessed as assessed,
    u.rank_overall as rank_overall,
    u.grade_code as grade_code
from report_unit as u
where
    (u.assessed = 1 and (u.rank_overall is null or u.grade_code is null))
    or (u.assessed = 0 and (u.rank_overall is not null or u.grade_code is not null))
    or u.rank_overall > u.overall_count
    or u.rank_type > u.type_count
    or u.rank_street > u.street_count
