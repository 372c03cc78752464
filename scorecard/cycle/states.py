"""Who acts, and the states of a year and of one handed-in file. Their Chinese names stand here only."""

from enum import StrEnum
from typing import Final, Literal

Stamp = Literal["试算", "公示", "定稿"]


class Role(StrEnum):
    """Who takes part in the year."""

    CLERK = "community_clerk"
    HEAD = "community_head"
    STREET = "street_clerk"
    LEADER = "street_leader"
    DEPARTMENT = "department"
    SURVEYOR = "surveyor"
    OFFICE = "office"
    GROUP = "leading_group"

    @property
    def label(self) -> str:
        """The Chinese name."""
        return _ROLES[self]


class State(StrEnum):
    """Where a year stands. NONE: no step was ever taken, the folder alone is used."""

    NONE = "NONE"
    ISSUED = "ISSUED"
    MIDYEAR = "MIDYEAR"
    OPEN = "OPEN"
    MEASURED = "MEASURED"
    FROZEN = "FROZEN"
    COMPUTED = "COMPUTED"
    CONSULT = "CONSULT"
    PROPOSED = "PROPOSED"
    DELIBERATED = "DELIBERATED"
    PUBLICISED = "PUBLICISED"
    FINAL = "FINAL"
    ARCHIVED = "ARCHIVED"

    @property
    def label(self) -> str:
        """The Chinese name."""
        return _STATES[self]

    @property
    def stamp(self) -> Stamp:
        """What is stamped on every page of a report made in this state."""
        return _STAMPS.get(self, "试算")


class Stage(StrEnum):
    """Where a handed-in file stands. NONE: nothing is known of it but its receipt."""

    NONE = "NONE"
    DRAFT = "DRAFT"
    SELF_DONE = "SELF_DONE"
    STREET_OK = "STREET_OK"
    SUBMITTED = "SUBMITTED"
    IN_REVIEW = "IN_REVIEW"
    RETURNED = "RETURNED"
    ACCEPTED = "ACCEPTED"
    FROZEN = "FROZEN"
    CORRECTED = "CORRECTED"
    ARCHIVED = "ARCHIVED"
    MISSING = "MISSING"
    WITHDRAWN = "WITHDRAWN"

    @property
    def label(self) -> str:
        """The Chinese name."""
        return _STAGES[self]


class Plea(StrEnum):
    """Where a street's request stands, for a later date or to reopen what was accepted. NONE: not made."""

    NONE = "NONE"
    ASKED = "ASKED"
    PROPOSED = "PROPOSED"
    GRANTED = "GRANTED"
    REFUSED = "REFUSED"

    @property
    def label(self) -> str:
        """The Chinese name."""
        return _PLEAS[self]


class Excuse(StrEnum):
    """Where a request stands that an indicator be taken as 不涉及 for a unit; a file makes it."""

    ASKED = "ASKED"
    GRANTED = "GRANTED"
    REFUSED = "REFUSED"

    @property
    def label(self) -> str:
        """The Chinese name."""
        return _EXCUSES[self]


_ROLES: Final = {
    Role.CLERK: "社区填报员",
    Role.HEAD: "社区负责人",
    Role.STREET: "街道报表员",
    Role.LEADER: "街道审核人",
    Role.DEPARTMENT: "区级部门",
    Role.SURVEYOR: "第三方测评机构",
    Role.OFFICE: "区考核办",
    Role.GROUP: "考核领导小组",
}
_STATES: Final = {
    State.NONE: "未启动",
    State.ISSUED: "已下达",
    State.MIDYEAR: "半年自查",
    State.OPEN: "填报审核",
    State.MEASURED: "数据收齐",
    State.FROZEN: "数据冻结",
    State.COMPUTED: "计分试算",
    State.CONSULT: "征求意见",
    State.PROPOSED: "等次建议",
    State.DELIBERATED: "审议通过",
    State.PUBLICISED: "公示",
    State.FINAL: "定稿通报",
    State.ARCHIVED: "归档",
}
_PLEAS: Final = {
    Plea.NONE: "未申请",
    Plea.ASKED: "待区里提意见",
    Plea.PROPOSED: "待领导小组决定",
    Plea.GRANTED: "已批准",
    Plea.REFUSED: "未批准",
}
_EXCUSES: Final = {
    Excuse.ASKED: "待区里批准",
    Excuse.GRANTED: "已批准",
    Excuse.REFUSED: "未批准",
}
_STAMPS: Final[dict[State, Stamp]] = {
    State.PUBLICISED: "公示",
    State.FINAL: "定稿",
    State.ARCHIVED: "定稿",
}
_STAGES: Final = {
    Stage.NONE: "未登记",
    Stage.DRAFT: "填报中",
    Stage.SELF_DONE: "自评完成",
    Stage.STREET_OK: "街道审核通过",
    Stage.SUBMITTED: "已上报",
    Stage.IN_REVIEW: "区级审核中",
    Stage.RETURNED: "已退回",
    Stage.ACCEPTED: "已接收",
    Stage.FROZEN: "已冻结",
    Stage.CORRECTED: "复核更正",
    Stage.ARCHIVED: "已归档",
    Stage.MISSING: "逾期未报",
    Stage.WITHDRAWN: "已撤回",
}
