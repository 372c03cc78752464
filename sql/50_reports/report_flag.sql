-- What is shown beside a unit: kind, document, validity and effect of each veto, yellow card or suggestion.
-- grain: year, unit_code, flag
select
    f.year as year,
    f.unit_code as unit_code,
    f.flag as flag,
    f.kind as kind,
    f.label_zh as label_zh,
    f.document_no as document_no,
    f.basis as basis,
    f.valid_from as valid_from,
    f.valid_to as valid_to,
    f.effect_zh as effect_zh
from flag as f
