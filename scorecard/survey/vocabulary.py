"""The headers of survey files, and which of the four forms a header makes."""

from collections.abc import Collection
from typing import Final, Literal

from scorecard.intake import Label, Vocabulary
from scorecard.language import NC_
from scorecard.survey.model import Definition

Shape = Literal["forms", "counts", "shares", "returns"]

SHAPES: Final[dict[Shape, str]] = {
    "forms": NC_("part", "问卷明细表"),
    "counts": NC_("part", "问卷计数表"),
    "shares": NC_("part", "占比表"),
    "returns": NC_("part", "回收情况表"),
}
KEYS: Final = (
    Label("street", "街道", ("街道名称", "所属街道", "镇街", "镇（街道）")),
    Label("unit_name", "社区名称", ("社区", "单位名称", "单位", "村（社区）", "被调查单位", "调查单位")),
    Label("unit_code", "社区编码", ("编码", "单位编码", "社区代码")),
    Label("respondent", "调查对象", ("对象", "受访者类型", "受访对象", "问卷类型", "答卷人")),
    Label("stratum", "分层", ("层", "户别", "样本类型", "家庭类型")),
    Label("question", "题目", ("题号", "问题", "调查题目")),
    Label("option", "选项", ("答案", "回答")),
    Label("count", "份数", ("人数", "选择人数", "选择份数", "频数")),
    Label("share", "占比", ("百分比", "比例", "比重")),
    Label("base", "样本数", ("样本量", "有效样本", "有效样本数", "基数")),
    Label("issued", "发放份数", ("发放数", "发出份数", "应访份数")),
    Label("returned", "回收份数", ("回收数", "收回份数", "回收有效份数")),
    Label("refused", "拒访份数", ("拒访数", "拒答份数", "拒答数")),
    Label("form", "问卷编号", ("问卷号", "样本编号")),
    Label("aside:number", "序号"),
    Label("aside:note", "备注", ("说明", "口径", "出处")),
)
NAMES: Final = {label.key: label.name for label in KEYS}
_ASKED: Final = "question:"  # the key of a question's own column


def vocabulary(definition: Definition) -> Vocabulary:
    """Return the labels of every form, the questions of the survey among them."""
    asked = (Label(_ASKED + q.code, q.name, (q.code, *q.aliases)) for q in definition.questions)
    return Vocabulary.build((*KEYS, *asked))


def question_of(key: str) -> str:
    """Return the code of the question whose column this is, or ""."""
    return key.removeprefix(_ASKED) if key.startswith(_ASKED) else ""


def shape_of(keys: Collection[str]) -> Shape | None:
    """Return the form that columns with these keys make; None if they make none."""
    if {"question", "option"} & set(keys):
        return "counts" if "count" in keys else "shares" if "share" in keys else None
    if any(map(question_of, keys)):
        return "forms"
    return "returns" if "returned" in keys else None


def needed(shape: Shape, definition: Definition) -> tuple[str, ...]:
    """Return the keys without which the form cannot be read, besides the unit."""
    kind = ("respondent",) if len(definition.respondents) > 1 else ()
    asked = ("question", "option") if shape in ("counts", "shares") else ()
    return (*kind, *asked)
