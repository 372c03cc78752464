-- Checklists: each part in proportion (never above its points) or all at once from its threshold on.
-- Parts are quantised at 10^-15, so that parts which add up to an exact tie still do.
-- grain: year, unit_code, indicator_code
-- view
select
    p.year as year,
    p.unit_code as unit_code,
    p.indicator_code as indicator_code,
    cast(floor(cast(sum(p.points_e15) as double) / 1e3 + 0.5e0) as bigint) as points_e12
from (
    select
        a.year as year,
        a.unit_code as unit_code,
        a.indicator_code as indicator_code,
        case
            when a.amount_e4 >= a.full_e4 then a.points_e4 * 100000000000
            when a.in_proportion = 1 and a.amount_e4 > 0
                then cast(floor(cast(a.points_e4 as double) * a.amount_e4 / a.full_e4 * 1e11 + 0.5e0) as bigint)
            else 0
        end as points_e15
    from (
        select
            i.year as year,
            i.unit_code as unit_code,
            i.indicator_code as indicator_code,
            case when c.of_numerator = 1 then i.numerator_e4 else i.value_e4 end as amount_e4,
            c.full_e4 as full_e4,
            c.points_e4 as points_e4,
            c.in_proportion as in_proportion
        from item as i
        inner join ref.part as c on i.indicator_code = c.indicator_code
        where i.valued = 1
    ) as a
) as p
group by p.year, p.unit_code, p.indicator_code
