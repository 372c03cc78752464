-- What each assessed community adds to a street indicator: a part of the dividend and one of the divisor.
-- Missing communities count in a mean of totals (with their total) and in shares (as not reached); a mean of
-- values is over the communities that have one, so the others add nothing to either.
-- grain: year, indicator_code, community_code
-- view
select
    c.year as year,
    c.street_code as street_code,
    d.indicator_code as indicator_code,
    c.unit_code as community_code,
    case
        when d.kind = 'mean_total' then t.total_e2
        when d.kind = 'share_in_category' then case when k.level <= d.level then 1 else 0 end
        when d.kind = 'share_at_least' then case when s.value_e10 >= d.at_least_e10 then 1 else 0 end
        when d.by_households = 1 then s.value_e10 * c.households
        else s.value_e10
    end as top,
    case
        when d.kind = 'mean_total' then 100
        when d.kind in ('share_in_category', 'share_at_least') then 1
        when s.value_e10 is null then null
        when d.by_households = 1 then c.households * 10000000000
        else 10000000000
    end as bottom
from ref.unit as c
inner join ref.derive as d on c.unit_level = 'community' and c.assessed = 1
inner join unit_total as t on c.year = t.year and c.unit_code = t.unit_code
left join item_score as s
    on c.year = s.year and c.unit_code = s.unit_code and d.of_code = s.indicator_code and s.valued = 1
left join ref.category as k on s.indicator_code = k.indicator_code and s.category = k.category
