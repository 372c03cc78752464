-- What an assessed unit is ranked by: its total, then key_1 to key_6, the rulebook's tie-break keys in their
-- order; higher is better, null stands last, equal on all of them is the same rank. Deductions, scores and
-- dimensions are in hundredths, an indicator is its value (or its points) as compared.
-- grain: year, unit_code
select
    u.year as year,
    u.unit_code as unit_code,
    u.unit_level as unit_level,
    t.total_e2 as total_e2,
    k.key_1 as key_1,
    k.key_2 as key_2,
    k.key_3 as key_3,
    k.key_4 as key_4,
    k.key_5 as key_5,
    k.key_6 as key_6,
    r.rank_overall as rank_overall
from unit_rank as r
inner join ref.unit as u on r.unit_id = u.unit_id
inner join card_total as t on r.unit_id = t.unit_id
left join tie_key as k on r.unit_id = k.unit_id
