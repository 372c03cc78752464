"""Sentences about cells (C4xx); the other families of the checks live in `rules` and join here.

`expected` says in words what belongs into the cell; `hint` is either empty or a whole sentence such as
`建议改为「90.5」。`. Both are filled in by the checks.
"""

from scorecard.findings import Severity
from scorecard.messages.rules import RULES
from scorecard.messages.text import Text

_FILL = "请填{expected}。{hint}"


def _error(title: str, message: str, fix: str = _FILL) -> Text:
    """Return the entry of a cell that cannot be used as it stands."""
    return Text(Severity.ERROR, title, message, fix)


_VALUES: dict[str, Text] = {
    "C401": _error(
        "只有空白字符", "内容「{raw}」里没有可读的字。", "请填{expected}；没有数据就把这一格清空。"
    ),
    "C402": _error("不是数字", "「{raw}」不是数字。"),
    "C403": _error(
        "带上标或圈码",
        "「{raw}」里有上标或圈码，去掉格式后会变成另一个数。",
        "请删去脚注号，只填数字。{hint}",
    ),
    "C404": _error("不是确数", "「{raw}」是概数，考核只收确数。", "请按台账填确切的数字。"),
    "C405": _error("中文数字", "「{raw}」是中文数字，系统不猜。", "请用阿拉伯数字填写。{hint}"),
    "C406": _error("字母或句号混入数字", "「{raw}」里混有字母或句号，看着像数字但不是。"),
    "C407": _error(
        "公式或公式错误", "「{raw}」是公式或公式错误，不是结果。", "请在表格里改好公式，再粘贴为数值。"
    ),
    "C408": _error(
        "列宽不够", "「{raw}」是列宽不够时的显示，真正的数没有存进文件。", "请加宽该列后重新保存，再上报。"
    ),
    "C409": _error("单位不对", "「{raw}」的单位与本列不一致。", "本列应填{expected}。{hint}"),
    "C410": _error("多了百分号", "「{raw}」带百分号，而本列要的不是百分数。"),
    "C411": _error("写法不收", "「{raw}」是程序里的写法，不是一个确定的数。"),
    "C412": _error("小数位太多", "「{raw}」的小数位超出规定。", "请填{expected}，系统不代为舍入。{hint}"),
    "C413": _error("数字过大", "「{raw}」大得不合常理。", "请核对是否多打了数字；应填{expected}。"),
    "C414": _error(
        "像日期",
        "「{raw}」像日期，多半是表格软件自动改写的。",
        "请把该列设为文本格式后重填，应填{expected}。",
    ),
    "C415": _error(
        "不止一个数",
        "「{raw}」里除了一个数，还有括号、文字或别的数，无法确定取哪个数。",
        "请只留数字，说明写进备注。{hint}",
    ),
    "C416": _error(
        "编码被截断",
        "「{raw}」是科学计数法，编码末几位已经丢失，无法还原。",
        "请把编码列设为文本格式，重新填写完整的编码。",
    ),
    "C417": _error("写了同上", "「{raw}」不是数据，每一格都要能单独看懂。", "请填{expected}。"),
    "C420": _error("低于下限", "「{raw}」低于下限{minimum}。", "请核对后填{expected}。"),
    "C421": _error("高于上限", "「{raw}」高于上限{maximum}。", "请核对后填{expected}。"),
    "C422": _error("负数", "「{raw}」是负数，本项不会小于0。", "请核对后填{expected}。"),
    "C423": _error(
        "是否误填为元", "「{raw}」高于上限{maximum}万元，是否误填为元？", "如果是，请改为「{suggestion}」。"
    ),
    "C424": _error(
        "百分数与小数混写",
        "「{raw}」不大于1，而同列第{other_row}行是「{other}」，同一列里百分数和小数混在一起。",
        "请统一写成百分数，如是{suggestion}%请写「{suggestion}」；确实不超过1%的请带上百分号。",
    ),
    "C425": _error(
        "整列像小数",
        "全列{count}格都不大于1（如「{raw}」），像是小数而不是百分数。",
        "如是{suggestion}%请写「{suggestion}」；确实不超过1%的请带上百分号。",
    ),
    "C426": _error("不在可选项中", "「{raw}」不是可选的等级。", "只能填：{allowed}。"),
    "C427": _error("写了不收的词", "「{raw}」不能代替数据。", "请填{expected}。"),
    "C428": _error(
        "本项不能不涉及",
        "「{raw}」：按考核办法，「{name}」不能填不涉及。",
        "请填{expected}；确为0就填「0」。",
    ),
    "C429": _error(
        "出现身份证号",
        "这一行里有身份证号，整行不收；号码已隐去。",
        "请删去证件号码后重新上报，证件材料另行备查。",
    ),
    "C437": _error(
        "证件号码列",
        "这一列有{count}行填了身份证号，这些行不收；号码已隐去。",
        "请删去这一整列后重新上报，证件材料另行备查。",
    ),
    "C430": Text(
        Severity.INFO,
        "手机号已遮盖",
        "这一格里有手机号，显示时已遮盖中间四位。",
        "不需要联系电话时，请从表中删去。",
    ),
    "C432": _error(
        "表头的单位不对",
        "「{raw}」按表头的单位（{found}）换算后小数位超出规定，表头的单位可能写错了。",
        "本列应填{expected}；请核对列名或表上“单位”一行里的单位，和这个数。",
    ),
    "C436": _error(
        "写的单位与本项的单位不同",
        "「{raw}」写的单位是{found}，本项的单位是{unit}，换算得{value}{unit}，小数位超出规定，系统不代为认定。",
        "如果其实是{amount}{unit}，请只填「{amount}」；单位没有写错的，请按{expected}填写。",
    ),
    "C433": _error(
        "像日期的编号",
        "「{raw}」远大于同列其他数（第{other_row}行是「{other}」），像是日期变成的数。",
        "请核对后填{expected}；确是这个数的，请加千分位逗号，写成「{grouped}」。",
    ),
    "C435": _error(
        "像日期变成的数",
        "「{raw}」像是日期{day}变成的数，同列又没有别的数可以比较。",
        "请核对后填{expected}；确是这个数的，请加千分位逗号，写成「{grouped}」。",
    ),
    "C434": _error("罗马数字", "「{raw}」是罗马数字，系统不猜。", "请用阿拉伯数字填写。{hint}"),
    "C431": Text(
        Severity.INFO,
        "已换算单位",
        "「{raw}」已换算为{normalized_number}{unit}。",
        "不需要处理；请确认换算无误。",
    ),
}

CELLS: dict[str, Text] = {**_VALUES, **RULES}
