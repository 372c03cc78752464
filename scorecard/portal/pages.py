"""Templates of the portal: everything is escaped, an unknown name is a fault, no page needs a script.

A view works in Chinese, whatever the language of the page: what it keeps, remembers or sends is Chinese. Only
here, while a page is printed, the language is another one.
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from starlette.responses import HTMLResponse, Response

from scorecard.language import (
    CHINESE,
    LANGUAGES,
    N_,
    TAGS,
    Catalogue,
    Language,
    chinese,
    is_chinese,
    later,
    plain,
    spoken,
    term,
)
from scorecard.language.filling import FOREIGN
from scorecard.language.templates import TranslatedEnvironment
from scorecard.messages.portal import PORTAL
from scorecard.pipeline.beijing import beijing
from scorecard.portal.access import Account, Right, has
from scorecard.portal.languages import NAMES
from scorecard.portal.speech import said

if TYPE_CHECKING:
    from scorecard.portal.desk import Desk

TEMPLATES: Final = Path(__file__).parent / "templates"
_MENU: Final = (
    (N_("评议部门"), "/rate", Right.RATE),
    (N_("填报任务"), "/task", Right.TASK),
    (N_("报送文件"), "/files", Right.FILES),
    (N_("不涉及申请"), "/absent", Right.EXCUSE),
    (N_("报送进度"), "/board", Right.BOARD),
    (N_("考核报告"), "/report/", Right.REPORT),
    (N_("生成报告"), "/build", Right.BUILD),
    (N_("延期和重开"), "/pleas", Right.PLEAS),
    (N_("评议进度"), "/rated", Right.RATED),
    (N_("黄牌和否决建议"), "/suggestions", Right.SUGGESTIONS),
    (N_("年度进程"), "/year", Right.YEAR),
    (N_("申诉"), "/appeals", Right.APPEALS),
    (N_("账号"), "/accounts", Right.ACCOUNTS),
    (N_("接口令牌"), "/tokens", Right.ACCOUNTS),
    (N_("消息"), "/outbox", Right.SELF),
)


@cache
def environment(catalogue: Catalogue | None = None) -> Environment:
    """Return the environment of pages in the language of a catalogue, None for Chinese."""
    options: dict[str, Any] = {
        "loader": FileSystemLoader(TEMPLATES),
        "autoescape": True,
        "undefined": StrictUndefined,
        "trim_blocks": True,
        "lstrip_blocks": True,
        "auto_reload": False,
    }
    made = TranslatedEnvironment(catalogue, **options) if catalogue else Environment(**options)  # noqa: S701
    made.filters.update(beijing=beijing, chinese=chinese, term=term, said=said)
    made.globals.update(zh=zh, kept=kept)
    return made


def zh(text: str) -> str:
    """Return the attribute of an element whose text may hold no tags and is Chinese in a translated page."""
    if is_chinese() or not FOREIGN.search(plain(text)):
        return ""
    return Markup(' lang="{}"').format(TAGS[CHINESE])


def kept(text: str) -> str:
    """Return the attribute that keeps what an option sends, where its text says it otherwise."""
    return "" if is_chinese() else Markup(' value="{}"').format(text)


def menu(account: Account | None) -> list[tuple[str, str]]:
    """Return name and path of what an account may open."""
    if account is None:
        return []
    return [(name, path) for name, path, right in _MENU if has(account, right)]


def render(
    template: str,
    context: Mapping[str, Any],
    desk: "Desk",
    status: int = 200,
    language: Language = CHINESE,
) -> Response:
    """Return a page. The frame knows who is logged in, the year, and whether the day is only tried."""
    on = desk.settings.on
    frame = {
        "menu": menu(context["account"]),
        "top": next((u.name for u in desk.registry().units.values() if u.level == "区"), ""),
        "year": desk.year,
        "trial": later(PORTAL["trial"], on=on) if on else "",
        "lang": TAGS[language],
        "tongues": [(code, TAGS[code], NAMES[code]) for code in LANGUAGES if code != language],
    }
    with desk.speaking(language):
        page = environment(spoken()).get_template(template)
        return HTMLResponse(page.render({**frame, **context}), status)


def style() -> str:
    """Return the portal's own stylesheet, which comes after the report's."""
    return (TEMPLATES / "portal.css").read_text("utf-8")
