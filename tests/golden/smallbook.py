"""A rulebook of seven indicators, one for each way of measuring, with a street card of two."""

from datetime import date
from decimal import Decimal
from typing import Any

from scorecard.rulebook.model import Rulebook

D = Decimal
FUNDED: dict[str, Any] = {"funding": {"per_community": D(27), "unit": "人"}}  # the unit of one of its shares


def _indicator(
    code: str, name: str, measure: str, rule: dict[str, Any], weight: str, **more: Any
) -> dict[str, Any]:
    plain = {
        "code": code,
        "name_zh": name,
        "name_en": code,
        "definition": f"{name}的定义",
        "measure": measure,
        "unit": "%",
        "direction": "higher",
        "target": "90",
        "weight": D(weight),
        "rule": rule,
        "level": "社区",
        "owner": "区民政局",
        "evidence": "台账",
        "source": "示例",
    }
    return plain | more


def _counts(name: str, unit: str = "件") -> list[dict[str, Any]]:
    return [
        {"field": "numerator", "name": f"{name}完成数", "unit": unit},
        {"field": "denominator", "name": f"{name}总数", "unit": unit},
    ]


def _dimensions() -> list[dict[str, Any]]:
    lin = {"type": "LIN", "zero_at": D(60), "full_at": D(90)}
    ratio = {"per": D(100), "part_of_whole": True, "level": "区级"}
    first = [
        _indicator("AA01", "居民满意率", "ratio", lin, "40", inputs=_counts("满意", "份"), **ratio),
        _indicator(
            "AA02",
            "开课次数",
            "count",
            {"type": "LAD", "rungs": [{"at_least": D(12), "share": D(1)}]},
            "5",
            unit="次",
            decimals=0,
            target="12",
            inputs=[{"field": "value", "name": "开课次数", "unit": "次"}],
        ),
        _indicator(
            "AA03",
            "创建等级",
            "category",
            {
                "type": "CAT",
                "categories": [
                    {"name": "省级", "level": 1, "share": D(1)},
                    {"name": "市级", "level": 2, "share": D("0.8")},
                    {"name": "无", "level": 3, "share": D(0)},
                ],
            },
            "5",
            unit="等级",
            target="省级",
            inputs=[{"field": "text", "name": "创建等级"}],
        ),
    ]
    second = [
        _indicator(
            "BB01",
            "服务项目",
            "parts",
            {
                "type": "CHK",
                "parts": [
                    {"field": "numerator", "points": D("7.5"), "of": D(10)},
                    {"field": "value", "points": D("2.5"), "at_least": D(1)},
                ],
            },
            "10",
            unit="项",
            target="10+1",
            decimals=0,
            inputs=[
                {"field": "numerator", "name": "基本", "unit": "项"},
                {"field": "value", "name": "特色", "unit": "项"},
            ],
        ),
        _indicator(
            "BB02",
            "案件变动率",
            "change",
            {"type": "PP", "target": D(0), "per": D("0.5"), "sense": "above"},
            "10",
            direction="lower",
            target="≤0",
            per=D(100),
            zero_base="absolute",
            inputs=_counts("案件"),
        ),
        _indicator(
            "BB03",
            "报送质量",
            "events",
            {"type": "DED", "per": D(1)},
            "10",
            unit="分",
            direction="lower",
            target="0",
            decimals=1,
            events=[{"name": "迟报", "per": D("0.2")}, {"name": "漏报", "per": D("0.5")}],
        ),
        _indicator(
            "BB04",
            "年轻人员占比",
            "ratio",
            {"type": "RNG", "low": D(25), "high": D(50), "per_below": D("0.05"), "per_above": D("0.05")},
            "20",
            direction="range",
            target="25–50",
            inputs=_counts("人员", "人"),
            **ratio,
        ),
    ]
    return [
        {
            "code": "AA",
            "name_zh": "居民评价",
            "short_zh": "评价",
            "name_en": "A",
            "weight": D(50),
            "indicators": first,
        },
        {
            "code": "BB",
            "name_zh": "日常工作",
            "short_zh": "工作",
            "name_en": "B",
            "weight": D(50),
            "indicators": second,
        },
    ]


