-- Mean satisfaction lies between the lowest and the highest community's.
select
    d.year as year,
    d.satisfaction_simple_e4 as satisfaction_simple_e4,
    d.satisfaction_weighted_e4 as satisfaction_weighted_e4
from report_district as d
cross join ref.setting as s
inner join ref.indicator as n on s.satisfaction_id = n.indicator_id
inner join report_indicator as i on d.year = i.year and n.indicator_code = i.indicator_code
where
    d.satisfaction_simple_e4 < i.minimum_e10 / 1e6 - 1
    or d.satisfaction_simple_e4 > i.maximum_e10 / 1e6 + 1
    or d.satisfaction_weighted_e4 < i.minimum_e10 / 1e6 - 1
    or d.satisfaction_weighted_e4 > i.maximum_e10 / 1e6 + 1
