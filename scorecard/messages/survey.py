"""Sentences about survey files (Q9xx): form, keys, answers, sample and percentages.

`who` is unit, kind of respondents and question in words; numbers come in already written out.
"""

from scorecard.findings import Severity
from scorecard.messages.text import Text

_ERROR, _WARNING, _INFO = Severity.ERROR, Severity.WARNING, Severity.INFO

_FORM: dict[str, Text] = {
    "Q901": Text(
        _ERROR,
        "看不出是哪种问卷表",
        "表头里找到的列是{found}，凑不成一种问卷表。",
        "明细表每份问卷一行、每题一列；计数表要有题目、选项、份数；公布的占比要有题目、选项、占比；回收情况表要有回收份数。",
    ),
    "Q902": Text(
        _ERROR,
        "缺少必要的列",
        "这是{shape}，缺少「{missing}」列。",
        "请补上这一列；表里只有一种取值时也要逐行填写。",
    ),
    "Q903": Text(
        _INFO,
        "占比列没有采用",
        "本表已有份数，占比一律由份数计算，这一列没有采用。",
        "不需要处理。",
    ),
    "Q904": Text(
        _ERROR,
        "合计与各行之和不符",
        "合计「{raw}」与各行之和{own}不符。",
        "请核对是漏了行，还是合计没有更新。",
    ),
}

_KEYS: dict[str, Text] = {
    "Q910": Text(_ERROR, "必填格为空", "这一格是空的，这一行没有收。", "请填{expected}。"),
    "Q911": Text(
        _ERROR,
        "调查对象不在问卷定义里",
        "「{raw}」不是本次调查的对象，两类对象不能混在一起。",
        "只能填：{allowed}。",
    ),
    "Q912": Text(_ERROR, "题目不在问卷定义里", "「{raw}」不是本次问卷的题目。", "只能填：{allowed}。"),
    "Q913": Text(_ERROR, "选项不在这一题里", "「{raw}」不是“{question}”的选项。", "只能填：{allowed}。"),
    "Q914": Text(
        _ERROR, "这类对象不答这一题", "“{question}”不问{raw}。", "请核对调查对象；两类对象的答卷分开填。"
    ),
    "Q915": Text(_ERROR, "分层不在问卷定义里", "「{raw}」不是{respondent}的分层。", "只能填：{allowed}。"),
    "Q916": Text(
        _ERROR,
        "重复",
        "{who}在{places}重复出现，系统不知道以哪一处为准。",
        "请只留一处；确是不同的样本，请先合并份数。",
    ),
    "Q917": Text(
        _ERROR,
        "名称与编码不符",
        "名称「{raw}」与编码「{code_text}」不是同一个单位。",
        "请核对名称和编码，改正其中一个。",
    ),
}

_ANSWERS: dict[str, Text] = {
    "Q920": Text(
        _ERROR, "单选题选了多项", "“{question}”是单选题，「{raw}」选了不止一项。", "请按原问卷改为一项。"
    ),
    "Q921": Text(
        _ERROR, "不在任何一档", "「{raw}」不在“{question}”的任何一档里。", "请核对原问卷；各档为：{allowed}。"
    ),
    "Q922": Text(
        _ERROR,
        "同时落在两档",
        "「{raw}」同时落在「{one}」和「{other}」两档里，无法归档。",
        "请改正问卷定义里的分档，使每个数只落在一档。",
    ),
    "Q923": Text(
        _WARNING,
        "分档重叠",
        "“{question}”的「{one}」和「{other}」两档有共同的数，答卷人可以两头选。",
        "下次调查请写明上下界各含不含本数；本次结果引用时请注明。",
    ),
    "Q924": Text(
        _ERROR,
        "有效样本数不符",
        "{who}的样本数填「{raw}」，按各选项份数或前面各行应是{own}份，前后不符。",
        "请核对；“不了解”不算有效样本的，不要计入样本数。",
    ),
    "Q925": Text(
        _ERROR,
        "没有样本数",
        "{who}是多选题，各选项份数相加不是样本数，需要另填。",
        "请加一列「样本数」，填答了这一题的份数。",
    ),
    "Q926": Text(
        _ERROR,
        "份数大于样本数",
        "{who}的「{option}」有{count}份，大于样本数{own}份。",
        "请核对份数和样本数。",
    ),
}

