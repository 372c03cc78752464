-- Satisfaction of the population's communities that have a value (a survey waits for no correction): simple
-- mean and mean by households where their number is known, half up; of each street and, as street '', of all.
-- grain: year, street_code
select
    a.year as year,
    a.street_code as street_code,
    cast(
        floor(
            (2 * a.sum_e10 + a.value_e6 - (2 * a.sum_e10 + a.value_e6) % (2 * a.value_e6)) / (2 * a.value_e6)
            + 0.5e0
        )
        as bigint
    ) as simple_e4,
    case
        when a.household_e6 > 0
            then cast(floor(
                (
                    2 * a.weighted_e10
                    + a.household_e6
                    - (2 * a.weighted_e10 + a.household_e6) % (2 * a.household_e6)
                )
                / (2 * a.household_e6) + 0.5e0
            ) as bigint)
    end as weighted_e4,
    a.satisfied_units as satisfied_units
from (
    select
        s.year as year,
        s.street_code as street_code,
        cast(count(*) * 1000000 as decimal(19, 0)) as value_e6,
        cast(sum(cast(i.value_e10 as decimal(19, 0))) as decimal(30, 0)) as sum_e10,
        cast(sum(s.households) * 1000000 as decimal(19, 0)) as household_e6,
        cast(
            sum(cast(i.value_e10 as decimal(19, 0)) * cast(s.households as decimal(12, 0))) as decimal(30, 0)
        ) as weighted_e10,
        cast(sum(case when i.value_e10 >= c.satisfaction_target_e10 then 1 else 0 end) as bigint)
            as satisfied_units
    from unit_scope as s
    cross join ref.setting as c
    inner join item_score as i on s.unit_id = i.unit_id and c.satisfaction_id = i.indicator_id
    where i.valued = 1
    group by s.year, s.street_code
) as a
