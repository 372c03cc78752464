"""Sentences about the registry that is in order, but lacks something that a figure needs."""

from scorecard.findings import Severity
from scorecard.messages.text import Text

UNITS: dict[str, Text] = {
    "K539": Text(
        Severity.WARNING,
        "名录缺户数",
        "名录里有{count}个参评社区没有户数（{names}），按户数加权的平均数没有把它们算进去。",
        "请在名录的「户数」列补填，再重新运行。",
    ),
}
