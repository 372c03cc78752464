-- Mean satisfaction lies between the lowest and the highest community's of the population.
select
    d.year as year,
    d.satisfaction_simple_e4 as satisfaction_simple_e4,
    d.satisfaction_weighted_e4 as satisfaction_weighted_e4
from report_district as d
inner join (
    select
        u.year as year,
        min(i.value_e10) / 1e6 - 1 as lowest_e4,
        max(i.value_e10) / 1e6 + 1 as highest_e4
    from report_unit as u
    cross join ref.setting as s
    inner join ref.indicator as n on s.satisfaction_id = n.indicator_id
    inner join report_item as i
        on u.year = i.year and u.unit_code = i.unit_code and n.indicator_code = i.indicator_code
    where u.in_population = 1
    group by u.year
) as b on d.year = b.year
where
    d.satisfaction_simple_e4 not between b.lowest_e4 and b.highest_e4
    or d.satisfaction_weighted_e4 not between b.lowest_e4 and b.highest_e4
