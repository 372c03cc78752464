"""公示版: what the edition for everybody keeps back. It never changes a number."""

from decimal import Decimal

from pydantic import Field

from scorecard.language import later
from scorecard.rulebook.strict import Strict


class Public(Strict):
    """What the public edition does not print, and whom an objection goes to.

    A number of people (an input in one of `people_units`) from 1 to below `least_people` is not printed, nor
    what it was made into. Unless `name_last`, the last `last_percent` of the ranked communities are listed by
    code, without rank and points. `objection_phone` empty: the notice names it.
    """

    least_people: int = Field(default=5, ge=2)
    people_units: tuple[str, ...] = ("人", "人次", "户", "份")
    name_last: bool = False
    last_percent: Decimal = Field(default=Decimal(10), ge=0, le=50)
    objection_phone: str = ""
    objection_office: str = ""

    @property
    def said_of_last(self) -> str:
        """What is done with the last of the ranking, after the words “名次靠后的社区”."""
        if self.name_last:
            return later("照常列出名次和得分")
        share = f"{self.last_percent.normalize():f}%"
        return later(
            "（后{share}，向下取整）在名次表中只列等次，按编码排列，不列名次和得分；"
            "各社区自己的页面有总分和各项得分，没有名次",
            share=share,
        )
