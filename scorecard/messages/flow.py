"""Sentences about the flow of files: versions, duplicates, approvals, what has not come."""

from scorecard.findings import Severity
from scorecard.messages.text import Text

FLOW: dict[str, Text] = {
    "W851": Text(
        Severity.WARNING,
        "已被新版替代",
        "本文件已由同一街道同一报表的新版“{newer}”替代，不再计分。",
        "如果新版不应替代本文件，请把不用的那一份移出文件夹后重新运行。",
    ),
    "W852": Text(
        Severity.INFO,
        "重复文件",
        "本文件与“{newer}”内容完全相同，只计一次。",
        "无需处理；也可以删去其中一份。",
    ),
    "W853": Text(
        Severity.ERROR,
        "应报未报",
        "{street}尚未报送“{form}”{effect}。",
        "请该街道报送；文件已经放入的，请检查是否放在 submissions 下本年度的文件夹里。",
    ),
    "W854": Text(
        Severity.ERROR,
        "两份文件报了同一格",
        "{unit}的{indicator}在“{one}”和“{other}”中都有，无法确定以哪份为准，按待核处理，该单位暂不排名。",
        "请只保留一份，或把更正后的整份报表作为新版报送。",
    ),
    "W855": Text(
        Severity.WARNING,
        "平台数据缺少社区",
        "“{form}”的各份文件合起来应有{expected_count}个社区，现有{found_count}个，缺：{names}。",
        "请平台补交；这些社区的数据由街道和部门另报的，可不理会。",
    ),
    "W856": Text(
        Severity.WARNING,
        "部分已被更正",
        "{taken}在新版“{newer}”里填了的数以新版为准；新版没有的数仍按本文件计分，涉及{count}个单位（{left}）。",
        "如果这些数也应更正，请在新版里填写；要撤回的写“缺报”。",
    ),
    "W857": Text(
        Severity.ERROR,
        "没有任何文件报送",
        "没有任何文件报送{unit}的{count}项指标（{names}），而别的单位已有，暂不排名。",
        "请补报这一行；名称对不上名录的先改名称。确实没有数据的，在行内写“缺报”，真零填0。",
    ),
    "W858": Text(
        Severity.ERROR,
        "文件放错位置",
        "“{path}”不在本年度的文件夹里，没有读取，其中的数据没有计分。",
        "请移到 submissions 或 sources 下以年度命名的文件夹（如 submissions/{year}），不用的请移走。",
    ),
    "W859": Text(
        Severity.ERROR,
        "决定文件没有读取",
        "“{path}”没有读取：decisions 文件夹里只采用{known}（也可以是同名的 .xlsx、.xls，一种只放一份）。",
        "请核对文件名；属于其他决定的，公布结果前须另行处理。",
    ),
    "W881": Text(
        Severity.ERROR,
        "链接指向的文件不在",
        "“{path}”是一个链接（快捷方式），它指向的文件已经不在，没有读取。",
        "请把文件本身放进来，或删去这个链接。",
    ),
    "W862": Text(
        Severity.WARNING,
        "没有读取的文件或文件夹",
        "数据文件夹里的“{path}”没有读取。",
        "上报数据请放入 submissions（街道）或 sources（区级部门）；无关的可不理会。",
    ),
    "W891": Text(
        Severity.WARNING,
        "空格保留原数",
        "{units}在本文件里有{count}项空着（{names}），空格不替代原数，仍按“{older}”里的数计分。",
        "无需处理；要撤回原来的数，请在这一格写“缺报”。",
    ),
    "W890": Text(
        Severity.ERROR,
        "表头对应无效",
        "这一行列名「{raw}」的对应不能采用：{reason}。",
        "请改正或删去这一行后重新运行。",
    ),
    "W892": Text(
        Severity.ERROR,
        "读取办法无效",
        "这一行文件「{raw}」的读取办法不能采用：{reason}。",
        "请改正或删去这一行后重新运行。",
    ),
    "W860": Text(
        Severity.ERROR,
        "批准文件无效",
        "这一行“不涉及”批准不能采用：{reason}。",
        "请补齐后重新运行；批准须有文号，并由区级以上决定。",
    ),
    "W893": Text(
        Severity.ERROR,
        "这是问卷文件",
        "这是{form}，不是指标表，没有读取。",
        "请用 scorecard survey 计算结果，写成 CSV 后放进 sources；原件留在 surveys 文件夹。",
    ),
}
