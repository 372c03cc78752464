"""Sentences about rating departments and suggesting cards through the portal; entries of them as lines."""

from typing import Final

RATING: Final = {
    "unknown": "名录里{year}年度没有您的社区了，不能再办理；请联系区考核办核对名录。",
    "no_rules": "考核办法没有规定社区评部门，或者没有写评议的起止日期；请联系区考核办。",
    "early": "评议还没有开放：{term}从{opens}开始，请到时再来。",
    "late": "评议已经截止：{term}到{due}为止，以截止前最后一次送出的为准，不能再送、再改。",
    "frozen": "已锁定：{year}年度数据已经冻结，不能再送、再改。",
    "items": "“{item}”没有选；每一项都要选一个，没有这回事的选“不涉及”。",
    "option": "“{item}”的选项「{raw}」不在评议办法里，没有收；只能选：{allowed}。",
    "odd_item": "「{raw}」不是要评的内容，没有收；请对照评议表改正。",
    "nothing": "每一项都选了“不涉及”，没有收；与本社区没有往来的单位，不评就可以。",
    "long": "{what}超过{longest}个字，没有收；请写短一些。",
    "private": "{what}里像是有身份证号或手机号码，没有收；请删去后再送。",
    "formula": "{what}以“{sign}”开头，放进表格会变成公式，没有收；请换一个开头。",
    "signs": "{what}里有看不见的字符，没有收；请重新输入。",
}
SUGGESTING: Final = {
    "rated": "没有选对哪个单位，或者它不在被评单位名录里，没有提出；请重新选择。",
    "card": "没有选黄牌还是一票否决，没有提出；请选一种。",
    "reason": "没有写事由，没有提出；请写明什么时候、什么事、有什么凭据。",
    "most": "本社区还没有办结的建议已有{most}件，没有另外受理；请等其中几件办结。",
    "none": "没有编号为「{number}」的建议，请回到列表查看。",
    "state": "这件建议现在是“{state}”，不能办理“{stage}”；可能别人刚刚办过，请刷新后再看。",
    "verdict": "没有选结论，没有办理；应为{words}。",
    "level": "级别「{level}」不能作区级决定，没有办理；应为{levels}。",
    "document": "没有写文号，没有办理；没有文号的不算数。",
    "order": "今天（{on}）早于上一步的日期（{since}），请联系系统管理员核对服务器的日期。",
    "confirm": "没有打勾确认，没有办理；请核对后打勾。",
}
EVIDENCE: Final = "佐证材料"
COMMENT: Final = "意见"
REASON: Final = "事由"
DOCUMENT: Final = "文号"
NONE: Final = "不涉及"  # an item that is not rated: no answer, and no part of any mean

# An entry of the ledger as a line. Of a rating it says that it came, never what it says.
RATING_ENTRIES: Final = {
    "upward.rate": "评议 {number}：{actor}送出第{version}版",
    "upward.propose": "建议 {number}：{actor}对{rated}提出{card}建议",
    "upward.say": "建议 {number}：{actor}办理“{stage}”{verdict}{document}",
}
