"""Templates of the portal: everything is escaped, an unknown name is a fault, no page needs a script."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse, Response

from scorecard.messages.portal import PORTAL
from scorecard.pipeline.beijing import beijing
from scorecard.portal.access import Account, Right, has

if TYPE_CHECKING:
    from scorecard.portal.desk import Desk

_HERE: Final = Path(__file__).parent
_MENU: Final = (
    ("评议部门", "/rate", Right.RATE),
    ("填报任务", "/task", Right.TASK),
    ("报送文件", "/files", Right.FILES),
    ("报送进度", "/board", Right.BOARD),
    ("考核报告", "/report/", Right.REPORT),
    ("生成报告", "/build", Right.BUILD),
    ("延期和重开", "/pleas", Right.PLEAS),
    ("评议进度", "/rated", Right.RATED),
    ("黄牌和否决建议", "/suggestions", Right.SUGGESTIONS),
    ("年度进程", "/year", Right.YEAR),
    ("申诉", "/appeals", Right.APPEALS),
    ("账号", "/accounts", Right.ACCOUNTS),
    ("接口令牌", "/tokens", Right.ACCOUNTS),
    ("消息", "/outbox", Right.SELF),
)


@cache
def _environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(_HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.filters["beijing"] = beijing
    return made


def menu(account: Account | None) -> list[tuple[str, str]]:
    """Return name and path of what an account may open."""
    if account is None:
        return []
    return [(name, path) for name, path, right in _MENU if has(account, right)]


def render(template: str, context: Mapping[str, Any], desk: "Desk", status: int = 200) -> Response:
    """Return a page. The frame knows who is logged in, the year, and whether the day is only tried."""
    on = desk.settings.on
    frame = {
        "menu": menu(context["account"]),
        "district": _district(desk),
        "year": desk.year,
        "trial": PORTAL["trial"].format(on=on) if on else "",
        "message": "",
    }
    return HTMLResponse(_environment().get_template(template).render({**frame, **context}), status)


def _district(desk: "Desk") -> str:
    top = next((u.name for u in desk.registry().units.values() if u.level == "区"), "")
    return f"{top}社区年度考核"


def style() -> str:
    """Return the portal's own stylesheet, which comes after the report's."""
    return (_HERE / "templates" / "portal.css").read_text("utf-8")
