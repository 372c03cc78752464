-- What a unit's items weigh adds up to their printed weights, but for the rounding of each; nothing is left
-- over unless no item counts by itself.
select
    w.year as year,
    w.unit_code as unit_code,
    w.weight_e2 as weight_e2,
    w.effective_weight_e4 as effective_weight_e4
from (
    select
        e.year as year,
        e.unit_code as unit_code,
        cast(count(*) as bigint) as item_count,
        cast(sum(e.weight_e2) as bigint) as weight_e2,
        cast(sum(e.effective_weight_e4) as bigint) as effective_weight_e4
    from report_weight as e
    group by e.year, e.unit_code
) as w
where w.effective_weight_e4 <> 0 and abs(w.effective_weight_e4 - 100 * w.weight_e2) > w.item_count
