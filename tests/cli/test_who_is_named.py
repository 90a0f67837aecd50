"""Whom each command names: whoever signed in, or the operator of the machine; never a login of --as."""

import json
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from io import StringIO
from pathlib import Path

import pytest
import time_machine
from sqlalchemy import text
from sqlmodel import SQLModel

from pointsbank import backups, ledger, lists, publicity, roster, scoring, staff, tables, titles
from pointsbank.cli import pointsbank
from pointsbank.database import Database
from pointsbank.dates import SHANGHAI
from tests.cli.conftest import Run, settle_all
from tests.cli.test_verbs import ROSTER, commands

PASSWORDS = {"li": "tiedao yusan pingguo", "zhao": "maotouying chuanghu deng"}
BOTH = ("--first", "li", "--second", "zhao", "--passwords-stdin")

READ_ONLY = {
    *("wall list", "listing list", "listing helpers"),
    "approval expire",
    *("serve", "db upgrade", "db check", "village settings", "approval list"),
    *("staff tokens", "staff events", "fonts list", "fonts try", "ledger verify", "ledger export"),
    *("ledger checkpoint", "ledger proof", "ledger verifier", "ledger key show"),
    *("watermark show", "watermark begin", "township list", "practice show", "db look"),
    *("staff list", "village list", "village group list", "meeting list", "notice list", "month list"),
    *("base show", "base list", "score list", "counter list", "card batches", "days list", "panel list"),
    *(
        "panel members",
        "question list",
        "draw list",
        "draw show",
        "title list",
        "title kinds",
        "title letters",
        "title benefits",
    ),
    *("grade tables", "grade show", "keeper checks", "keeper patrols", "year-end list", "year-end show"),
    *("print-run list", "print-run cancel"),
    *(f"list {one.name}" for one in lists.every()),
}
"""Change nothing in anybody's name; what expires is told under that of whoever requested it."""
SIGN_IN = {
    *("approval confirm", "approval decline", "household close", "household erase", "household give"),
    *("household split", "household move", "score correct", "watermark accept"),
    *("question answer", "draw answer", "draw sign"),
    *("year-end post", "year-end undo"),
}
"""Name people who sign in for it, each with the own password."""
SIGN_IN_WHERE_NEEDED = {"counter enter", "db restore", "village set", "import balances", "staff password"}
"""Name people who sign in where one alone may not, and else the operator."""
OWN_PEOPLE = {"sample load", "practice make", "practice discard"}
"""Names the sample's people, in an empty directory or the practice village's own database."""