def _street() -> dict[str, Any]:
    full = {"type": "LIN", "zero_at": D(0), "full_at": D(100)}
    rate = {"type": "LIN", "zero_at": D(30), "full_at": D(70)}
    mean, award = {"kind": "mean_total"}, {"kind": "share_in_category", "of": "AA03", "category": "省级"}
    card = [
        _indicator(
            "SS01", "社区平均得分", "derived", full, "80", derive=mean, unit="分", target="—", level="系统"
        ),
        _indicator(
            "SS02", "省级创建率", "derived", rate, "20", derive=award, target="70", per=D(100), level="系统"
        ),
    ]
    return {
        "code": "SS",
        "name_zh": "街道考核",
        "short_zh": "街道",
        "name_en": "S",
        "weight": D(100),
        "indicators": card,
    }


def small_rulebook(**changes: Any) -> Rulebook:
    """Return the rulebook, validated; `changes` replace top-level keys."""
    plain = {
        "id": "example/2025",
        "edition": 2,
        "title": "社区考核办法",
        "district_note": "示例",
        "document_no": "示例〔2025〕1号",
        "issued": date(2025, 2, 1),
        "effective_from": date(2025, 3, 1),
        "years": [2025],
        "basis": ["示例文件"],
        "notes": ["比率由分子、分母计算。"],
        "population_types": ["城市社区"],
        "total": D(100),
        "dimensions": _dimensions(),
        "street": _street(),
        "context": [],
        "cross_checks": [],
        "modifiers": [
            {
                "code": "JF01",
                "name_zh": "荣誉表彰",
                "name_en": "H",
                "kind": "bonus",
                "source": "示例",
                "rule": {
                    "type": "BONUS",
                    "levels": [{"name": "省级", "level": 1}],
                    "points": [D(2)],
                    "cap": D(5),
                },
            },
            {
                "code": "KF01",
                "name_zh": "虚报",
                "name_en": "F",
                "kind": "deduction",
                "source": "示例",
                "zero_item": True,
                "rule": {"type": "BONUS", "per": D(1)},
            },
        ],
        "bonus_cap": D(10),
        "rounding": {},
        "missing": {},
        "quota": {},
        "ranking": {"tie_break": [{"kind": "indicator", "code": "AA01"}, {"kind": "deductions"}]},
        "states": {"missing": [], "not_applicable": [], "zero": [], "disputed": [], "refused": []},
        "grades": [
            {"code": "A", "name_zh": "优秀", "name_en": "A", "at_least": D(90), "quota_percent": D(30)},
            {"code": "B", "name_zh": "良好", "name_en": "B", "at_least": D(80)},
            {"code": "C", "name_zh": "合格", "name_en": "C", "at_least": D(60)},
            {"code": "D", "name_zh": "不合格", "name_en": "D", "at_least": D(0)},
        ],
        "satisfaction": {
            "indicator": "AA01",
            "target": D(90),
            "mean": "simple",
            "minimum_sample": 50,
            "levels": [{"name": "满意", "score": D(100), "satisfied": True}],
        },
        "deadlines": [],
        "publicity": {"working_days": 5, "first_day_counts": True},
        "veto": {"effective_levels": [], "kinds": []},
        "yellow_card": {"open_caps_grade": "B", "cards_for_suggestion": 2, "validity_months": 12},
        "funding": {"per_community": D(27), "unit": "万元"},
        "year_on_year": {"note_percent": D(30)},
        "robustness": {
            "seed": 1,
            "draws": 100,
            "weight_percent": D(25),
            "tolerance_percent": D(5),
            "leave_one_out": True,
            "interval_percent": D(90),
            "certain_percent": D(95),
        },
        "forms": [],
        "sha256": "ab" * 32,
    }
    return Rulebook.model_validate(plain | changes)
