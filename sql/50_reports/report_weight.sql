-- What each item weighs for a unit some of whose items carry others' weight (half up at 10^-4 points). Units
-- without a row weigh as printed. What is carried weighs nothing by itself.
-- grain: year, unit_code, indicator_code
select
    u.year as year,
    u.unit_code as unit_code,
    i.indicator_code as indicator_code,
    s.weight_e2 as weight_e2,
    case
        when s.fill = 'reweighted' then 0
        else cast((
            200 * s.weight_e2 * f.top + f.bottom - (200 * s.weight_e2 * f.top + f.bottom) % (2 * f.bottom)
        ) / (2 * f.bottom) as bigint)
    end as effective_weight_e4
from scored as s
inner join weight_factor as f on s.unit_id = f.unit_id
inner join ref.indicator as i on s.indicator_id = i.indicator_id and f.dimension_code = i.dimension_code
inner join ref.unit as u on s.unit_id = u.unit_id