FILES = {
    "roster": ROSTER,
    "balances": "户号,积分\n001,5\n",
    "goods": "编号,名称,规格,积分,库存\nG1,肥皂,1块,2,9\n",
    "scheme": "编号,类别,条目,方向,分值\nA1,环境,打扫门前,加分,2\n",
    "scores": "户号,条目,日期\n002,A1,{day}\n",
    "grades": "表名,给谁评,多久评一次,按什么评,等级,分数段\n两档,户,月,荣誉合计,好,0以上\n两档,,,,差,低于0\n",
}
AT_MACHINE = [
    "village create liulin 柳林村",
    "village set notice_days 5",
    "village group add 二组",
    "village group rename 二组 三组",
    "village group close 三组",
    "township add 河口镇",
    "township rename 河口镇 河口街道",
    "township put 河口街道",
    "township leave",
    "base give",
    "staff add chen --role clerk",
    "staff add sun --role admin",
    "staff password chen",
    "staff recover sun",
    "staff roles chen --role clerk --role committee",
    "staff disable chen",
    "staff enable chen",
    "staff signout chen",
    "staff token chen",
    "staff revoke chen",
    "import roster {roster}",
    "staff kin chen --household 001 --relation own",
    "import balances {balances}",
    "import goods {goods}",
    "import scheme {scheme} --resolution 第一次会议 --from 2020-01-01",
    "import scores {scores} --meeting {meeting}",
    "notice hang {notice} --place 村务公开栏",
    "print cards --out {out}/cards.pdf",
    "export roster --out {out}/roster.csv",
    "household edit 001 --people 7 --reason 添丁",
    "household boards 001 --leave --signed-on {day}",
    "question record question 卫生费用在哪里 --household 001",
    "question forward {question} supervisor",
    "question withdraw {question}",
    "title nominate 清洁户 002 --by panel",
    "title vote {title} 5 1",
    "title hang {title} --place 村务公开栏",
    "title letter thanks 002 清扫门前的路",
    "import grades {grades} --resolution 第一次会议 --from {day}",
    "keeper adopt --item 地面干净 100 10 --resolution 第一次会议 --from {day}",
    "grade stop 1 --resolution 第二次会议 --from {later}",
    "year-end adopt stay --resolution 第一次会议 --from {day}",
    "card lost 001",
    "print cards --out {out}/more.pdf",
    "print slip --participant 001 --out {out}/slip.pdf",
    "print passbook --participant 001 --out {out}/passbook.pdf",
    "print-run ask cards --group *",
    "card void 2",
    "month close {month}",
    "ledger key make --replace",
    "db backup {out}/kept.gz",
    "db copy sqlite:///{out}/copied.sqlite3",
]
"""Each with a login in --as that it must not name."""
_OTHER_LISTS = {f"export {one.name}" for one in lists.every() if one.name != "roster"}
NOT_TRIED = {
    "print notice",
    "print correction",
    "print poster",
    "print receipt",
    "print cardlist",
    "print minutes",
    "print listing_letter",
    "print help_letter",
    "print listing_correction",
    *("print book", "print answers", "print indices", "print resolution"),
    *("wall poster", "wall listing", "wall correction", "wall down"),
    *("listing helper", "listing visit", "listing outcome", "listing end-black-board"),
    "print pledge",
    *("print price_list", "print count_sheet", "print period_poster"),
    "print mark_sheet",
    "print objection_slip",
    "print oversight",
    "print rules",
    "print sheet",
    "print loudspeaker",
    "print spot_check",
    *(f"print title_{one}" for one in ("certificate", "plate", "notice", "benefits", "recommendation")),
    *("print honour_roll", "print praise_letter", "print keeper_marks", "print keeper_pay"),
    "print year_end",
    *("print book", "print answers", "print resolution", "print indices"),
    # Go the way of the first steps; tried in a year of a title.
    *(f"title {one}" for one in ("adopt", "check", "give", "take-off", "give-back", "withdraw")),
    *("title recommend", "title benefit", "title brought", "title paper", "title name"),
    # Want a month with scores that were posted; below they are tried.
    *("draw plan", "draw dice"),
    # Want a period that is closed, a list of what is checked; tried where they are at home.
    *("grade done", "keeper check", "keeper patrol"),
    *("keeper recheck", "keeper strike", "keeper decide"),
    # Wants a server that made it; its kinds go the way of the cards.
    *("print-run fetch", "print-run ask month", "print-run ask inspection"),
    # Keeps a file beside the databases, and names nobody.
    "days keep",
} | _OTHER_LISTS
"""Made from registers: they go the way of the cards and of the roster."""


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch):
    """Say what is typed into standard input of the next command."""
    return lambda words: monkeypatch.setattr(sys, "stdin", StringIO(words))


@pytest.fixture
def office(run: Run, tmp_path: Path, typed) -> Run:
    """A village founded forty days ago, whose committee and supervisor have had their passwords since."""
    with time_machine.travel(datetime.now(UTC) - timedelta(days=40)):
        assert run("village", "create", "chayuan", "茶源村").status == 0
        for login, role in (("li", "committee"), ("zhao", "supervisor")):
            typed(PASSWORDS[login] + "\n")
            assert run("staff", "add", login, "--role", role, "--password-stdin").status == 0
        settle_all(tmp_path / "data", PASSWORDS)
    for name, words in FILES.items():
        words = words.format(day=f"{datetime.now(SHANGHAI):%Y-%m-%d}")
        (tmp_path / f"{name}.csv").write_text(words, "utf-8")
    return run


@pytest.fixture
def data(tmp_path: Path) -> Iterator[Database]:
    """The database behind the commands."""
    opened = Database(f"sqlite:///{tmp_path / 'data' / 'pointsbank.sqlite3'}")
    yield opened
    opened.dispose()


