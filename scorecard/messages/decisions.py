"""Sentences about the documents of `decisions/`: bonuses and deductions, vetoes, yellow cards."""

from scorecard.findings import Severity
from scorecard.language import NC_
from scorecard.messages.text import Text

DECISIONS: dict[str, Text] = {
    "W861": Text(
        Severity.ERROR,
        "决定文件填写有误",
        "填的「{raw}」{reason}，这一行没有采用。",
        "请改正后重新运行；{hint}。",
    ),
    "W863": Text(
        Severity.WARNING,
        "没有文号，不计",
        "{name}没有填文号，不计分。",
        "请补填认定文件的文号；没有文件的证书、牌匾不予认定。",
    ),
    "W864": Text(
        Severity.WARNING,
        "没有写明本单位，不计",
        "“{document}”没有写明本单位的名称（“名称写明本单位”没有填“是”），不计分。",
        "文件里写明了本单位全称的，请填“是”；没有写明的不予认定。",
    ),
    "W865": Text(
        Severity.INFO,
        "同一事项只计最高一级",
        "与第{other}行是同一事项「{matter}」，就高不就低，只计第{other}行的{points}分。",
        "不是同一事项的，请在“事项”栏写不同的编号。",
    ),
    "W866": Text(
        Severity.WARNING,
        "往年已经计过",
        "“{document}”已在{year}年度为该单位计过（第{other}行），不重复计分。",
        "无需处理；文号写错的请更正。",
    ),
    "W867": Text(
        Severity.INFO,
        "晚于截至日，暂不计",
        "文件日期{day}晚于数据截至日{as_of}，暂不计分。",
        "无需处理；截至日改到这一天之后再计算时会计入。",
    ),
    "W868": Text(
        Severity.INFO,
        "改计入下一年度",
        "文件日期{day}晚于{year}年度事项的截止日{last}，改计入{after}年度。",
        "无需处理；日期写错的请更正。",
    ),
    "W869": Text(
        Severity.WARNING,
        "日期不在年度之内",
        "文件日期{day}不在{year}年度事项的认定期内，不计分。",
        "请核对“日期”和“年度”两栏。",
    ),
    "W870": Text(
        Severity.WARNING,
        "按考核办法不得分",
        "「{level}」按考核办法折算后不得分，不计。",
        "请核对级别、数量、条线部门和联合单位数。",
    ),
    "W871": Text(
        Severity.INFO,
        "一票否决没有成立",
        "{kind}（{document}）现为“{status}”，没有效力，得分、名次和等次都不变。",
        "无需处理；已有区级以上决定的，请更新状态并补填决定文号。",
    ),
    "W872": Text(
        Severity.ERROR,
        "决定级别不够",
        "{what}（{document}）的决定级别「{raw}」不能作此决定，须为{levels}，没有效力。",
        "请报有权的机关决定后，再更正决定级别和文号。",
    ),
    "W873": Text(
        Severity.INFO,
        "不在有效期内",
        "{kind}（{document}）有效期{span}，截至{as_of}没有效力，得分、名次和等次都不变。",
        "无需处理；有效期写错的请更正。",
    ),
    "W874": Text(
        Severity.ERROR,
        "V3不得用于社区",
        "{unit}的 V3（{document}）没有采用：按民发〔2015〕136号，不得对社区直接定为不合格。",
        "确需使用的，须在考核办法 veto.v3_override_document 写明依据的文号。",
    ),
    "W875": Text(
        Severity.WARNING,
        "对社区使用了V3",
        "{unit}依据{document}（考核办法载明的依据：{override}）直接定为{grade}，得分和名次不变。",
        "请在公布前核对依据；本条会一并公布。",
    ),
    "W876": Text(
        Severity.INFO,
        "与社区得分无关",
        "{what}（{document}）的对象是{whom}，不影响任何社区和街道的得分、名次和等次。",
        "无需处理。",
    ),
    "W877": Text(
        Severity.ERROR,
        "考核办法没有这种否决",
        "{kind}（{document}）没有采用：考核办法只有{kinds}。",
        "请核对“种类”栏。",
    ),
    "W878": Text(
        Severity.ERROR,
        "黄牌的状态接不上",
        "黄牌「{card}」不能从“{before}”转为“{after}”，这一行没有采用。",
        "“{before}”之后可以是：{allowed}；请核对状态、状态日期和通知书编号。",
    ),
    "W879": Text(
        Severity.WARNING,
        "黄牌逾期未解除",
        "黄牌「{card}」整改期限{deadline}已过，截至{as_of}仍为“{state}”。",
        "请办理解除或者升级，并在文件里加一行。",
    ),
    "W880": Text(
        Severity.WARNING,
        "建议取消评优资格",
        "{unit}在{year}年度收到黄牌{count}张（{cards}），达到{limit}张，按考核办法建议取消评优资格。",
        "这只是建议，不影响得分、名次和等次；请交领导小组决定，决定后在“否决.csv”里加一行。",
    ),
    "W882": Text(
        Severity.ERROR,
        "单位已不存在",
        "{unit}在{year}年末已不存在，没有计入。",
        "合并、更名的，请改填{year}年末的单位编码。",
    ),
    "W883": Text(
        Severity.ERROR,
        "同一黄牌单位不一致",
        "黄牌「{card}」各行的单位不一致，整张黄牌没有采用。",
        "请核对通知书编号和单位编码；一个编号只能对应一个单位。",
    ),
    "W884": Text(
        Severity.ERROR,
        "黄牌还没有到期",
        "黄牌「{card}」有效期到{last}，填的到期日{day}早了，这一行没有采用。",
        "到期由程序按考核办法推算，不必填；整改完成的请填“已解除”。",
    ),
    "W885": Text(
        Severity.ERROR,
        "决定文件缺列",
        "缺少{names}列，整个文件没有采用。",
        "请补上列名和内容后重新运行，列名见 docs/data-folder.md。",
    ),
}

