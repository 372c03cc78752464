-- Street indicators from the street's assessed communities: x = scale_e4 × top ÷ (bottom × 10^4).
-- No assessed community: not applicable; communities, but not one value among them: missing.
-- grain: item_id
select
    g.unit_id + g.indicator_id as item_id,
    g.unit_id as unit_id,
    g.indicator_id as indicator_id,
    case
        when g.community_count = 0 then 'not_applicable'
        when g.bottom > 0 then 'observed'
        else 'missing'
    end as state,
    case when g.bottom > 0 then 1 else 0 end as valued,
    g.top as top,
    g.bottom as bottom,
    g.scale_e4 as scale_e4,
    case when g.counted = 1 then g.top * 10000 end as numerator_e4,
    case when g.counted = 1 then g.bottom * 10000 end as denominator_e4,
    case
        when g.bottom > 0
            then cast(sign(g.top) * floor(
                abs(cast(g.scale_e4 as double) * g.top / g.bottom) * 1e6 + 0.5e0
            ) as bigint)
    end as value_e10
from (
    select
        u.unit_id as unit_id,
        d.indicator_id as indicator_id,
        d.scale_e4 as scale_e4,
        d.counted as counted,
        cast(count(p.unit_id) as bigint) as community_count,
        cast(coalesce(sum(p.top), 0) as bigint) as top,
        cast(coalesce(sum(p.bottom), 0) as bigint) as bottom
    from ref.unit as u
    inner join ref.derive as d on u.unit_level = 'street'
    left join derive_part as p on u.unit_id = p.street_id and d.indicator_id = p.indicator_id
    group by u.unit_id, d.indicator_id, d.scale_e4, d.counted
) as g
