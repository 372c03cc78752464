"""An edition is what its number says: after it is issued, what changes is another edition."""

import hashlib
import json
from decimal import Decimal
from typing import Any

from scorecard.rulebook.model import Rulebook
from scorecard.rulebook.public import Public


def fingerprint(book: Rulebook) -> str:
    """Return the SHA-256 of the rulebook's canonical JSON: blind to comments, order of keys, and 1.0 or 1.

    A table or a key that came later counts once it says something: rulebooks of years that were frozen before
    keep the fingerprint that they were frozen with.
    """
    unsaid: dict[str, Any] = {"sha256": True}
    if book.public == Public():
        unsaid["public"] = True
    if book.watch is not None and book.watch.claim_percent is None:
        unsaid["watch"] = {"claim_percent": True}
    if book.upward is not None and not book.upward.deadline:
        unsaid["upward"] = {"deadline": True}
    plain = book.model_dump(exclude=unsaid)
    text = json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_plain)
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def clash(one: Rulebook, other: Rulebook) -> str:
    """Return what is wrong with two rulebooks of one id and edition that say different things; else ''."""
    prints = fingerprint(one), fingerprint(other)
    if (one.id, one.edition) != (other.id, other.edition) or prints[0] == prints[1]:
        return ""
    return (
        f"「{one.id}」第{one.edition}版有两种内容（指纹 {prints[0][:16]} 和 {prints[1][:16]}）："
        "印发之后再改，须另出新版，edition 加 1，旧版保留"
    )


def _plain(value: Any) -> str:
    """Return a decimal without trailing zeros, a date as ISO text."""
    return format(value.normalize(), "f") if isinstance(value, Decimal) else str(value)
