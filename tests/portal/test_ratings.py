"""Communities rate departments: once each, corrected until the term ends, counted as from a file."""

import csv
import io
import json
import re
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

import pytest

from scorecard.cli.show import entry_text
from scorecard.cycle import State
from scorecard.errors import NotAllowedError
from scorecard.pipeline import assessing
from scorecard.pipeline.folder import ONLINE
from scorecard.pipeline.land_upward import RATINGS
from scorecard.pipeline.listed import UPWARD_TABLES, ListRequest, upward_table
from scorecard.pipeline.queries import verify_evidence
from scorecard.portal.app import PLACES
from scorecard.portal.ballots import key_of
from tests.portal.conftest import UNITS, YEAR, Portal, post
from tests.portal.programs import program
from tests.portal.publicised import small

LINHE = UNITS["community"]
RATED = "区民政局"
KEY = key_of(RATED)
GOOD = {"A": "很好", "B": "较好", "C": "不了解"}


def rate(portal: Portal, rated: str = RATED, who: str = "community", comment: str = "", **answers: str):  # type: ignore[no-untyped-def]
    """Rate a unit as a person does; what is not said is `GOOD`."""
    said = {f"item-{code}": text for code, text in {**GOOD, **answers}.items() if text}
    page = f"/rate/{key_of(rated)}"
    return post(portal.login(who), page, page, comment=comment, **said)


def by_hand(portal: Portal) -> Path:
    """Take the example's ratings out of the folder; return where they lay."""
    path = portal.desk.folder.root / "upward" / str(YEAR) / "社区评议表.csv"
    path.unlink()
    return path


def landed(portal: Portal, name: str = RATINGS) -> Path:
    """Where the portal's own table lies."""
    return portal.desk.folder.root / "upward" / str(YEAR) / ONLINE / name


def said(portal: Portal, unit: str, rated: str, comment: str = "", **answers: str) -> assessing.Rating:
    """Rate as some community, without a browser."""
    desk = portal.desk
    booth = desk.booth()
    given = {**GOOD, **answers}
    about = {"actor": f"{unit}的人", "on": desk.today(), "now": desk.stamp()}
    return assessing.rate(booth, unit, booth.rated[rated], given, comment, **about)  # type: ignore[arg-type]


def printed(portal: Portal) -> Mapping[str, bytes]:
    """What `scorecard upward` prints of the folder, table by table."""
    return {
        table: upward_table(ListRequest(portal.desk.folder.root, YEAR, table, "json"))[0]
        for table in UPWARD_TABLES
    }


def table(portal: Portal, name: str) -> list[dict[str, object]]:
    """One of these tables as it is printed for programs."""
    found: list[dict[str, object]] = json.loads(printed(portal)[name])
    return found


def test_a_community_rates_corrects_and_has_a_receipt(portal: Portal) -> None:
    """Two versions, one number, both in the chain; the receipt says when, and not what."""
    page = portal.login("community").get("/rate")
    assert "临河社区评部门" in page.text and "区民政局" in page.text and "示例商场" not in page.text
    first = rate(portal, comment="<b>回话慢</b>")
    assert first.url.path == f"/rate/{KEY}/receipt" and "2025-PY-0001" in first.text
    assert not any(word in first.text.partition("<main")[2] for word in ("较好", "回话慢"))
    form = portal.login("community").get(f"/rate/{KEY}").text
    assert "&lt;b&gt;回话慢" in form and len(re.findall(" checked>", form)) == len(GOOD)
    portal.clock.pass_by(days=3)
    second = rate(portal, B="一般")
    assert "2025-PY-0001</b>，第2版" in second.text
    entries = portal.desk.ledger().entries(assessing.RATE)
    assert [(e.subject, e.payload["version"], e.payload["answers"]["B"]) for e in entries] == [
        ("2025-PY-0001", 1, "较好"),
        ("2025-PY-0001", 2, "一般"),
    ]
    assert entries[-1].hash in second.text
    rate(portal, B="一般")
    assert len(portal.desk.ledger().entries(assessing.RATE)) == 2
    portal.desk.ledger().verify()


