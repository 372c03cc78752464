-- Of units with a reweighted item: the weight of each dimension's items that count by themselves, and of
-- those whose weight the others carry.
-- grain: unit_id, dimension_code
select
    s.unit_id as unit_id,
    i.dimension_code as dimension_code,
    cast(sum(case when s.fill = 'reweighted' then 0 else s.weight_e2 end) as bigint) as closed_e2,
    cast(sum(case when s.fill = 'reweighted' then s.weight_e2 else 0 end) as bigint) as open_e2
from scored as s
inner join ref.indicator as i on s.indicator_id = i.indicator_id
where
    s.unit_id in (
        select o.unit_id as unit_id from scored as o
        where o.fill = 'reweighted'
    )
group by s.unit_id, i.dimension_code
