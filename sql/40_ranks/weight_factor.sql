-- What an item that counts by itself weighs, as a fraction of its own weight: top ÷ bottom. Its dimension's
-- open items are carried within the dimension; a dimension that is wholly open, by all of the unit's items.
-- grain: unit_id, dimension_code
-- view
select
    w.unit_id as unit_id,
    w.dimension_code as dimension_code,
    (w.closed_e2 + w.open_e2) * w.unit_closed_e2 + w.whole_open_e2 * w.closed_e2 as top,
    w.closed_e2 * w.unit_closed_e2 as bottom
from (
    select
        g.unit_id as unit_id,
        g.dimension_code as dimension_code,
        g.closed_e2 as closed_e2,
        g.open_e2 as open_e2,
        cast(sum(g.closed_e2) over (partition by g.unit_id) as bigint) as unit_closed_e2,
        cast(sum(case when g.closed_e2 = 0 then g.open_e2 else 0 end) over (partition by g.unit_id) as bigint)
            as whole_open_e2
    from weight_group as g
) as w
