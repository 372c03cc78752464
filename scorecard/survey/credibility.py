"""Published percentages against their stated bases: possible, of another base, pooled, or of none known."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import combinations
from typing import Any, Literal

from scorecard.language import NC_
from scorecard.survey.answers import Returned, Share
from scorecard.survey.book import Book
from scorecard.survey.grim import counts_for, sums_to_whole
from scorecard.survey.model import asked

Judgement = Literal["clean", "wrong_base", "pooled", "impossible", "no_base", "wrong_sum"]
_CODES: dict[Judgement, str] = {
    "wrong_base": "Q940",
    "impossible": "Q941",
    "pooled": "Q942",
    "no_base": "Q944",
}

Base = tuple[str, int]  # who, in words, and how many


@dataclass(frozen=True, slots=True)
class Verdict:
    """What can be said of one percentage.

    `counts`: the counts that give it, out of `base`; of a list with a wrong sum nobody knows which is right.
    `fits`: other bases that give every percentage of the same list; a large base (100 · 10^decimals and more)
    gives any percentage and proves little.
    """

    share: Share
    base: int | None
    judgement: Judgement
    counts: range
    fits: tuple[Base, ...] = ()


def judge(shares: Sequence[Share], returned: Sequence[Returned], books: Mapping[str, Book]) -> list[Verdict]:
    """Return a verdict on every percentage, in the order of the files; write down what is wrong.

    Args:
        shares: Published percentages.
        returned: Questionnaires that came back: the bases that are known.
        books: The notebook of each file.
    """
    lists: dict[tuple[str, str, str], list[Share]] = defaultdict(list)
    for share in shares:
        lists[share.unit.code, share.respondent.code, share.question.code].append(share)
    verdicts = []
    for listed in lists.values():
        whole = _sum(listed, books[listed[0].file])
        for verdict in _verdicts(listed, shares, returned):
            if verdict.judgement == "clean" and not whole:  # possible one by one, but not all of them
                verdict = replace(verdict, judgement="wrong_sum")
            _tell(verdict, books[verdict.share.file])
            verdicts.append(verdict)
    return verdicts


def _verdicts(
    listed: Sequence[Share], shares: Sequence[Share], returned: Sequence[Returned]
) -> Iterator[Verdict]:
    """Yield the verdicts on one list: another base must give all of its percentages, not just one."""
    kinds = _known(listed[0], returned)
    own = kinds.get(listed[0].respondent.name)
    others = [base for base in _bases(listed[0], kinds, shares) if _gives_all(listed, base[1])]
    pooled = [base for base in _pooled(kinds) if _gives_all(listed, base[1])]
    for share in listed:
        base = own if share.base is None else share.base
        counts = range(0) if base is None else counts_for(share.percent, base)
        if base is None:
            yield Verdict(share, None, "no_base", counts)
        elif counts:
            yield Verdict(share, base, "clean", counts)
        elif fits := [other for other in others if other[1] != base]:
            yield Verdict(share, base, "wrong_base", counts, tuple(fits))
        else:
            yield Verdict(share, base, "pooled" if pooled else "impossible", counts, tuple(pooled))


def _known(share: Share, returned: Sequence[Returned]) -> dict[str, int]:
    """Return the questionnaires of the share's unit that came back, by kind of respondents."""
    here = (r for r in returned if r.unit.code == share.unit.code)
    return {r.respondent.name: r.returned for r in here if r.returned is not None}


def _bases(share: Share, kinds: Mapping[str, int], shares: Sequence[Share]) -> list[Base]:
    """Return every base known of the unit: questionnaires, and what other percentages state."""
    stated = [(s.respondent.name, s.base) for s in shares if s.unit.code == share.unit.code]
    return list(dict.fromkeys([*kinds.items(), *((who, n) for who, n in stated if n is not None)]))


def _pooled(kinds: Mapping[str, int]) -> list[Base]:
    """Return what two kinds of respondents come to together."""
    return [(f"{a}、{b}", kinds[a] + kinds[b]) for a, b in combinations(kinds, 2)]


def _gives_all(listed: Sequence[Share], size: int) -> bool:
    return all(counts_for(share.percent, size) for share in listed)


def _tell(verdict: Verdict, book: Book) -> None:
    if verdict.judgement in _CODES:
        share = verdict.share
        said = NC_("part", "{who}{count}份")
        fits = "、".join(said.format(who=who, count=size) for who, size in verdict.fits)
        params: dict[str, Any] = {"base": verdict.base, "fits": fits}
        book.add(_CODES[verdict.judgement], **_place(share), **params)


def _place(share: Share) -> dict[str, Any]:
    at = {"row": share.row, "column": share.column, "header": share.header, "unit_code": share.unit.code}
    return {**at, "raw": str(share.percent)}


def _sum(listed: Sequence[Share], book: Book) -> bool:
    """Write down a list of shares of one whole that is more than the whole, or all of it and less.

    Returns:
        Whether the list can be the shares of one whole.
    """
    question = listed[0].question
    if question.kind == "multiple":
        return True
    percents = [share.percent for share in listed]
    total = sum(percents, Decimal())
    everything = {o.name for o in question.options if o.in_base} <= {share.option for share in listed}
    if (everything or total > 100) and not sums_to_whole(percents):
        first = listed[0]
        who = asked(first.unit, first.respondent, question)
        book.add("Q943", **(_place(first) | {"raw": ""}), who=who, total=total, hint=_complement(listed))
        return False
    return True


def _complement(listed: Sequence[Share]) -> str:
    """Return what each of two halves would make of the other."""
    if len(listed) != 2:
        return ""
    one, two = listed
    said = NC_(
        "part",
        "「{quoted}」{number}%的另一半是{rest}%，「{option}」{percent}%的另一半是{left}%，两个数至少有一个错。",
    )
    first = {"quoted": one.option, "number": one.percent, "rest": 100 - one.percent}
    return said.format(**first, option=two.option, percent=two.percent, left=100 - two.percent)
