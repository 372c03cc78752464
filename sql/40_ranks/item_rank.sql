-- Where an item stands: among the unit's losses (largest first, then as printed) and, by competition rank,
-- among the assessed units that have a value.
-- grain: item_id
select
    s.item_id as item_id,
    s.unit_id as unit_id,
    s.indicator_id as indicator_id,
    s.year as year,
    s.state as state,
    s.value_e10 as value_e10,
    s.points_e12 as points_e12,
    s.points_e2 as points_e2,
    s.fill as fill,
    s.weight_e2 as weight_e2,
    cast(row_number() over (
        partition by s.unit_id order by (s.weight_e2 - s.points_e2) * 1024 - s.indicator_id desc nulls last
    ) as bigint) as loss_rank,
    case
        when s.merit is not null
            then
                cast(
                    rank()
                        over (partition by s.year, s.indicator_id order by s.merit desc nulls last)
                    as bigint
                )
    end as rank_value
from scored as s
