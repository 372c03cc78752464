"""What the portal says about appeals; what year and decision forbid has the commands' own sentences."""

from typing import Final

APPEALING: Final = {
    "not_built": "还没有生成过报告，没有可以申诉的得分；请区考核办先生成报告。",
    "no_window": "{year}年度没有办过公示，不在异议期内，不能受理申诉；公示以后再提。",
    "unit": "没有选社区，或者它不属于您的街道；请重新选择。",
    "item": "没有选申诉哪一个数，请在表里选一行。",
    "ground": "没有选依据（数据错误、口径错误、遗漏材料），请选一种。",
    "statement": "没有写理由，或者超过{longest}个字；请写明哪个数错了、应当是多少、凭什么。",
    "most": "本街道待决定的申诉已有{most}件，没有受理；请等区考核办答复其中几件再提。",
    "file": "没有附{what}，没有办理；请选好文件再提交。",
    "file_large": "{what}「{name}」超过{limit}MB，没有办理；请压缩，或只交有关的页。",
    "file_kind": "{what}「{name}」不是可以收的文件（{kinds}），或者内容与后缀不符，没有办理；请换一个文件。",
    "outcome": "没有选决定是成立还是驳回，请选一种。",
    "confirm": "没有打勾确认；决定作出以后不能再改，请核对后打勾。",
    "decision_no": "没有写决定的文号，没有办理；没有文号的决定不算数。",
    "reason": "没有写决定的理由，或者超过{longest}个字；请写明查实了什么。",
    "no_change": "申诉成立要写明更正后的数，没有办理；不改数的请选驳回。",
    "change_rejected": "驳回的申诉不能改数，没有办理；请清空更正后的数，或者改选成立。",
    "change": "更正「{raw}」没有写全：指标、项、更正后的数都要写；请补全或清空这一行。",
    "effect_first": "申诉还没有决定，或者已经驳回，没有影响可算。",
}
EVIDENCE: Final = "佐证材料"
DOCUMENT: Final = "决定文件"