@pytest.mark.parametrize(
    ("days", "sentence"),
    [(-20, "评议还没有开放：社区评部门从2025-12-01开始"), (12, "评议已经截止：社区评部门到2025-12-31为止")],
)
def test_outside_of_the_term_nothing_is_taken(portal: Portal, days: int, sentence: str) -> None:
    """Too early and too late each have a sentence of their own, on the page and after sending."""
    portal.clock.pass_by(days=days)
    assert sentence in portal.login("community").get("/rate").text
    answer = rate(portal)
    assert answer.status_code == 409 and sentence in answer.text
    assert not portal.desk.ledger().entries(assessing.RATE)
    edge = 1 if days < 0 else -1
    portal.clock.pass_by(days=edge)
    assert rate(portal).status_code == 200


def test_a_frozen_year_takes_no_rating_and_no_suggestion(tmp_path: Path) -> None:
    """Whatever the day is: what is frozen is locked."""
    portal = small(tmp_path, State.FROZEN, datetime(2025, 12, 20, 2, 0, tzinfo=UTC))
    unit = next(u for u in portal.desk.registry().assessed(YEAR))
    with portal.desk.base.changing() as c:
        c.exec_driver_sql(f"UPDATE account SET unit_code='{unit.code}' WHERE login='community'")
    listed = portal.desk.folder.root / "upward" / str(YEAR) / "名录.csv"
    listed.parent.mkdir(parents=True)
    listed.write_text("被评单位,类别,应评社区\n区民政局,部门,\n", "utf-8")
    answer = rate(portal)
    assert answer.status_code == 409 and "已锁定：2025年度数据已经冻结" in answer.text
    said_ = {"rated": KEY, "card": "yellow", "reason": "占道"}
    refused = post(portal.login("community"), "/suggestions", "/suggestions", **said_)
    assert refused.status_code == 409 and "已锁定" in refused.text
    assert not portal.desk.ledger().entries("upward.propose")


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"B": ""}, "“办事是否到位”没有选"),
        ({"B": "极好"}, "选项「极好」不在评议办法里"),
        ({"Z": "很好"}, "「Z」不是要评的内容"),
        (dict.fromkeys("ABC", "不涉及"), "每一项都选了“不涉及”"),
        ({"comment": "=1+1"}, "以“=”开头"),
        ({"comment": "找110105 19491231 002X"}, "身份证号"),
        ({"comment": "打13812345678"}, "手机号码"),
        ({"comment": "好\x07坏"}, "看不见的字符"),
        ({"comment": "长" * 301}, "超过300个字"),
    ],
)
def test_what_cannot_be_taken_is_said_and_nothing_is_kept(
    portal: Portal, given: dict[str, str], sentence: str
) -> None:
    """What was chosen stands in the form again."""
    answer = rate(portal, **given)
    assert answer.status_code == 400 and sentence in answer.text
    assert not portal.desk.ledger().entries(assessing.RATE)


def test_what_does_not_concern_us_is_neither_unknown_nor_zero(portal: Portal) -> None:
    """不了解 is counted and has no score; 不涉及 is an empty cell, in no mean and in no count."""
    by_hand(portal)
    units = [u.code for u in portal.desk.registry().assessed(YEAR)][:6]
    for unit in units:
        said(portal, unit, RATED, A="不涉及" if unit == units[0] else "很好")
    portal.clock.pass_by(days=12)
    portal.desk.land()
    rows = list(csv.DictReader(io.StringIO(landed(portal).read_text("utf-8-sig"))))
    assert [r["响应是否及时"] for r in rows] == ["", *["很好"] * 5]
    assert {r["交办事项是否带经费"] for r in rows} == {"不了解"}
    items = {i["item_code"]: i for i in table(portal, "items") if i["rated_name"] == RATED}
    assert (items["A"]["valid"], items["A"]["mean_e2"], items["A"]["n_很好"]) == (5, 100_00, 5)
    assert (items["B"]["valid"], items["B"]["mean_e2"]) == (6, 80_00)
    assert (items["C"]["valid"], items["C"]["mean_e2"]) == (None, None)