def _naming(data: Database, person: str) -> dict[str, int]:
    """Return in how many rows of each table an id stands, in whatever column."""
    found = {}
    with data.reading() as session:
        for table in SQLModel.metadata.sorted_tables:
            rows = session.execute(text(f'SELECT * FROM "{table.name}"')).all()
            found[table.name] = sum(person in _words(row) for row in rows)
    return found


def _words(row) -> str:
    return "\n".join(one.decode("utf-8", "replace") if isinstance(one, bytes) else str(one) for one in row)


def test_every_command_says_whom_it_names():
    tried = {one for one in commands(pointsbank) for line in AT_MACHINE if f"{line} ".startswith(f"{one} ")}

    assert commands(pointsbank) == (
        READ_ONLY | SIGN_IN | SIGN_IN_WHERE_NEEDED | OWN_PEOPLE | NOT_TRIED | tried
    )
    assert not tried & (READ_ONLY | SIGN_IN | OWN_PEOPLE)


def test_what_is_done_at_the_machine_names_the_operator_and_nobody_else(
    office: Run, data: Database, tmp_path: Path
):
    assert tables  # every table is known to the metadata
    with data.reading() as session:
        li = staff.by_login(session, login="li").id
    before, told = _naming(data, li), []
    month = f"{datetime.now(UTC) - timedelta(days=35):%Y-%m}"
    places = {name: str(tmp_path / f"{name}.csv") for name in FILES} | {"out": tmp_path, "month": month}
    places["day"] = f"{datetime.now(SHANGHAI):%Y-%m-%d}"
    places["later"] = f"{datetime.now(SHANGHAI) + timedelta(days=40):%Y-%m-%d}"
    for line in AT_MACHINE:
        if "{meeting}" in line:
            places["meeting"] = _open_meeting(data)
        if "{notice}" in line:
            places["notice"] = _publish(data, str(places["meeting"]))
        if line.startswith("title nominate"):
            _adopt_title(data)
        if line.startswith("title vote"):
            places["title"] = _checked_title(data)
        if "{question}" in line:
            with data.reading() as session:
                places["question"] = session.execute(text("SELECT id FROM question")).scalar_one()
        if line.startswith("card lost"):
            _hand_out(data)
        words = line.format(**places).split(" ")
        in_village = () if words[:2] == ["village", "create"] else ("--village", "chayuan")
        done = office(*words, *in_village, "--as", "li")
        told += [(line, done.err)] if done.status else []

    assert told == []
    assert _naming(data, li) == before
    with data.reading() as session:
        entries = ledger.log_entries(session, village="chayuan", limit=200)
        actors = {one.actor for one in entries if one.actor}
    assert actors <= {"operator", "operator:li", "zhou"} and "operator:li" in actors


def _adopt_title(data: Database) -> None:
    with data.writing() as session:
        kind = {"name": "清洁户", "holder": "household", "criteria": ["院内干净"], "resolution": "会议"}
        now = datetime.now(UTC)
        titles.adopt_kind(session, village="chayuan", **kind, from_date=date(2026, 1, 1), by="zhou", at=now)


def _checked_title(data: Database) -> str:
    with data.writing() as session:
        [one] = titles.titles(session, village="chayuan")
        met = {"title_id": one.id, "met": {1: True}, "by": "zhou", "at": datetime.now(UTC)}
        return titles.check(session, village="chayuan", **met).id


def _publish(data: Database, meeting: str) -> str:
    backups.unseal(data)
    with data.writing() as session:
        ended = {"meeting": meeting, "by": "zhou", "at": datetime.now(UTC)}
        return publicity.close_and_publish(session, village="chayuan", **ended).id


def _open_meeting(data: Database) -> str:
    backups.unseal(data)
    with data.writing() as session:
        day = datetime.now(UTC).date()
        made = scoring.open_meeting(
            session,
            village="chayuan",
            held_on=day,
            title="评议会",
            judges=["李会计", "老支书"],
            by="zhou",
            at=datetime.now(UTC),
        )
    return made.id


