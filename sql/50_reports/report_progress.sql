-- How many places a community rose since last year among those of its type that were ranked in both years,
-- and whether nobody of them rose by more (`most`). Who waits or is new moves nobody; a fall is a negative rise.
-- grain: year, unit_code
select
    p.year as year,
    p.unit_code as unit_code,
    p.unit_type as unit_type,
    p.place_before as place_before,
    p.place_now as place_now,
    p.place_before - p.place_now as rise,
    case
        when
            p.place_before > p.place_now
            and p.place_before - p.place_now
            = max(p.place_before - p.place_now) over (partition by p.year, p.unit_type)
            then 1
        else 0
    end as most
from (
    select
        u.year as year,
        u.unit_code as unit_code,
        u.unit_type as unit_type,
        cast(rank() over (
            partition by u.year, u.unit_type order by q.rank_type asc nulls last
        ) as bigint) as place_before,
        cast(rank() over (
            partition by u.year, u.unit_type order by r.rank_type asc nulls last
        ) as bigint) as place_now
    from ref.unit as u
    inner join ref.unit as b on u.previous_id = b.unit_id and u.unit_type = b.unit_type
    inner join unit_rank as r on u.unit_id = r.unit_id
    inner join unit_rank as q on b.unit_id = q.unit_id
    where u.unit_level = 'community'
) as p
