-- No fact is left out: one of a unit or indicator that does not exist would be.
select
    f.fact_count as fact_count,
    i.item_count as item_count
from (select count(a.sha256) as fact_count from fact as a) as f
cross join (select count(b.sha256) as item_count from report_item as b) as i
where f.fact_count <> i.item_count
