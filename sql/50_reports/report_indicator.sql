-- An indicator over the assessed units of its level. Means are half up; values are of units that have one.
-- grain: year, indicator_code
select
    m.year as year,
    i.indicator_code as indicator_code,
    m.unit_count as unit_count,
    cast(
        sign(m.sum_points_e2)
        * floor((2 * abs(m.sum_points_e2) + m.unit_count) / (2e0 * m.unit_count)) as bigint
    ) as mean_points_e2,
    i.weight_e2 as weight_e2,
    case
        when m.value_count > 0
            then cast(sign(m.sum_value_e10) * floor(
                (
                    2 * abs(m.sum_value_e10)
                    + m.value_count
                    - (2 * abs(m.sum_value_e10) + m.value_count) % (2 * m.value_count)
                )
                / (2 * m.value_count) + 0.5e0
            ) as bigint)
    end as mean_value_e10,
    m.minimum_e10 as minimum_e10,
    d.median_e10 as median_e10,
    m.maximum_e10 as maximum_e10,
    m.full_count as full_count,
    m.zero_count as zero_count,
    m.observed_count as observed_count,
    m.missing_count as missing_count,
    m.not_applicable_count as not_applicable_count,
    m.disputed_count as disputed_count
from indicator_mean as m
inner join ref.indicator as i on m.indicator_id = i.indicator_id
left join median as d on m.year = d.year and m.indicator_id = d.indicator_id