# Why a cell of a decision file cannot be used; they follow 填的「…」 in W861, with what to do about it.
REASONS: dict[str, tuple[str, str]] = {
    "empty": (NC_("part", "不能空着"), NC_("part", "这一栏必须填写")),
    "date": (NC_("part", "不是日期"), NC_("part", "日期写作2025-06-30")),
    "year": (NC_("part", "不是四位数的年份"), NC_("part", "年度写作2025")),
    "era": (NC_("part", "不在2000年至2099年之间"), NC_("part", "请核对年份")),
    "unit": (NC_("part", "不在名录里"), NC_("part", "编码按名录填写，并按文本保存")),
    "unit_level": (NC_("part", "不是{expected}的编码"), NC_("part", "对象类型要和编码一致")),
    "unit_name": (
        NC_("part", "与编码在名录里的名称“{expected}”不一致"),
        NC_("part", "编码和名称须是同一个单位"),
    ),
    "modifier": (NC_("part", "不是考核办法里的加减分项目"), NC_("part", "可用的有{expected}")),
    "word": (NC_("part", "不是可用的写法"), NC_("part", "可用的有{expected}")),
    "level": (NC_("part", "不是该项目的级别"), NC_("part", "可用的有{expected}")),
    "no_level": (NC_("part", "用不着：该项目不分级别"), NC_("part", "请留空，数量填在“数量”栏")),
    "number": (NC_("part", "不是大于0的数"), NC_("part", "例如1或0.5")),
    "whole": (NC_("part", "不是大于0的整数"), NC_("part", "该项目按件、按人次计")),
    "one": (NC_("part", "不能是1以外的数：该项目按级别计分，一件一行"), NC_("part", "几件就写几行")),
    "share": (NC_("part", "不是大于0、不超过100的百分数"), NC_("part", "例如50")),
    "both": (NC_("part", "与“所占份额”只能填一项"), NC_("part", "联合单位平均分的只填“联合单位数”")),
    "joint": (NC_("part", "用不着：扣分不按联合单位拆分"), NC_("part", "请留空")),
    "indicator": (NC_("part", "不是该单位的指标编码"), NC_("part", "这一项要写明计0分的指标")),
    "issued": (NC_("part", "与发出日期不一致"), NC_("part", "状态为“已发出”的，状态日期可以留空")),
    "backwards": (NC_("part", "早于有效期起"), NC_("part", "有效期止不能早于有效期起")),
    "number_too": (NC_("part", "不能空着：状态为“成立”的须写明"), NC_("part", "补齐后才有效力")),
    "no_number": (NC_("part", "不是文号"), NC_("part", "请写文件上的文号；还没有文号的，等有了再填")),
    "lift": (NC_("part", "不能空着：解除须写明整改材料和验收人"), NC_("part", "补齐后才算解除")),
}
