-- One part of a checklist: in proportion, never above its points, or all at once from its threshold on.
-- Quantised at 10^-15, so that parts which add up to an exact tie still do.
-- grain: item_id, part
-- view
select
    a.item_id as item_id,
    a.part as part,
    a.unit_id as unit_id,
    a.indicator_id as indicator_id,
    a.state as state,
    a.value_e10 as value_e10,
    case
        when a.amount_e4 >= a.full_e4 then a.points_e4 * 100000000000
        when a.in_proportion = 1 and a.amount_e4 > 0
            then cast(floor(cast(a.points_e4 as double) * a.amount_e4 / a.full_e4 * 1e11 + 0.5e0) as bigint)
        else 0
    end as points_e15
from (
    select
        i.item_id as item_id,
        c.part as part,
        i.unit_id as unit_id,
        i.indicator_id as indicator_id,
        i.state as state,
        i.value_e10 as value_e10,
        case when c.of_numerator = 1 then i.numerator_e4 else i.value_e4 end as amount_e4,
        c.full_e4 as full_e4,
        c.points_e4 as points_e4,
        c.in_proportion as in_proportion
    from item as i
    inner join ref.part as c on i.indicator_id = c.indicator_id
    where i.valued = 1
) as a