def test_the_same_as_from_a_hand_made_file(portal: Portal) -> None:
    """What every command reads is, table by table, what the file with the same answers gave."""
    path = by_hand(portal).with_name("社区评议表.csv")
    portal.desk.booth()
    registry = portal.desk.registry()
    rows = []
    for n, unit in enumerate(registry.assessed(YEAR)[:9]):
        option = ("很好", "一般", "不了解")[n % 3]
        said(portal, unit.code, RATED, A=option, comment=f"第{n}条,“引号”" if n % 2 else "")
        rows.append(f"{unit.name},{RATED},{option},较好,不了解," + (f'"第{n}条,“引号”"' if n % 2 else ""))
    path.write_text(
        "社区名称,被评单位,响应是否及时,办事是否到位,交办事项是否带经费,意见\n" + "\n".join(rows), "utf-8"
    )
    hand = printed(portal)
    path.unlink()
    assert printed(portal) != hand
    portal.clock.pass_by(days=12)
    portal.desk.land()
    assert printed(portal) == hand


def test_what_came_online_goes_before_what_was_put_there_by_hand(portal: Portal) -> None:
    """A community's own word about a unit counts, and the file's rows of all others do."""
    before = printed(portal)["items"]
    said(portal, LINHE, RATED, A="较好", B="很好", C="很好")  # word for word what the example's file has
    portal.clock.pass_by(days=12)
    portal.desk.land()
    assert printed(portal)["items"] == before
    landed(portal).unlink()
    portal.clock.pass_by(days=-12)
    said(portal, LINHE, RATED, A="较差", B="较差", C="较差")
    portal.clock.pass_by(days=12)
    portal.desk.land()
    assert printed(portal)["items"] != before


def test_the_file_follows_from_the_ledger_alone_and_only_after_the_term(portal: Portal) -> None:
    """A report made before and one after a community rated would tell by their difference what it said."""
    said(portal, LINHE, RATED)
    portal.desk.land()
    assert not landed(portal).exists()
    portal.clock.pass_by(days=12)
    portal.again().desk.land()
    data = landed(portal).read_bytes()
    landed(portal).write_bytes(data.replace("很好".encode(), "较差".encode()))
    portal.desk.land()
    assert landed(portal).read_bytes() == data
    landed(portal).unlink()
    portal.desk.land()
    assert landed(portal).read_bytes() == data
    verify_evidence(portal.desk.folder.root, None)


def test_a_freeze_takes_along_what_came_until_then(portal: Portal) -> None:
    """Even where the term were not over, the year's last landing has them."""
    said(portal, LINHE, RATED)
    portal.desk.land(closing=True)
    assert "临河社区" in landed(portal).read_text("utf-8-sig")


def test_communities_at_once_lose_nothing(portal: Portal) -> None:
    """Eight at a time through two servers over one folder: each rating has its number, the chain is whole."""
    desks = [portal, portal.again()]
    units = [u.code for u in portal.desk.registry().assessed(YEAR)][:12]
    with ThreadPoolExecutor(8) as pool:
        jobs = [
            pool.submit(said, desks[n % 2], unit, rated)
            for n, unit in enumerate(units)
            for rated in (RATED, "区城管局", "区住建局")
        ]
        numbers = {job.result().number for job in jobs}
    assert len(numbers) == len(jobs) == 36
    standing = assessing.latest(assessing.ratings(portal.desk.ledger(), YEAR))
    assert {unit for unit, _ in standing} == set(units) and len(standing) == 36
    portal.desk.ledger().verify()


SECRET = "路灯报修三次"


