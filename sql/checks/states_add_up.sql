-- Of each indicator the units by state are all assessed units of its level.
select
    i.year as year,
    i.indicator_code as indicator_code,
    i.unit_count as unit_count,
    i.observed_count as observed_count
from report_indicator as i
where i.observed_count + i.missing_count + i.not_applicable_count + i.disputed_count <> i.unit_count
