-- Street items with the policy for each state; the peer group is every assessed street.
-- grain: year, unit_code, indicator_code
-- view
select
    i.year as year,
    i.unit_code as unit_code,
    i.indicator_code as indicator_code,
    n.dimension_code as dimension_code,
    n.weight_e2 as weight_e2,
    i.state as state,
    i.valued as valued,
    case
        when i.zeroed = 1 then 'zeroed'
        when i.valued = 1 then 'none'
        when i.state = 'missing' then 'missing_zero'
        when i.state = 'disputed' then 'disputed_zero'
        when s.reweight = 1 or f.unit_count is null then 'reweighted'
        else 'peer_mean'
    end as fill,
    case
        when i.zeroed = 1 then 0
        when i.valued = 1 then i.points_e2
        when i.state in ('missing', 'disputed') then 0
        when s.reweight = 0
            then cast(
                sign(f.sum_e2) * floor(
                    (2 * abs(f.sum_e2) + f.unit_count * s.step_e2) / (2e0 * f.unit_count * s.step_e2)
                ) * s.step_e2 as bigint
            )
    end as points_e2,
    i.points_e12 as points_e12,
    i.value_e10 as value_e10,
    i.category as category,
    i.numerator_e4 as numerator_e4,
    i.denominator_e4 as denominator_e4,
    i.value_e4 as value_e4,
    i.sha256 as sha256,
    i.sheet as sheet,
    i.source_row as source_row,
    i.source_columns as source_columns
from street_points as i
inner join ref.indicator as n on i.indicator_code = n.indicator_code
cross join ref.setting as s
left join (
    select
        p.year as year,
        p.indicator_code as indicator_code,
        cast(count(*) as bigint) as unit_count,
        cast(sum(p.points_e2) as bigint) as sum_e2
    from street_points as p
    inner join ref.unit as u on p.year = u.year and p.unit_code = u.unit_code
    where u.assessed = 1 and p.valued = 1
    group by p.year, p.indicator_code
) as f on i.year = f.year and i.indicator_code = f.indicator_code
