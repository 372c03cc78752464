"""Sentences about task tables, maps, issue ledgers, and what communities say of departments."""

from scorecard.findings import Severity
from scorecard.messages.text import Text

_ERROR, _WARNING, _INFO = Severity.ERROR, Severity.WARNING, Severity.INFO

_ROWS: dict[str, Text] = {
    "W950": Text(
        _ERROR,
        "清单放错位置",
        "“{path}”不在以年度命名的文件夹里，没有读取。",
        "请移到 tasks、issues 或 upward 下本年度的文件夹（如 tasks/{year}），不用的请移走。",
    ),
    "W951": Text(
        _ERROR,
        "日期不能用",
        "「{raw}」{why}，这一行不能认定是否按期，该社区这一项待更正。",
        "请写全年、月、日，例如 {year}-12-31。",
    ),
    "W952": Text(
        _ERROR,
        "清单缺列",
        "按{kind}读取，但没有「{missing}」这一列，整份没有计数。",
        "请补上这一列再报；没有数据的格可以空着。",
    ),
    "W953": Text(
        _ERROR, "没有写单位", "这一行没有写社区名称，也没有编码，没有收。", "请补上社区名称或12位编码。"
    ),
    "W954": Text(
        _ERROR,
        "社区名称对不上",
        "这一行的社区名称或编码{said}在名录里对不上，可能是{suggestions}，系统不代为认定；可能的社区这一项待更正。",
        "请改成名录里的名称或编码，名称与编码不符的改正其中一个。",
    ),
    "W955": Text(
        _ERROR,
        "社区已撤销或尚未成立",
        "这一行的社区{said}在{year}年末不存在（已撤销或尚未成立），没有收。",
        "请按名录改报现在的社区。",
    ),
    "W956": Text(
        _ERROR,
        "社区不在名录",
        "这一行的社区名称或编码{said}不在名录里，没有收。",
        "请按名录填写全称或12位编码。",
    ),
    "W957": Text(
        _ERROR,
        "必填格为空",
        "这一行没有写{what}，不能计数，该社区这一项待更正。",
        "请补上{what}；整行不用的请删去。",
    ),
    "W959": Text(
        _ERROR,
        "日期先后颠倒",
        "「{raw}」早于{other}{other_day}，这一行不能计数，该社区这一项待更正。",
        "请核对这两个日期。",
    ),
    "W960": Text(
        _ERROR,
        "验收结论看不懂",
        "验收结论「{raw}」既不是合格也不是不合格，该社区这一项待更正。",
        "请写“合格”或“不合格”，没有验收的空着。",
    ),
    "W961": Text(
        _WARNING,
        "验收不全",
        "「{raw}」有{has}，没有{lacks}，不算按期完成。",
        "已经验收的，请补上{lacks}。",
    ),
    "W962": Text(
        _WARNING,
        "状态看不懂",
        "状态「{raw}」不在常用的说法之内，以销号日期为准。",
        "请写“已销号”或“未销号”。",
    ),
    "W963": Text(
        _WARNING,
        "没有期限",
        "「{raw}」没有{what}：计入应完成的项数，但不能认定按期。",
        "请补上{what}。",
    ),
    "W964": Text(
        _INFO,
        "晚于数据截至日",
        "「{raw}」晚于数据截至日{as_of}，按尚未{effect}计。",
        "无需处理；日期写错的请改正。",
    ),
    "W965": Text(_WARNING, "重复的行", "「{raw}」与{first}完全相同，只计一次。", "请删去其中一行。"),
    "W966": Text(
        _ERROR,
        "编号重复而内容不同",
        "「{raw}」与{first}编号相同、内容不同，系统不知道以哪一行为准，该社区这一项待更正。",
        "请只留正确的一行；确是两件事的，请分开编号。",
    ),
    "W967": Text(
        _INFO,
        "已被更正",
        "本文件有{count}行由“{newer}”更正，以更正的为准，其余各行仍然计数。",
        "无需处理。",
    ),
    "W968": Text(
        _ERROR,
        "更正的行没有编号",
        "更正文件里的这一行没有写{what}，不知道更正的是哪一项，该社区这一项待更正。",
        "请写上原来的{what}；原来没有编号的，请整份重报。",
    ),
    "W969": Text(
        _WARNING,
        "数量或金额不能用",
        "「{raw}」不是可以用的数，没有采用；不影响是否按期。",
        "请只写数字，单位写在列名或“单位”列里。",
    ),
    "W970": Text(
        _ERROR,
        "状态与日期矛盾",
        "状态写「{raw}」，{why}，不能认定是否销号，该社区这一项待更正。",
        "请核对状态和销号日期，改正其中一个。",
    ),
}

_PLANS: dict[str, Text] = {
    "W971": Text(
        _WARNING,
        "填报数与清单不符",
        "{unit}的“{indicator}”：按{ledger}计得{on_time}÷{counted}，另有填报数{typed}（{other}），以{ledger}为准。",
        "请核对；清单有漏项的请补报清单，填报数不再采用。",
    ),
    "W972": Text(
        _WARNING,
        "有一表没有一图",
        "{expected_count}个社区有任务表，其中{count}个没有收到规划图：{names}。",
        "请把图（PDF、PNG 或 JPEG）放进 tasks 下本年度的文件夹，文件名写社区名称。",
    ),
    "W973": Text(
        _WARNING,
        "一表一图没有公示记录",
        "{expected_count}个社区有任务表，其中{count}个没有截至日以前的公示记录：{names}。",
        "请补报公示情况表（社区名称、公示开始日期、意见内容等列）。",
    ),
    "W974": Text(
        _WARNING,
        "日期不能用",
        "「{raw}」{why}，这个日期没有采用。",
        "请写全年、月、日，例如 {year}-12-31。",
    ),
    "W975": Text(
        _WARNING,
        "规划图不知是谁的",
        "这份图的文件名{why}，原件已留存，没有归到社区。",
        "请在文件名里写社区全称；有重名的连街道一起写。",
    ),
    "W976": Text(
        _WARNING,
        "图的内容不对",
        "文件名以「{raw}」结尾，内容却不是 PDF、PNG 或 JPEG，没有作为图采用。",
        "请另存为 PDF、PNG 或 JPEG 再报。",
    ),
    "W977": Text(
        _ERROR,
        "文件太大",
        "这份文件有{size}兆，超过{limit}兆，没有收，也没有留存。",
        "请压缩后再报。",
    ),
    "W978": Text(
        _WARNING,
        "交办的任务没有经费",
        "{unit}有{count}项上级安排的任务没有写投入金额（{names}），按“费随事转”应当落实经费。",
        "请交办单位落实；已经落实的，请补上投入来源和投入金额。",
    ),
    "W979": Text(
        _ERROR,
        "不知道是哪种表",
        "既不是任务表（事项、完成时限），也不是公示情况表（公示开始日期、意见内容），没有读取。",
        "请按数据文件夹说明里的列名填写。",
    ),
}

LISTS: dict[str, Text] = {**_ROWS, **_PLANS}
