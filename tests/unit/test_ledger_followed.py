"""A process that stays reads each entry once, sees what others write, and never more than there is."""

from pathlib import Path

from scorecard.ledger import Entry, Ledger, Record

AT = "2026-01-15T08:00:00+00:00"


def records(action: str, *subjects: str) -> list[Record]:
    return [Record("刘报表", action, subject, {"行数": 7}) for subject in subjects]


def subjects(entries: list[Entry]) -> list[str]:
    return [entry.subject for entry in entries]


def test_what_others_write_is_seen(tmp_path: Path) -> None:
    """Whatever was asked for before, and whatever was not."""
    path = tmp_path / "ledger.sqlite"
    followed, other = Ledger.followed(path), Ledger.at(path)
    assert followed.entries("received") == []
    other.append([*records("received", "R-1"), *records("step", "R-1")], at=AT)
    assert subjects(followed.entries("received")) == ["R-1"]
    other.append([*records("step", "R-1", "R-2"), *records("received", "R-2")], at=AT)
    assert subjects(followed.entries("step")) == ["R-1", "R-1", "R-2"]
    assert followed.entries("received") == other.entries("received")
    assert followed.entries() == other.entries()


def test_what_was_read_is_read_no_second_time(tmp_path: Path) -> None:
    """The same entry is the same object, which what follows from it is remembered by."""
    followed = Ledger.followed(tmp_path / "ledger.sqlite")
    followed.append(records("received", "R-1"), at=AT)
    first = followed.entries("received")[0]
    followed.append(records("received", "R-2"), at=AT)
    assert followed.entries("received")[0] is first


def test_a_transaction_sees_one_ledger(tmp_path: Path) -> None:
    """What another thread wrote and read meanwhile is not in it, and is there afterwards."""
    followed = Ledger.followed(tmp_path / "ledger.sqlite")
    followed.append([*records("received", "R-1"), *records("step", "R-1")], at=AT)
    with followed.reading() as seen:
        assert subjects(seen.entries("received")) == ["R-1"]
        followed.append([*records("received", "R-2"), *records("step", "R-2"), *records("new", "R-2")], at=AT)
        assert subjects(followed.entries("step")) == ["R-1", "R-2"]
        assert subjects(seen.entries("received")) == subjects(seen.entries("step")) == ["R-1"]
        assert seen.entries("new") == []
    assert subjects(followed.entries("new")) == ["R-2"]


def test_another_ledger_in_its_place_is_noticed(tmp_path: Path) -> None:
    """A back-up that was put back is another ledger, even where it is as long."""
    path = tmp_path / "ledger.sqlite"
    followed = Ledger.followed(path)
    followed.append(records("received", "R-1"), at=AT)
    assert subjects(followed.entries("received")) == ["R-1"]
    for file in tmp_path.iterdir():
        file.unlink()
    Ledger.at(path).append(records("received", "R-9"), at=AT)
    assert subjects(Ledger.followed(path).entries("received")) == ["R-9"]
