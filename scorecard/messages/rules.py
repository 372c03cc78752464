"""Sentences about keys (K5xx), several cells (X6xx), time (T7xx) and workflow (W8xx)."""

from scorecard.findings import Severity
from scorecard.messages.text import Text

_KEYS: dict[str, Text] = {
    "K501": Text(
        Severity.ERROR,
        "社区不在名录",
        "「{raw}」不在单位名录里，这一行没有收。",
        "请按名录填写全称或12位编码；新设单位请先报考核办登记。",
    ),
    "K502": Text(
        Severity.ERROR,
        "社区名称对不上",
        "「{raw}」不在单位名录里，相近的有{suggestions}，系统不代为认定。",
        "请改成名录里的名称。",
    ),
    "K503": Text(
        Severity.ERROR,
        "别的街道的单位",
        "「{raw}」属于{street}，不是{expected}的单位。",
        "请删去这一行，由所属街道上报。",
    ),
    "K504": Text(
        Severity.ERROR,
        "名称有重名",
        "「{raw}」可以是{suggestions}，无法确定是哪一个。",
        "请补上街道名称或12位编码。",
    ),
    "K505": Text(
        Severity.ERROR,
        "名称与编码不符",
        "名称「{raw}」是{by_name}，编码「{code_text}」是{by_code}。",
        "请核对名称和编码，改正其中一个。",
    ),
    "K506": Text(
        Severity.ERROR,
        "编码已损坏",
        "编码「{raw}」是科学计数法，末几位已经丢失，无法还原。",
        "请把编码列设为文本格式，重新填写12位编码。",
    ),
    "K507": Text(
        Severity.ERROR,
        "编码不在名录",
        "编码「{raw}」不在单位名录里（区6位、街道9位、社区12位）{why}。",
        "请按名录核对编码。{hint}",
    ),
    "K508": Text(
        Severity.ERROR,
        "单位重复",
        "「{raw}」与{rows}是同一个单位，系统不知道以哪一行为准。",
        "请只留一行，注意是否混入了去年的数据。",
    ),
    "K509": Text(
        Severity.ERROR,
        "指标重复",
        "「{unit}」的「{name}」在{rows}也有，系统不知道以哪一行为准。",
        "请只留一行。",
    ),
    "K510": Text(
        Severity.ERROR,
        "指标不在考核办法中",
        "「{raw}」不是{year}年考核办法里的指标。",
        "请按指标表填写指标编码或名称。{hint}",
    ),
    "K511": Text(
        Severity.WARNING,
        "不由本单位填报",
        "「{name}」由{level}一级提供，这里填的{count}格没有采用。",
        "不必填报这一项；对数据有异议请联系{owner}。",
    ),
    "K512": Text(
        Severity.ERROR,
        "不是本年度的表",
        "标题「{raw}」写的是{found}年度，本次考核的是{year}年度，整份文件没有收。",
        "请换成{year}年度的表；如果只是标题没改，请改正后再报。",
    ),
    "K513": Text(
        Severity.ERROR,
        "年度不符",
        "年度「{raw}」与本次考核的{year}年度不符。",
        "请填「{year}」，或删去其他年度的行。",
    ),
    "K514": Text(
        Severity.WARNING,
        "缺少社区",
        "{street}应报{expected_count}个单位，本表只有{found_count}个，缺：{names}。",
        "请补报；已在别的文件里报送的可不理会。",
    ),
    "K515": Text(
        Severity.ERROR,
        "名称里有问号",
        "「{raw}」里有问号，多半是保存时丢了生僻字。",
        "请另存为「CSV UTF-8」或Excel工作簿后重新上报。",
    ),
    "K516": Text(
        Severity.ERROR,
        "单位层级不对",
        "「{raw}」是{found}，本表应填{expected}。",
        "请填写{expected}的名称和编码。",
    ),
    "K517": Text(
        Severity.ERROR,
        "没有单位名称",
        "这一行有数据，但没有单位名称和编码。",
        "请补上单位名称；如果是说明文字，请移到表外。",
    ),
    "K518": Text(
        Severity.INFO,
        "说明性的列",
        "这一列只作说明，{count}格内容没有采用。",
        "不需要处理。",
    ),
    "K519": Text(
        Severity.ERROR,
        "指标名称与编码不符",
        "指标名称「{raw}」与编码「{code_text}」不是同一项。",
        "请核对指标名称和编码，改正其中一个。",
    ),
    "K520": Text(
        Severity.ERROR,
        "认不出是哪种表",
        "表里没有一列是考核办法里的数据项，整份文件没有收。",
        "请使用下发的模板，列名不要改动。",
    ),
    "K521": Text(
        Severity.NEEDS_NOTE,
        "缺少列",
        "本表没有这些列：{names}。",
        "请补上；已在别的文件里报送的可不理会。",
    ),
    "K522": Text(
        Severity.ERROR,
        "街道名称不符",
        "街道「{raw}」与「{unit}」所属的{street}不符。",
        "请核对街道名称。",
    ),
    "K523": Text(
        Severity.WARNING,
        "项目由系统计算",
        "「{name}」由系统自动计算，这里填的{count}格没有采用。",
        "不必填报这一项。",
    ),
    "K524": Text(
        Severity.ERROR,
        "该项不需要这一栏",
        "「{name}」不用「{header}」这一栏，却填了「{raw}」。",
        "本项只填：{fields}。",
    ),
    "K525": Text(
        Severity.ERROR,
        "没有指标",
        "这一行有数据，但没有指标编码和名称。",
        "请补上指标编码。",
    ),
    "K527": Text(
        Severity.ERROR,
        "单位已撤销或尚未成立",
        "「{raw}」在{year}年末不存在（已撤销或尚未成立），这一行没有收。",
        "请按名录改报现在的单位。",
    ),
    "K528": Text(
        Severity.ERROR,
        "列的单位不对",
        "这一列写的单位（{typed}）与本项的单位（{unit}）不同，这一列没有收。",
        "请换算成{unit}后填写，并改正列名或单位行里的单位。",
    ),
    "K543": Text(
        Severity.ERROR,
        "列名和单位行的单位不同",
        "这一列的列名写的单位是{typed}，单位行写的是「{raw}」，不知道以哪个为准，这一列没有收。",
        "请核对这一列的数是什么单位，改正其中一个。",
    ),
    "K529": Text(
        Severity.ERROR,
        "没有单位列",
        "表里没有社区名称或社区编码这样的列，不知道各行是哪个单位的，整份文件没有收。",
        "请补上「社区名称」列。",
    ),
    "K530": Text(
        Severity.ERROR,
        "没有数据行",
        "表头下面没有一行数据。",
        "请核对上报的是不是填好的表；用了筛选的，请先取消筛选再保存。",
    ),
    "K526": Text(
        Severity.ERROR,
        "列对应有误",
        "人工指定的列「{raw}」在表头里找不到。",
        "请核对列名后重新指定；也可以写列的字母，例如 F。",
    ),
    "K531": Text(
        Severity.ERROR,
        "列对应的目标有误",
        "人工指定的目标「{raw}」不是考核办法里的数据项。",
        "请写数据项的全称，或写指标编码和栏目，例如 {example}。",
    ),
    "K532": Text(
        Severity.INFO,
        "系统标注",
        "{marks}是系统退回时标注的，没有作为数据读取。",
        "不需要处理，也不必删去。",
    ),
    "K533": Text(
        Severity.ERROR,
        "街道不在名录",
        "「{raw}」不是名录里的街道，而「{unit}」属于{street}。",
        "请改填「{street}」；说明文字请写进备注。",
    ),
    "K534": Text(
        Severity.ERROR,
        "另一张表的数据没有读取",
        "“{raw}”表里有{what}，而读取的“{used}”表里没有，那张表没有读取。",
        "请把数据合并到同一张表里，或分成两个文件上报。",
    ),
    "K535": Text(
        Severity.NEEDS_NOTE,
        "标题写的是别的街道",
        "标题「{raw}」写的是{found}，本表各行属于{street}。",
        "请核对是不是交错了表；如果只是标题没改，请改正。",
    ),
    "K536": Text(
        Severity.NEEDS_NOTE,
        "标题里有两个年度",
        "标题里既有{year}年度，又有「{raw}」的{found}年度。",
        "请核对表里是不是{year}年度的数据，并改正标题。",
    ),
    "K537": Text(
        Severity.ERROR,
        "列名不认识，像是缺少的一列",
        "列名「{raw}」不认识，而表里正缺「{name}」；系统不代为认定，这一列没有收。",
        "如果就是这一项，请把列名改为「{name}」；否则请补上这一列，或删去不认识的列。",
    ),
    "K538": Text(
        Severity.WARNING,
        "说明文字过长",
        "这一格有{length}字，超过{limit}字，只保留前{limit}字。",
        "请删去粘贴进来的网页、图片代码等，只留必要文字。",
    ),
    "K541": Text(
        Severity.ERROR,
        "下面是另一张表",
        "从这一行起（「{raw}」）像是另一张表的表头，列与上面的不同，其下{count}行没有读取。",
        "请把那张表放到另一个工作表或文件里上报；只是重复表头的，请删去这一行。",
    ),
    "K546": Text(
        Severity.ERROR,
        "一项分成了几个时段",
        "列名下面一行把各项分成{periods}，这一列是「{raw}」，不知道是不是全年的数，这一列没有收。",
        "考核要全年的数：请每项只留一列，删去写时段的一行。",
    ),
    "K545": Text(
        Severity.ERROR,
        "名称或编码像日期",
        "「{raw}」像日期，多半是表格软件自动改写的，看不出原来是什么，这一行没有收。",
        "请把这一列设为文本格式，按名录重新填写。",
    ),
    "K542": Text(
        Severity.ERROR,
        "别的街道的表",
        "本表的单位都属于{found}，没有一个属于{street}，整份文件没有收。",
        "请换成{street}的表；确是{found}的表的，请以{found}的名义上报。",
    ),
    "K540": Text(
        Severity.INFO,
        "沿用上次的列对应",
        "列名「{raw}」沿用本街道（部门）上次的对应关系，读作「{name}」。",
        "不需要处理；这次不是这个意思的，请改列名，或改 decisions 里表头对应表的这一行。",
    ),
}

