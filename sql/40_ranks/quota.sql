-- Places of each grade: floor(assessed × percent), null where the grade has no quota.
-- grain: year, position
select
    n.year as year,
    g.position as position,
    n.assessed_count as assessed_count,
    cast(
        (n.assessed_count * g.quota_e4 - (n.assessed_count * g.quota_e4) % 1000000) / 1000000 as bigint
    ) as places
from (
    select
        r.year as year,
        cast(count(*) as bigint) as assessed_count
    from unit_rank as r
    group by r.year
) as n
cross join ref.grade as g
