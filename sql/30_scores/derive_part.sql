-- What each community of the population adds to a street indicator: a part of the dividend and one of the
-- divisor. In shares all of them count (without a value as not reached); a mean of values is over those that
-- have one; a mean of totals over those that are ranked: the total of one that waits is not settled.
-- grain: unit_id, indicator_id
-- view
select
    c.unit_id as unit_id,
    c.street_id as street_id,
    d.indicator_id as indicator_id,
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
inner join ref.derive as d
    on
        c.unit_level = 'community'
        and c.in_population = 1
        and (c.assessed = 1 or d.kind <> 'mean_total')
inner join unit_total as t on c.unit_id = t.unit_id
left join item_score as s on c.unit_id = s.unit_id and d.of_id = s.indicator_id and s.valued = 1
left join item as i on s.item_id = i.item_id
left join ref.category as k on i.indicator_id = k.indicator_id and i.category = k.category
