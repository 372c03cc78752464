"""Why a text was read in an encoding, as receipts and pages say it."""

from typing import Final

EVIDENCE: Final = {
    "given": "按指定的编码读取",
    "mark": "字节序标记",
    "zeros": "按零字节位置判断",
    "ascii": "全部为 ASCII 字符",
    "utf-8": "符合 UTF-8",
    "gb18030": "符合 GB18030，常用字占 {share}%",
    "big5": "符合大五码，常用字占 {share}%",
}