_SAMPLE: dict[str, Text] = {
    "Q930": Text(
        _ERROR,
        "答卷多于回收",
        "{who}有{count}份答案，而{respondent}只回收{returned}份。",
        "请核对份数和回收情况表。",
    ),
    "Q931": Text(
        _ERROR,
        "明细与回收情况不符",
        "{who}的明细有{count}份，回收情况表写的是{returned}份。",
        "请补齐明细，或更正回收情况表。",
    ),
    "Q932": Text(
        _ERROR,
        "回收与拒访多于发放",
        "{who}发放{issued}份，回收{returned}份、拒访{refused}份，加起来比发放的还多。",
        "请核对三个数。",
    ),
    "Q933": Text(
        _WARNING,
        "没有发放份数",
        "{who}没有发放份数，回收率无从核对。",
        "请补填发放份数；没有发放记录的，引用结果时请注明。",
    ),
    "Q934": Text(
        _WARNING,
        "样本太少",
        "{who}有效样本只有{count}份，少于{minimum}份，{level}%的把握只能说在{low}%～{high}%之间。",
        "引用时请连同区间一起说明，不宜按小数点后的差别排先后。",
    ),
    "Q935": Text(
        _WARNING,
        "有一层没有样本",
        "{who}的{stratum}没有有效样本，加权时只按其余各层计。",
        "请补充样本，或在结果里注明。",
    ),
    "Q936": Text(
        _INFO,
        "加权样本已四舍五入",
        "{who}的加权样本{exact}份，按考核表的要求取{decimals}位小数。",
        "不需要处理。",
    ),
    "Q937": Text(
        _WARNING,
        "不能写入考核数据",
        "{who}要计入的指标考核的是社区，而这是{level}的数，没有写入考核数据。",
        "请按社区分别填报。",
    ),
    "Q938": Text(
        _WARNING,
        "没有有效样本",
        "{who}没有一份有效样本，算不出满意率。",
        "没有调查的，按缺报处理；请核对是否漏填。",
    ),
}

_CREDIBLE: dict[str, Text] = {
    "Q945": Text(
        _INFO,
        "回收率100%",
        "{who}发放{issued}份，全部有效收回，没有一份拒访、缺失或作废，这很少见。",
        "请核对发放份数是不是照回收份数填的；属实的不需要处理，引用时请说明调查办法。",
    ),
}

_SHARES: dict[str, Text] = {
    "Q940": Text(
        _WARNING,
        "口径可能写错",
        "{raw}%按样本数{base}得不出整数份数，按{fits}可以得出。",
        "请核对这个占比到底是谁答的、以多少份为基数。",
    ),
    "Q941": Text(
        _WARNING,
        "占比不可能",
        "{raw}%按样本数{base}得不出整数份数，按其他已知的样本数也得不出。",
        "请提供份数，或说明占比是怎样算的。",
    ),
    "Q942": Text(
        _WARNING,
        "可能合并了两类对象",
        "{raw}%按样本数{base}得不出整数份数，单独按哪一类都不行；把{fits}合在一起可以得出，可能是合并计算的。",
        "两类对象的答卷不能合并，请分别公布。",
    ),
    "Q943": Text(
        _ERROR,
        "占比之和不是100%",
        "{who}各选项占比之和是{total}%，超出四舍五入所能解释的差。{hint}",
        "请按原始份数重新计算各项占比；多选题请在问卷定义里写明。",
    ),
    "Q944": Text(
        _WARNING,
        "没有样本数",
        "{raw}%没有写明样本数，无法核对。",
        "请补填「样本数」，即这个占比的分母。",
    ),
}

SURVEY: dict[str, Text] = {**_FORM, **_KEYS, **_ANSWERS, **_SAMPLE, **_CREDIBLE, **_SHARES}
