-- Satisfaction of assessed communities that have a value: simple mean and mean by households, half up; of
-- each street and, as street '', of the district. By households only where their number is known.
-- grain: year, street_code
select
    a.year as year,
    a.street_code as street_code,
    cast(floor((cast(a.sum_e10 as double) / a.value_count + 5e5) / 1e6) as bigint) as simple_e4,
    case
        when a.households > 0
            then cast(floor((cast(a.weighted_e10 as double) / a.households + 5e5) / 1e6) as bigint)
    end as weighted_e4,
    a.satisfied_units as satisfied_units
from (
    select
        s.year as year,
        s.street_code as street_code,
        cast(count(*) as bigint) as value_count,
        cast(sum(cast(i.value_e10 as decimal(19, 0))) as decimal(38, 0)) as sum_e10,
        cast(sum(s.households) as bigint) as households,
        cast(
            sum(cast(i.value_e10 as decimal(19, 0)) * cast(s.households as decimal(12, 0))) as decimal(38, 0)
        ) as weighted_e10,
        cast(sum(case when i.value_e10 >= c.satisfaction_target_e10 then 1 else 0 end) as bigint)
            as satisfied_units
    from unit_scope as s
    cross join ref.setting as c
    inner join item_score as i on s.unit_id = i.unit_id and c.satisfaction_id = i.indicator_id
    where i.valued = 1
    group by s.year, s.street_code
) as a
