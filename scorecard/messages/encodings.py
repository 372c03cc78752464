"""Why a text was read in an encoding, as receipts and pages say it."""

from typing import Final

from scorecard.language import NC_

EVIDENCE: Final = {
    "given": NC_("part", "按指定的编码读取"),
    "mark": NC_("part", "字节序标记"),
    "zeros": NC_("part", "按零字节位置判断"),
    "ascii": NC_("part", "全部为 ASCII 字符"),
    "utf-8": NC_("part", "符合 UTF-8"),
    "gb18030": NC_("part", "符合 GB18030，常用字占 {share}%"),
    "big5": NC_("part", "符合大五码，常用字占 {share}%"),
}
