"""经费: what is laid down, approved, paid and spent, of every street and community."""

from markupsafe import Markup

from scorecard.language import N_, _, html
from scorecard.publish import formats, funding, glyphs, phrases
from scorecard.publish.book import Book
from scorecard.publish.model import Row
from scorecard.publish.pages.frame import Context, first, frame
from scorecard.publish.pages.lines import community_link
from scorecard.rulebook.model import Indicator
from scorecard.rulebook.words import rule_sentence

TITLE = N_("经费")
_NONE = N_("没有数")


def context(book: Book) -> Context:
    """Return everything that funds.html prints."""
    spent, paid = funding.of_communities(book), funding.of_streets(book)
    inside = [row for row in book.units.values() if row["in_population"]]
    shown, cut = first(inside)
    return frame(book, _(TITLE), root="", active=TITLE, crumbs=((_("总览"), "index.html"),)) | {
        "unit": book.rulebook.funding.unit,
        "sentences": _sentences(book, inside, spent, paid),
        "spent": _names(spent),
        "paid": _names(paid),
        "streets": [_street(book, code, spent, paid) for code in book.streets],
        "lines": [_line(book, row, spent) for row in shown] if spent else [],
        "cut": cut,
        "rules": [
            (glyphs.link("", "indicator", i.code, i.name_zh), i.definition, rule_sentence(i))
            for i in (paid, spent)
            if i
        ],
    }


def _names(indicator: Indicator | None) -> tuple[str, str] | None:
    """Return what denominator and numerator are called."""
    if indicator is None:
        return None
    names = {i.field: i.name for i in indicator.inputs}
    return names["denominator"], names["numerator"]


def _sentences(
    book: Book, inside: list[Row], spent: Indicator | None, paid: Indicator | None
) -> list[Markup]:
    """Return what is laid down, who was approved another amount, what was paid, what was spent."""
    unit, count = book.rulebook.funding.unit, len(inside)
    each, whole = funding.laid_down_e4(book), funding.laid_down_e4(book, count)
    found: list[Markup | None] = [
        html(
            "考核办法规定每个社区每年核定{each}，参评{count}个社区合计{whole}。",
            each=_amount(formats.decimal(book.rulebook.funding.per_community), unit),
            count=count,
            whole=phrases.bold(_amount(funding.money(whole), unit)),
        )
    ]
    if spent:
        held = [i for r in inside if (i := funding.known(book, spent, r["unit_code"]))]
        found += [
            _approved(held, each, count, unit),
            _flow(N_("{count}个社区核定{below}，支出{above}（{rate}）。"), funding.together(held), unit),
        ]
    if paid:
        cards = funding.together(funding.known(book, paid, code) for code in book.streets)
        found.append(_flow(N_("{count}个街道应拨{below}，拨付到位{above}（{rate}）。"), cards, unit))
    return [s for s in found if s]


def _amount(number: str, unit: str) -> str:
    return _("{number}{unit}", number=number, unit=unit)


def _approved(held: list[Row], each: int, count: int, unit: str) -> Markup:
    """Return how many communities were approved what is laid down; never 全部 while one is missing."""
    if not held:
        return html("参评社区都没有报送核定和支出的数。")
    other = sum(i["denominator_e4"] != each for i in held)
    said = (
        _("{alike}个与规定一致、{other}个不一致", alike=len(held) - other, other=other)
        if other
        else _("{alike}个都与规定一致", alike=len(held))
    )
    return html(
        "有数的{count}个社区核定合计{total}：{said}{less}。",
        count=len(held),
        total=_amount(funding.money(sum(i["denominator_e4"] for i in held)), unit),
        said=said,
        less=_("，另{count}个没有数", count=count - len(held)) if len(held) < count else "",
    )


def _flow(sentence: str, total: funding.Sum, unit: str) -> Markup | None:
    """Return what was approved or owed and what became of it; None where nobody reported."""
    if not total.count:
        return None
    below, above = (_amount(funding.money(amount), unit) for amount in (total.below_e4, total.above_e4))
    return html(sentence, count=total.count, below=below, above=above, rate=phrases.bold(total.rate))


def _street(book: Book, code: str, spent: Indicator | None, paid: Indicator | None) -> Context:
    """Return one street: what is laid down for its communities, what it was paid, what they spent."""
    inside = [row["unit_code"] for row in book.by_street[code] if row["in_population"]]
    total = funding.together(funding.known(book, spent, unit) for unit in inside)
    card, none = funding.together([funding.known(book, paid, code)]), _(_NONE)
    return {
        "link": glyphs.link("", "street", code, book.name(code)),
        "units": len(inside),
        "laid_down": funding.money(funding.laid_down_e4(book, len(inside))),
        "owed": funding.money(card.below_e4) if card.count else none,
        "paid": funding.money(card.above_e4) if card.count else none,
        "paid_rate": card.rate,
        "known": total.count,
        "approved": funding.money(total.below_e4) if total.count else none,
        "spent": funding.money(total.above_e4) if total.count else none,
        "spent_rate": total.rate,
    }


def _line(book: Book, row: Row, spent: Indicator | None) -> Context:
    """Return one community; where the numbers are not there, the word of their state."""
    item = funding.known(book, spent, row["unit_code"])
    line = {
        "unit": community_link(book, "", row["unit_code"]),
        "street": book.name(row["street_code"]),
    }
    if item is None:
        return line | dict.fromkeys(("approved", "gap", "spent", "rate"), _word(book, row, spent))
    return line | {
        "approved": funding.money(item["denominator_e4"]),
        "gap": funding.difference(item["denominator_e4"] - funding.laid_down_e4(book)),
        "spent": funding.money(item["numerator_e4"]),
        "rate": formats.share(item["numerator_e4"], item["denominator_e4"]),
    }


def _word(book: Book, row: Row, spent: Indicator | None) -> str:
    item = book.items.get(row["unit_code"], {}).get(spent.code) if spent else None
    if item is None:
        return _(_NONE)
    if item["state"] in book.opens(row):
        return _(glyphs.OPEN_WORDS[item["state"]])
    return glyphs.state_word(item) or _(_NONE)
