-- What stands for items that nothing else stands for: points and weight of the dimension's other items, or, where
-- the whole dimension is not applicable, of the unit's other items. Units without such an item have no row.
-- grain: year, unit_code, dimension_code
select
    d.year as year,
    d.unit_code as unit_code,
    d.dimension_code as dimension_code,
    case when d.weight_e2 > 0 then d.points_e2 else d.unit_points_e2 end as points_e2,
    case when d.weight_e2 > 0 then d.weight_e2 else d.unit_weight_e2 end as weight_e2
from (
    select
        s.year as year,
        s.unit_code as unit_code,
        s.dimension_code as dimension_code,
        s.points_e2 as points_e2,
        s.weight_e2 as weight_e2,
        s.open_count as open_count,
        cast(sum(s.points_e2) over (partition by s.year, s.unit_code) as bigint) as unit_points_e2,
        cast(sum(s.weight_e2) over (partition by s.year, s.unit_code) as bigint) as unit_weight_e2
    from (
        select
            f.year as year,
            f.unit_code as unit_code,
            f.dimension_code as dimension_code,
            cast(coalesce(sum(f.points_e2), 0) as bigint) as points_e2,
            cast(sum(case when f.fill = 'reweighted' then 0 else f.weight_e2 end) as bigint) as weight_e2,
            cast(sum(case when f.fill = 'reweighted' then 1 else 0 end) as bigint) as open_count
        from item_filled as f
        group by f.year, f.unit_code, f.dimension_code
    ) as s
) as d
where d.open_count > 0
