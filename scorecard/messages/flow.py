"""Sentences about the flow of files: versions, duplicates, approvals, what has not come."""

from scorecard.findings import Severity
from scorecard.messages.text import Text

FLOW: dict[str, Text] = {
    "W851": Text(
        Severity.WARNING,
        "已被新版替代",
        "本文件已由同一街道同一报表的新版“{newer}”替代，不再计分；旧版有而新版没有的单位：{gone}。",
        "如果新版不应替代本文件，请把不用的那一份移出文件夹后重新运行。",
    ),
    "W852": Text(
        Severity.INFO,
        "重复文件",
        "本文件与“{newer}”内容完全相同，只计一次。",
        "无需处理；也可以删去其中一份。",
    ),
    "W853": Text(
        Severity.WARNING,
        "应报未报",
        "{street}尚未报送“{form}”。",
        "请该街道报送；逾期未报的数据按缺报处理。",
    ),
    "W854": Text(
        Severity.ERROR,
        "两份文件报了同一格",
        "{unit}的「{indicator}」在“{one}”和“{other}”中都有，无法确定以哪份为准，两处均未采用。",
        "请只保留一份，或把更正后的整份报表作为新版报送。",
    ),
    "W855": Text(
        Severity.WARNING,
        "平台数据缺少社区",
        "“{form}”的各份文件合起来应有{expected_count}个社区，现有{found_count}个，缺：{names}。",
        "请平台补交；这些社区的数据由街道和部门另报的，可不理会。",
    ),
    "W860": Text(
        Severity.ERROR,
        "批准文件无效",
        "这一行“不涉及”批准不能采用：{reason}。",
        "请补齐后重新运行；批准须有文号，并由区级以上决定。",
    ),
}