_CROSS: dict[str, Text] = {
    "X601": Text(
        Severity.ERROR,
        "部分大于总数",
        "「{raw}」大于{other_cell}「{other_header}」的「{other}」，部分不能多于总数。",
        "请核对这两格。",
    ),
    "X602": Text(
        Severity.WARNING,
        "比率与原始数不符",
        "填的是「{raw}」，按原始数{numerator}÷{denominator}算得{computed}，已按原始数计算。",
        "请核对原始数；原始数无误的不必改。",
    ),
    "X603": Text(
        Severity.ERROR,
        "只有比率没有原始数",
        "这一列填的是比率（如「{raw}」），考核按原始数计算，不收现成的比率。",
        "请增加并填写：{fields}。",
    ),
    "X604": Text(
        Severity.ERROR,
        "缺原始数",
        "填了比率「{raw}」，但没有原始数，无法核算。",
        "请填写：{fields}。",
    ),
    "X605": Text(
        Severity.NEEDS_NOTE,
        "成对的数只填了一个",
        "填了「{raw}」，但「{other}」空着，「{name}」暂按缺报处理。",
        "请补填{other_cell}「{other}」。",
    ),
    "X606": Text(
        Severity.INFO,
        "分母为零",
        "「{raw}」作分母，{names}无从计算，按不涉及处理。",
        "如果不是0，请改正。",
    ),
    "X607": Text(
        Severity.ERROR,
        "合计对不上",
        "本表填的{label}是「{raw}」，按{rows}{how}是「{computed}」，两个数不一致。",
        "请核对各行和{label}；改正前所涉单位暂不接收。",
    ),
    "X608": Text(
        Severity.INFO,
        "汇总行",
        "「{raw}」是汇总行，只用来核对，没有当作单位收录。",
        "不需要处理。",
    ),
    "X609": Text(
        Severity.INFO,
        "各单位完全相同",
        "全列{count}个单位都是「{raw}」。",
        "请确认不是整列复制。",
    ),
    "X610": Text(
        Severity.WARNING,
        "相互关系异常",
        "「{left}」{left_value}，「{right}」{right_value}，相除得{quotient}。{reason}。",
        "请核对这两个数；确实如此请在备注说明。",
    ),
    "X611": Text(
        Severity.ERROR,
        "同一个数前后不一",
        "「{unit}」的「{name}」这里是「{raw}」，{other_cell}是「{other}」，同一个数只能有一个值。",
        "请核对后统一。",
    ),
    "X612": Text(
        Severity.WARNING,
        "与名录不一致",
        "「{name}」填的「{raw}」与单位名录登记的{registered}不一致。",
        "请核对；名录有误请报考核办更正。",
    ),
    "X613": Text(
        Severity.NEEDS_NOTE,
        "数值需要说明",
        "「{name}」算得{computed}，超过{limit}，须书面说明。",
        "请在备注里写明原因和文号。",
    ),
    "X614": Text(
        Severity.ERROR,
        "分母为零而分子不为零",
        "「{raw}」作分母，而{others}不是0，互相矛盾。",
        "请核对这几格。",
    ),
    "X616": Text(
        Severity.WARNING,
        "不在常见范围",
        "「{name}」填的「{raw}」不在常见范围（{minimum}到{maximum}）。",
        "请核对；确实如此请在备注说明。",
    ),
    "X617": Text(
        Severity.NEEDS_NOTE,
        "各部分之和不等于总数",
        "{parts}相加得{sum}，不等于{whole}。{reason}。",
        "请核对这几个数；确实如此请在备注说明。",
    ),
    "X618": Text(
        Severity.ERROR,
        "各部分之和大于总数",
        "{parts}相加得{sum}，大于{whole}。{reason}。",
        "请核对这几个数，改正填错的一个。",
    ),
    "X619": Text(
        Severity.NEEDS_NOTE,
        "大小关系不对",
        "「{lower}」{lower_value}大于「{upper}」{upper_value}。{reason}。",
        "请核对这两个数。",
    ),
    "X615": Text(
        Severity.ERROR,
        "与不涉及矛盾",
        "「{raw}」是数据，但{other_cell}写的是「{other}」，两格矛盾。",
        "请二者择一：要么都填数，要么都写不涉及。",
    ),
}