def test_nobody_but_the_community_is_shown_how_it_rated(portal: Portal) -> None:
    """Every page of every other post, the ledger as it is printed, and the document of progress."""
    unlike = {"A": "较差", "B": "较差", "C": "较差"}
    rate(portal, comment=SECRET, **unlike)
    assert SECRET in portal.login("community").get(f"/rate/{KEY}").text
    lines = {p.path.replace("{rated}", KEY) for p in PLACES if p.method == "GET" and "{path" not in p.path}
    for who in ("office", "group", "leader", "clerk", "department", "surveyor", "admin"):
        browser = portal.login(who)
        for path in lines:
            page = browser.get(path).text
            assert SECRET not in page and "较差" not in page, (who, path)
    progress = portal.login("office").get("/rated").text
    row = next(line for line in progress.splitlines() if ">临河社区<" in line)
    assert re.search(r'临河社区</th><td>望河街道</td><td class="n">\d+</td><td class="n">1</td>', row)
    told = program(portal, "office").get("/rated").text
    assert "较差" not in told and SECRET not in told
    for entry in portal.desk.ledger().entries(assessing.RATE):
        text = entry_text(asdict(entry))
        assert "送出第1版" in text and not any(word in text for word in (SECRET, "较差", "临河", RATED))


def test_another_community_finds_nothing_of_it(portal: Portal) -> None:
    """Its form is its own; a unit that it is not asked about is not there."""
    rate(portal, comment=SECRET)
    with portal.desk.base.changing() as c:
        c.exec_driver_sql("UPDATE account SET unit_code='990100001002' WHERE login='community'")
    browser = portal.login("community")
    form = browser.get(f"/rate/{KEY}")
    assert form.status_code == 200 and SECRET not in form.text and " checked" not in form.text
    assert browser.get(f"/rate/{KEY}/receipt").status_code == 404
    assert browser.get(f"/rate/{key_of('市五中')}").status_code == 404


def test_too_few_are_published_as_nothing(portal: Portal) -> None:
    """Four raters of five: the tables have neither mean nor count nor words of theirs; a fifth opens them."""
    by_hand(portal)
    units = [u.code for u in portal.desk.registry().assessed(YEAR)][:5]
    for unit in units[:4]:
        said(portal, unit, RATED, comment=SECRET)
    portal.clock.pass_by(days=12)
    portal.desk.land()
    shown = {
        key: value for unit in table(portal, "rated") for key, value in unit.items() if value is not None
    }
    assert set(shown) == {"year", "rated_name", "kind", "shown", "asked"}
    assert not any(unit["shown"] for unit in table(portal, "rated"))
    portal.clock.pass_by(days=-12)
    said(portal, units[4], RATED)
    portal.clock.pass_by(days=12)
    portal.desk.land()
    opened = next(unit for unit in table(portal, "rated") if unit["rated_name"] == RATED)
    assert (opened["shown"], opened["valid"]) == (1, 5)


def test_an_account_is_good_only_while_the_registry_knows_the_community(portal: Portal) -> None:
    """By page and by program; the administrator sees it in the list."""
    asked = program(portal, "community")
    assert asked.get("/ratings").json()["community"] == "临河社区"
    path = portal.desk.folder.registry_path()
    text = path.read_text("utf-8-sig")
    path.write_text("".join(x for x in text.splitlines(keepends=True) if not x.startswith(LINHE)), "utf-8")
    for page in ("/rate", f"/rate/{KEY}", "/suggestions"):
        refused = portal.login("community").get(page)
        assert refused.status_code == 409 and "没有您的社区了" in refused.text
    answer = asked.ask("PUT", f"/ratings/{KEY}", json={"answers": GOOD})
    assert answer.status_code == 409 and answer.json()["why"] == "rating.unknown"
    assert "没有您的社区了" in portal.login("community").get("/outbox").text
    assert "名录里没有了" in portal.login("admin").get("/accounts").text
    made = {"person": "冯社区", "login": "feng", "post": "community", "unit": LINHE}
    assert "没有社区" in post(portal.login("admin"), "/accounts", "/accounts", **made).text


