"""What the portal says about the steps of the year."""

from typing import Final

# What a step does, by its target; `first`, `last`: the publicity that would begin; `kept`, `missing`: files.
WILL: Final = {
    "ISSUED": "记下现在这一版考核办法；以后要改考核办法，须另出新版。",
    "MIDYEAR": "登记半年自查开始，不改动任何数。",
    "OPEN": "登记填报审核开始；各街道照考核办法的时限填报、上报。",
    "MEASURED": "登记部门数据、第三方测评已经收齐；还可以退回填报审核。",
    "FROZEN": "现在的文件、名录、考核办法、决定文件各留存一份，以后只按留存的计算，只有复核决定能更正；"
    "{kept}份报送转为“已冻结”，{missing}份没有上报的转为“逾期未报”。要先算一遍，一般一两分钟。",
    "COMPUTED": "登记进入计分试算；报告标注“试算”。",
    "CONSULT": "登记开始征求意见，不改动任何数。",
    "PROPOSED": "登记提出等次建议，交考核领导小组审议。",
    "DELIBERATED": "否决、加减分等决定文件按现在的一并留存，以后不再变。要先算一遍，一般一两分钟。",
    "PUBLICISED": "公示期从今天（{first}）到{last}，期内受理申诉；报告标注“公示”。",
    "FINAL": "结果定稿，报告标注“定稿”。要先核对公示以后等次有没有变动，有申诉成立的，一般几分钟。",
    "ARCHIVED": "全部报送转为“已归档”，本年度到此为止。",
}
BACK: Final = "退回“{target}”，原来的各步都留在台账里。"
ADVANCING: Final = {
    "overtaken": "没有办理：现在是“{now}”，您看到的页面是“{was}”时的；请看过现在的状态再办。",
    "confirm": "没有打勾确认，没有办理；请核对将要发生的事后打勾。",
    "running": "上一步还在办理，请等它完成再办。",
    "as_of": "数据截至日「{raw}」不是日期，没有办理；请写成 {year}-12-31 这样，或者留空。",
}

# Why a step of the year is refused, where it is said otherwise than of a file.
YEAR_REFUSED: Final = {
    "early": "未到时间：{term}从{opens}开始，请到时再办。",
    "late": "已过截止：{term}到{due}为止；确需办理的，请写明逾期原因。",
    "self": "本人不得审核本人：您办过要审的这一步，“{target}”请由另一人办理。",
    "need.document": "办理“{target}”要有文号，请写明。",
    "need.settled": "还有{detail}没有审完，审核期限未到；请先接收或退回，或者到期后再办。",
    "need.year_over": "数据所属期到{detail}为止，年度结束之后才能冻结。",
    "need.same_rules": "考核办法下达以后改过（{detail}）；要改的请另出新版，原版恢复原样。",
    "need.publicity_over": "公示期到{detail}为止，期满之后才能定稿。",
    "need.no_appeal": "还有{detail}件申诉没有答复，答复之后才能定稿。",
    "need.same_grades": "公示以后有申诉成立，等次有变动（{detail}），须退回计分试算，"
    "重新审议、公示，再定稿。",
}

# Sealing the year and verifying its archive.
SEALING: Final = {
    "none": "还没有封存过，没有归档可以核验；请先封存。",
    "running": "上一次封存或核验还没有完，请等它完成再办。",
    "confirm": "没有打勾确认，没有办理；请核对后打勾。",
}