_TIME: dict[str, Text] = {
    "T701": Text(
        Severity.NEEDS_NOTE,
        "与上年相差过大",
        "「{name}」今年是{current}，上年是{previous}，{direction}{percent}%，超过{limit}%。",
        "请核对；确实如此请在备注里{reason}。",
    ),
    "T702": Text(
        Severity.INFO,
        "上年为零",
        "「{name}」上年是0，今年是{current}。",
        "请核对是否属实。",
    ),
    "T703": Text(
        Severity.WARNING,
        "与上年完全相同",
        "「{unit}」的{count}项指标与上年一字不差。",
        "请确认不是误报了去年的表。",
    ),
    "T705": Text(
        Severity.NEEDS_NOTE,
        "上年数与归档不符",
        "「{name}」的上年数填的是「{raw}」，上年归档的是{previous}，两个数不一致。",
        "请核对；归档有误的请报考核办更正。比较和计分用归档的数，不用这一格。",
    ),
    "T706": Text(
        Severity.WARNING,
        "上年数表与归档不符",
        "「{name}」的上年数填的是「{raw}」，上年归档的是{previous}，两个数不一致。",
        "这张表是系统附的，只供对照，请不要改动；比较和计分用归档的数。归档有误的请报考核办更正。",
    ),
    "T704": Text(
        Severity.INFO,
        "变动已有说明",
        "「{name}」今年是{current}，上年是{previous}，{direction}{percent}%；备注说明是「{note}」。",
        "不需要处理，审核时会看到这条说明。",
    ),
}

