"""街道考核: sentences with their guards, shades, and grades as communities have them."""

from scorecard.publish import ReportInputs, book
from scorecard.publish.pages import streets


def said(inputs: ReportInputs) -> list[str]:
    """Return the sentences without markup."""
    return [s.striptags() for s in streets.context(book.read(inputs))["sentences"]]


def test_streets_with_equal_points_are_not_told_apart(inputs: ReportInputs) -> None:
    """Two streets of one rank share it in the sentence; nobody is said to lead."""
    rows = inputs.tables.rows("report_street")
    for row in rows:
        row |= {"total_e2": 8_000, "rank_overall": 1}
    assert said(inputs)[0] == "2个街道得分相同（80.00分）。"
    rows[1] |= {"total_e2": 7_900, "rank_overall": 2}
    assert said(inputs)[0] == "2个街道中，东湖街道居首（80.00分）；南桥街道列第2名（79.00分），相差1.00分。"


def test_a_street_alone_is_not_compared(inputs: ReportInputs) -> None:
    """One ranked street leads nobody; a street without a rank has no points and no grade in the table."""
    inputs.tables.rows("report_street")[1] |= {"rank_overall": None, "grade_code": None}
    assert said(inputs)[0].startswith("只有东湖街道参加排名")
    last = streets.context(book.read(inputs))["lines"][-1]
    assert (last["place"], last["total"], last["grade"].striptags()) == ("未参评", "无", "◌未参评")


def test_what_nobody_reported_is_no_weakness(inputs: ReportInputs) -> None:
    """An item of 0 points in all streets is named as the weakest only where somebody reported it."""
    worst = inputs.rulebook.street.indicators[0]
    row = inputs.tables.rows("report_indicator", indicator_code=worst.code)[0]
    row |= {"mean_points_e2": 0, "missing_count": 0}
    for item in inputs.tables.rows("report_item", indicator_code=worst.code):
        item["points_e2"] = 0
    assert any(f"得分率最低的项目是{worst.name_zh}" in s for s in said(inputs))
    row["missing_count"] = row["unit_count"]
    assert not [s for s in said(inputs) if worst.name_zh in s]


def test_the_shade_is_the_part_of_the_weight_that_is_lost(inputs: ReportInputs) -> None:
    """Nothing lost is white; a quarter and a half of the weight begin the next shade."""
    code = inputs.rulebook.street.indicators[0].code
    item = inputs.tables.rows("report_item", indicator_code=code)[0]
    weight = item["weight_e2"]
    found = []
    for lost in (0, 1, weight // 4, weight // 2, weight):
        item |= {"lost_e2": lost, "points_e2": weight - lost}
        line = next(
            line for line in streets.context(book.read(inputs))["lines"] if item["unit_code"] in line["link"]
        )
        found.append(line["cells"][0]["shade"])
    assert found == [0, 1, 2, 3, 3]
