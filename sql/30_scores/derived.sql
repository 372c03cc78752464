-- Street indicators from the street's assessed communities: x = scale_e4 × top ÷ (bottom × 10^4).
-- No assessed community: not applicable; communities, but not one value among them: missing.
-- grain: year, unit_code, indicator_code
select
    g.year as year,
    g.unit_code as unit_code,
    g.indicator_code as indicator_code,
    case
        when g.community_count = 0 then 'not_applicable'
        when g.bottom > 0 then 'observed'
        else 'missing'
    end as state,
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
        u.year as year,
        u.unit_code as unit_code,
        i.indicator_code as indicator_code,
        i.scale_e4 as scale_e4,
        max(d.counted) as counted,
        cast(count(p.community_code) as bigint) as community_count,
        cast(coalesce(sum(p.top), 0) as bigint) as top,
        cast(coalesce(sum(p.bottom), 0) as bigint) as bottom
    from ref.unit as u
    inner join ref.indicator as i on u.unit_level = i.unit_level and i.reported = 0
    inner join ref.derive as d on i.indicator_code = d.indicator_code
    left join derive_part as p
        on u.year = p.year and u.unit_code = p.street_code and i.indicator_code = p.indicator_code
    group by u.year, u.unit_code, i.indicator_code, i.scale_e4
) as g