_WORKFLOW: dict[str, Text] = {
    "W801": Text(
        Severity.NEEDS_NOTE,
        "不涉及未经批准",
        "「{name}」写了「{raw}」，但没有批准记录，暂按待核处理，不能按不涉及计分。",
        "请报考核办批准不涉及，或补填数据。",
    ),
    "W802": Text(
        Severity.NEEDS_NOTE,
        "待核",
        "「{name}」写了「{raw}」，暂按待核处理。",
        "请在截止前核实并补填数据。",
    ),
    "W803": Text(
        Severity.NEEDS_NOTE,
        "缺报",
        "「{unit}」有{count}项没有数据：{names}。",
        "请补填；到期没有任何文件报送的按缺报计0分，先前报过的仍按原数，确不涉及的请报考核办批准。",
    ),
    "W804": Text(
        Severity.INFO,
        "已批准不涉及",
        "「{name}」写了「{raw}」，已有批准记录，按不涉及处理。",
        "不需要处理。",
    ),
    "W805": Text(
        Severity.NEEDS_NOTE,
        "写明没有数据",
        "「{name}」写了「{raw}」，按缺报处理。",
        "请补填数据；确为0请填「0」。",
    ),
}

RULES: dict[str, Text] = {**_KEYS, **_CROSS, **_TIME, **_WORKFLOW}
