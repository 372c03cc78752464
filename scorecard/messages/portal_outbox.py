"""What the page of messages says: what waits for somebody, and what others did about what is theirs."""

from typing import Final

WAITS: Final = {
    "file": "{sender}的报表{receipt}是“{stage}”，待办理",
    "returned": "报表{receipt}已退回，待更正后另交",
    "owed": "还没有报送{form}，{term}到{due}为止",
    "absent": "{sender}的报表{receipt}有{count}项不涉及申请，待批准",
    "appeal": "申诉{number}（{unit}）待决定",
    "propose": "{street}申请{kind}（{number}），待提意见",
    "grant": "{street}申请{kind}（{number}），待决定",
    "rate": "还有{count}个单位没有评，{term}到{due}为止",
    "rated": "还有{count}个社区没有评完部门，{term}到{due}为止",
    "opine": "{unit}对{rated}的{card}建议（{number}），待街道提意见",
    "adopt": "{unit}对{rated}的{card}建议（{number}），待区级决定",
    "year": "年度可以办理“{target}”",
}
HAPPENED: Final = {
    "file": "{sender}的报表{receipt}：{role}{actor}办理“{stage}”{reason}",
    "appeal.open": "{unit}提出申诉{number}：{actor}，{ground}",
    "appeal.decide": "申诉{number}已决定：{outcome}，{decision_no}",
    "plea.ask": "{street}申请{kind}（{number}）：{actor}，{reason}",
    "plea.propose": "申请{number}：区考核办{word}{until}，{reason}",
    "plea.decide": "申请{number}：{word}{until}，{reason}",
    "excuse": "{unit}的“{indicator}”不涉及申请：{actor}{word}{document}{reason}",
    "suggestion": "{unit}对{rated}的{card}建议（{number}）：{actor}办理“{stage}”，现在是“{state}”",
    "year": "年度办理“{state}”：{role}{actor}{document}",
    "build": "{actor}开始生成报告",
    "account": "您的账号：{what}，办理人{actor}",
    "reason": "：{reason}",
    "document": "，文号{document}",
}
GRANTS: Final = {True: "批准", False: "不批准"}
