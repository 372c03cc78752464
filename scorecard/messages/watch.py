"""Sentences of the watch list (Q95x): what is worth a second look. None of them touches a score."""

from scorecard.findings import Severity
from scorecard.messages.text import Text

WATCH: dict[str, Text] = {
    "Q950": Text(
        Severity.INFO,
        "集中压线",
        "{indicator}：{known}个有数的单位里，{count}个正好等于「{value}」（{what}），占{percent}：{names}。",
        "请抽查原始台账；口径本来就容易得到这个数的，可不理会。",
    ),
    "Q951": Text(
        Severity.INFO,
        "与上年逐位相同",
        "{unit}有{count}项的数与{year}年度逐位相同：{names}。",
        "请核对是否把上年的表照抄了一遍；确实没有变化的，可不理会。",
    ),
    "Q952": Text(
        Severity.INFO,
        "增减异常",
        "{unit}的{indicator}由{before}变为「{after}」，全区增减的中位数是{median}，偏离的稳健倍数为{z}。",
        "请核对两年的口径和台账；确有其事的，可不理会。",
    ),
    "Q953": Text(
        Severity.INFO,
        "几个单位的数相同",
        "{street}的{indicator}，{count}个单位报的都是「{value}」：{names}。",
        "请核对是否一数多报；本来就按街道统一安排的，可不理会。",
    ),
    "Q954": Text(
        Severity.INFO,
        "迟到的更正",
        "“{newer}”替代了“{older}”，于{on}收到，在“{step}”截止（{closes}）之后，涉及{count}个单位。",
        "请核对更正有没有依据，更正前后的得分可用 scorecard explain 查看。",
    ),
    "Q955": Text(
        Severity.INFO,
        "自评明显高于考核",
        "{unit}自评总分{claimed}，考核总分{checked}，高出{gap}。",
        "请按指标比对自评和考核的依据；口径理解不同的，在下一年度的模板里写清。",
    ),
    "Q956": Text(
        Severity.INFO,
        "单项自评明显高于考核",
        "{unit}有{count}项的自评比考核得分高出该项满分的{percent}%以上：{names}。",
        "请比对这几项的佐证材料。",
    ),
}