def _hand_out(data: Database) -> None:
    backups.unseal(data)
    with data.writing() as session:
        cards = roster.printed_cards(session, village="chayuan")
        roster.hand_out(session, village="chayuan", cards=cards.values(), by="zhou", at=datetime.now(UTC))


def test_once_points_were_earned_or_spent_opening_balances_need_two_who_sign_in(
    office: Run, data: Database, tmp_path: Path, typed
):
    """From then on the operator alone gives nobody points."""
    balances: tuple = ("import", "balances", tmp_path / "balances.csv")
    assert office("import", "roster", tmp_path / "roster.csv").status == 0
    assert office(*balances).status == 0
    _post_award(data)
    assert office(*balances).status == 0  # nothing new in it
    (tmp_path / "balances.csv").write_text("户号,积分\n001,5\n002,900\n", "utf-8")

    alone = office(*balances, "--as", "li")
    typed(f"{PASSWORDS['li']}\n{PASSWORDS['li']}\n")
    himself = office(*balances, "--first", "li", "--second", "li", "--passwords-stdin")
    assert (alone.status, "补导期初积分要两个人" in alone.err) == (1, True)
    assert (himself.status, office(*balances, "--first", "li").status) == (1, 2)
    typed("\n".join(PASSWORDS.values()) + "\n")
    both = office(*balances, *BOTH, "--json")

    assert json.loads(both.out)["added"] == 1
    with data.reading() as session:
        li, zhao = (staff.by_login(session, login=login).id for login in ("li", "zhao"))
        [last] = ledger.log_entries(session, village="chayuan", limit=1)
    assert (last.actor, last.words["second"]) == (li, zhao)
    assert "第二人赵" in ledger.describe(last.kind, last.words, {zhao: "赵监督"}.get)


def test_a_draw_names_who_sees_to_it_and_only_who_may(office: Run, data: Database, tmp_path: Path, typed):
    month = f"{datetime.now(UTC) - timedelta(days=35):%Y-%m}"
    (tmp_path / "roster.csv").write_text(ROSTER + "003,欧阳犇,一组,2\n", "utf-8")
    assert office("import", "roster", tmp_path / "roster.csv").status == 0
    _post_award(data)
    assert office("month", "close", month).status == 0
    thrown = ("draw", "dice", month, "3164522614", "--thrower", "001", "--witness", "002")
    assert office("draw", "plan", month, "--as", "li").status == 0
    [index] = json.loads(office(*thrown, "--as", "li", "--json").out)["drawn"]
    found = ("draw", "answer", month, "true", index, "--first", "002", "--second", "003")

    typed(PASSWORDS["li"] + "\n")
    assert "还有0条" in office(*found, "--by", "li", "--password-stdin").out
    for login in PASSWORDS:
        typed(PASSWORDS[login] + "\n")
        signed = office("draw", "sign", month, "--by", login, "--password-stdin")
        assert signed.status == 0, signed.err

    assert "1条全部看了，1条属实" in signed.out
    with data.reading() as session:
        last = ledger.log_entries(session, village="chayuan", limit=9)
        people = [staff.by_login(session, login=login).id for login in ("zhao", "li", "li")]
    named = [one.actor for one in last if one.kind.startswith("spot_check")]
    assert named == [*people, "operator:li", "operator:li"]
    assert office("staff", "roles", "zhao", "--role", "clerk").status == 0
    typed(PASSWORDS["zhao"] + "\n")
    assert "zhao不能登记抽查" in office("draw", "sign", month, "--by", "zhao", "--password-stdin").err


def _post_award(data: Database) -> None:
    """Post a score of the household 001, as settling does."""
    backups.unseal(data)
    with data.writing() as session:
        [one] = session.execute(text("SELECT id FROM participant WHERE code = '001'")).all()
        points = ledger.Posting(
            ledger.village_account("issuance", ledger.POINTS),
            ledger.account_of(one.id, ledger.POINTS),
            ledger.POINTS,
            200,
        )
        words = {"participant": one.id, "item": "打扫门前", "note": ""}
        now = datetime.now(UTC)
        award = ledger.NewTransaction("award", now.date(), (points,), words, source=("score", "s1"))
        ledger.post(session, [award], village="chayuan", by="zhou", at=now)
