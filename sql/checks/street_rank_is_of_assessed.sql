-- Assessed streets and only they have a rank and a grade; no rank is beyond their number.
select
    t.year as year,
    t.street_code as street_code,
    t.assessed as assessed,
    t.rank_overall as rank_overall,
    t.grade_code as grade_code
from report_street as t
where
    (t.assessed = 1 and (t.rank_overall is null or t.grade_code is null))
    or (t.assessed = 0 and (t.rank_overall is not null or t.grade_code is not null))
    or t.rank_overall > t.street_count