def test_the_administrator_gives_a_community_its_account(portal: Portal) -> None:
    """One community each; other posts have none."""
    made = {
        "person": "冯社区",
        "login": "feng",
        "post": "community",
        "unit": "990100001002",
        "street": "990100001",
    }
    page = post(portal.login("admin"), "/accounts", "/accounts", **made)
    assert page.status_code == 200 and "望江楼社区" in page.text
    account = next(a for a in portal.desk.accounts.all() if a.login == "feng")
    assert (account.unit_code, account.street_code) == ("990100001002", "")
    assert portal.desk.ledger().entries("portal.account")[-1].payload["unit_code"] == "990100001002"
    lacking = post(portal.login("admin"), "/accounts", "/accounts", **{**made, "login": "he", "unit": ""})
    assert lacking.status_code == 400 and "没有社区" in lacking.text


def test_a_program_rates_as_the_page_does(portal: Portal) -> None:
    """The same rules and sentences; sent twice it is sent once."""
    asked = program(portal, "community")
    ballot = asked.get("/ratings").json()
    unit = next(u for u in ballot["units"] if u["name"] == RATED)
    assert (unit["key"], unit["sent"], ballot["closed"], ballot["due"]) == (KEY, None, "", "2025-12-31")
    sent = asked.ask("PUT", f"/ratings/{KEY}", json={"answers": {**GOOD, "C": "不涉及"}, "comment": "好"})
    again = asked.ask("PUT", f"/ratings/{KEY}", json={"answers": {**GOOD, "C": "不涉及"}, "comment": "好"})
    assert sent.json() == again.json() and sent.json()["sent"]["answers"]["C"] == "不涉及"
    assert len(portal.desk.ledger().entries(assessing.RATE)) == 1
    assert "好" in portal.login("community").get(f"/rate/{KEY}").text
    lacking = asked.ask("PUT", f"/ratings/{KEY}", json={"answers": {"A": "很好"}})
    assert lacking.status_code == 400 and "“办事是否到位”没有选" in lacking.json()["detail"]
    assert asked.ask("PUT", f"/ratings/{'0' * 16}", json={"answers": GOOD}).status_code == 404
    portal.clock.pass_by(days=12)
    late = asked.ask("PUT", f"/ratings/{KEY}", json={"answers": GOOD})
    assert (late.status_code, late.json()["why"]) == (409, "rating.late")


def test_what_waits_is_told_while_it_can_be_done(portal: Portal) -> None:
    """To the community how many units are left, to the office how many communities; to nobody afterwards."""
    asked = len(program(portal, "community").get("/ratings").json()["units"])
    assert (
        f"还有{asked}个单位没有评，社区评部门到2025-12-31为止"
        in portal.login("community").get("/outbox").text
    )
    rate(portal)
    assert f"还有{asked - 1}个单位没有评" in portal.login("community").get("/outbox").text
    assert "个社区没有评完部门" in portal.login("office").get("/outbox").text
    assert "没有评完部门" not in portal.login("group").get("/outbox").text
    portal.clock.pass_by(days=12)
    for who in ("community", "office"):
        assert "没有评" not in portal.login(who).get("/outbox").text


def test_a_rulebook_without_a_term_takes_no_rating(portal: Portal) -> None:
    """It is said, and the year's other work goes on."""
    upward = portal.desk.rulebook.upward
    assert upward is not None
    portal.desk.rulebook = portal.desk.rulebook.model_copy(
        update={"upward": upward.model_copy(update={"deadline": ""})}
    )
    with pytest.raises(NotAllowedError, match="没有写评议的起止日期"):
        said(portal, LINHE, RATED)
    assert "没有写评议的起止日期" in portal.login("community").get("/rate").text
