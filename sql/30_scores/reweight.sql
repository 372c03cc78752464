-- What stands for items that nothing else stands for: points and weight of the dimension's other items, or,
-- where the whole dimension is not applicable, of the unit's other items. Units without such an item have no
-- row.
-- grain: unit_id, dimension_code
select
    d.unit_id as unit_id,
    d.dimension_code as dimension_code,
    case when d.weight_e2 > 0 then d.points_e2 else d.unit_points_e2 end as points_e2,
    case when d.weight_e2 > 0 then d.weight_e2 else d.unit_weight_e2 end as weight_e2
from (
    select
        s.unit_id as unit_id,
        s.dimension_code as dimension_code,
        s.points_e2 as points_e2,
        s.weight_e2 as weight_e2,
        cast(sum(s.points_e2) over (partition by s.unit_id) as bigint) as unit_points_e2,
        cast(sum(s.weight_e2) over (partition by s.unit_id) as bigint) as unit_weight_e2
    from (
        select
            f.unit_id as unit_id,
            i.dimension_code as dimension_code,
            cast(coalesce(sum(f.points_e2), 0) as bigint) as points_e2,
            cast(sum(case when f.fill = 'reweighted' then 0 else i.weight_e2 end) as bigint) as weight_e2
        from item_filled as f
        inner join ref.indicator as i on f.indicator_id = i.indicator_id and i.unit_level = 'community'
        where
            f.unit_id in (
                select o.unit_id as unit_id from item_filled as o
                where o.fill = 'reweighted'
            )
        group by f.unit_id, i.dimension_code
    ) as s
) as d
