"""Where somebody stands before and after a decision, in the words of a page."""

from typing import Final

RANKED: Final = "第{rank}名"
UNRANKED: Final = "不排名"
UNGRADED: Final = "无"
