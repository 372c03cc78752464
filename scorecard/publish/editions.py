"""What an edition says of itself: what it keeps back, and whom an objection goes to until when."""

from collections.abc import Iterable
from datetime import date

from scorecard.calendar import calendar
from scorecard.language import N_, _, chinese, said, term
from scorecard.publish.book import Book
from scorecard.publish.model import ReportInputs, Row

INTERNAL = N_("内部版")
PUBLIC = N_("公示版")
WITHHELD = N_("＊不公布")


def note(inputs: ReportInputs) -> str:
    """Return what the public edition does not print, in one sentence for every page; empty for the other."""
    if inputs.edition != PUBLIC:
        return ""
    least = inputs.rulebook.public.least_people
    return _(
        "“{withheld}”：不满{least}的人数和由它算出的值不印，得分照常计算；数字与内部版相同。",
        withheld=_(WITHHELD),
        least=least,
    )


def unnamed(book: Book, rows: Iterable[Row]) -> str:
    """Return what is said below a ranking some of whose communities stand without rank; else empty."""
    count = sum(1 for row in rows if book.unnamed(row))
    return (
        _("公示版中名次靠后的{count}个社区只列等次，按编码排列，名次和得分用“—”表示。", count=count)
        if count
        else ""
    )


def objection(inputs: ReportInputs) -> str:
    """Return where an objection goes and until when; empty unless the public edition is publicised."""
    window, public = inputs.publicity, inputs.rulebook.public
    if inputs.edition != PUBLIC or inputs.status != "公示" or window is None:
        return ""
    days = len(_working_days(window.first, window.last))
    where = (
        _(
            "{objection_office}电话{objection_phone}",
            objection_office=chinese(public.objection_office),
            objection_phone=public.objection_phone,
        )
        if public.objection_phone
        else ""
    )
    first, last = (_day(day) for day in (window.first, window.last))
    return _(
        "异议受理：{value}，{first}至{last}，共{days}个工作日。",
        value=where or _("单位和电话见公示通知"),
        first=first,
        last=last,
        days=days,
    )


def days_left(inputs: ReportInputs) -> list[tuple[str, int]]:
    """Return each working day of the publicity with the working days that are left, that day counted.

    A page that is the same every day cannot count from today: it prints what every day would say.
    """
    if not objection(inputs) or inputs.publicity is None:
        return []
    days = _working_days(inputs.publicity.first, inputs.publicity.last)
    return [(_day(day), len(days) - place) for place, day in enumerate(days)]


def _day(day: date) -> str:
    return _("{month}月{day}日", month=day.month, day=day.day)


def policy(inputs: ReportInputs) -> list[str]:
    """Return what the public edition keeps back, a sentence each; empty for the other."""
    public = inputs.rulebook.public
    if inputs.edition != PUBLIC:
        return []
    units = _("、").join(map(term, public.people_units))
    return [
        _(
            "单位为{units}的数，1至{least_people}的不印，由它算出的值、全区的平均值和最大最小值也不印；0照印。",
            units=units,
            least_people=public.least_people - 1,
        ),
        _("名次靠后的社区{said_of_last}。", said_of_last=said(public.said_of_last)),
        _("检查发现只列种类和条数，不列内容；不列文件名、表头、责任人、诉求人和居民意见。"),
        _("得分、名次、等次与内部版相同。"),
    ]


def _working_days(first: date, last: date) -> list[date]:
    days = (date.fromordinal(n) for n in range(first.toordinal(), last.toordinal() + 1))
    return [day for day in days if calendar().is_working_day(day)]
