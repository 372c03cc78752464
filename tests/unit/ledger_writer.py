"""What a process of its own writes into a ledger; it imports little, since each of them starts anew."""

from scorecard.ledger import Ledger, Record

AT = "2026-01-15T08:00:00+00:00"


def record(subject: str, key: str | None = None) -> Record:
    """Return a record with Chinese in it."""
    return Record("街道报表员", "received", subject, {"行数": 7, "文件": "附件2：鱼化寨.csv"}, key)


def write_ten(database: str, name: str) -> None:
    """Write ten entries, each as if the program had just been started."""
    for n in range(10):
        Ledger.in_database(database).append([record(f"{name}-{n}")], at=AT)
