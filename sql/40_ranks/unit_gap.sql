-- Items of a unit that have no value of their own (a zeroed one is decided and no gap): what they got, and
-- the least and most that they could get.
-- grain: unit_id
select
    s.unit_id as unit_id,
    cast(count(*) as bigint) as gap_count,
    cast(sum(s.points_e2) as bigint) as points_e2,
    cast(sum(case when s.points_e2 < 0 then s.points_e2 else 0 end) as bigint) as least_e2,
    cast(sum(s.weight_e2) as bigint) as weight_e2
from scored as s
where s.valued = 0 and s.fill <> 'zeroed'
group by s.unit_id
