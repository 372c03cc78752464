-- How many places a community rose since last year among those of its type that were ranked in both years,
-- and whether nobody of them rose by more (`most`). A fall is a negative rise.
-- grain: year, unit_code
select
    p.year as year,
    p.unit_code as unit_code,
    p.unit_type as unit_type,
    p.place_before as place_before,
    p.place_now as place_now,
    p.place_before - p.place_now as rise,
    case when p.place_before > p.place_now and p.rise_rank = 1 then 1 else 0 end as most
from (
    select
        s.year as year,
        s.unit_code as unit_code,
        s.unit_type as unit_type,
        s.place_before as place_before,
        s.place_now as place_now,
        cast(rank() over (
            partition by s.year, s.unit_type order by s.place_before - s.place_now desc nulls last
        ) as bigint) as rise_rank
    from progress as s
) as p
