"""Base points: given once a period to who is there, honour only unless the scheme says otherwise."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy.exc import DatabaseError

from pointsbank import ledger, market, roster, scoring
from pointsbank.database import Database
from pointsbank.ledger.problems import InsufficientPoints
from pointsbank.points import whole
from pointsbank.roster import NewFacts
from pointsbank.scoring import BaseGiven
from tests.builders import NOW
from tests.ledger.tampering import tamper
from tests.market.shop import GOODS, Shop, salt
from tests.publicity.desk import LATER
from tests.scoring.licence import LICENCE, MONTHLY, NEXT_YEAR, ONCE, RULES, Licences, licences


@pytest.fixture
def at(database: Database) -> Licences:
    """The village with 驾照式 accounts."""
    return licences(database)


def test_every_household_gets_them_once_a_period_and_nobody_else(at: Licences) -> None:
    first, again = at.give(), at.give()

    assert (first, again) == (BaseGiven(given=8), BaseGiven())
    assert [at.honour(one) for one in (at.panel.village.wang, at.panel.village.member)] == [12, 0]
    assert at.points(at.panel.village.wang) == 0
    assert at.findings() == []


def test_in_batches_everybody_gets_them_once(at: Licences) -> None:
    some = [at.give(limit=3).given for _ in range(4)]

    assert some == [3, 3, 2, 0]


def test_honour_alone_buys_nothing(sqlite_database: Database) -> None:
    at = licences(sqlite_database)
    village = at.panel.village
    for code, (name, points, stock) in GOODS.items():
        village.write(market.add_goods, code=code, name=name, points=points, stock=stock)
    at.give()

    with pytest.raises(InsufficientPoints):
        Shop(village, {village.wang.id: village.card(village.wang)}).sell(village.wang, salt(), at=LATER)


def test_where_the_scheme_says_so_they_can_be_spent(sqlite_database: Database) -> None:
    at = licences(sqlite_database)
    at.adopt(RULES | {"党员": MONTHLY}, date(2026, 1, 1))
    at.give()

    member = at.panel.village.member
    assert (at.points(member), at.honour(member)) == (100, 100)
    assert at.standing(member)[0].in_words == "党员基础分：本月100分，可以兑换。"


def test_who_is_away_suspended_or_closed_gets_none_and_who_comes_back_gets_them_in_full(at: Licences) -> None:
    village = at.panel.village
    for who, status in ((village.wang, "away"), (village.li, "suspended")):
        village.write(roster.edit, code=who.code, facts=NewFacts(status=status), reason="常住城里")
    at.close_household(village.zeng)
    given = at.give().given

    village.write(roster.edit, code="0101", facts=NewFacts(status="active"), reason="回来了", at=LATER)
    back = at.give(LATER)

    assert (given, back.given) == (5, 1)
    assert [at.honour(one) for one in (village.wang, village.li, village.zeng)] == [12, 0, 0]


def test_who_goes_away_and_comes_back_gets_none_again(sqlite_database: Database) -> None:
    at = licences(sqlite_database)
    at.give()
    for status in ("away", "active"):
        facts = NewFacts(status=status)
        at.panel.village.write(roster.edit, code="0101", facts=facts, reason="出门几天", at=LATER)

    assert at.give(LATER) == BaseGiven()


def test_a_changed_amount_holds_from_the_next_period(sqlite_database: Database) -> None:
    at = licences(sqlite_database)
    at.give(limit=1)
    at.adopt(RULES | {"驾照": LICENCE | {"分值": "20"}}, date(2026, 9, 1))

    at.give(LATER)
    this_year = {at.honour(getattr(at.panel.village, who)) for who in ("wang", "li", "tag")}
    at.give(NEXT_YEAR)

    assert this_year == {12}
    assert at.honour(at.panel.village.wang) == 20


def test_a_version_without_the_item_gives_none_and_takes_back_what_is_over(sqlite_database: Database) -> None:
    at = licences(sqlite_database)
    at.give()
    at.adopt({code: row for code, row in RULES.items() if code != "驾照"}, date(2026, 12, 1))

    at.give(NEXT_YEAR)

    assert at.honour(at.panel.village.wang) == 0


def test_what_is_given_once_stays(sqlite_database: Database) -> None:
    at = licences(sqlite_database)
    at.adopt(RULES | {"底分": ONCE}, date(2026, 1, 1))
    at.give()
    at.give(NEXT_YEAR)

    assert at.honour(at.panel.village.wang) == 80 + 12
    assert [one.in_words for one in at.standing(at.panel.village.wang, NEXT_YEAR.date())] == [
        "每户基础分：80分，只计荣誉。",
        "文明驾照分：本年12分，还剩12分，只计荣誉。",
    ]


def test_what_is_left_is_taken_back_and_given_anew(at: Licences) -> None:
    village = at.panel.village
    at.give()
    at.post(
        scoring.ScoreRow("0101", "乱停", date(2026, 8, 3)), scoring.ScoreRow("0303", "助邻", date(2026, 8, 3))
    )
    left = at.left(village.wang)

    renewed = at.give(NEXT_YEAR)

    assert left == 9
    assert renewed == BaseGiven(given=8, ended=8)
    # What was earned stays; what was deducted from the account of last year is past.
    assert [at.honour(one) for one in (village.wang, village.li)] == [12, 22]
    assert at.left(village.wang, NEXT_YEAR.date()) == 12
    assert at.findings() == []


def test_what_is_left_of_everybodys_is_asked_at_once(sqlite_database: Database) -> None:
    at = licences(sqlite_database)
    everyone = at.panel.read(roster.everyone)
    at.give()
    at.post(
        scoring.ScoreRow("0101", "乱停", date(2026, 8, 3)), scoring.ScoreRow("0303", "助邻", date(2026, 8, 3))
    )
    asked: list[str] = []
    with sqlite_database.reading() as session:
        driver = session.connection().connection.driver_connection
        assert driver is not None
        driver.set_trace_callback(asked.append)
        year = {"first": date(2026, 1, 1), "last": date(2026, 12, 31)}
        left = scoring.base_left(session, village="chayuan", **year)
        driver.set_trace_callback(None)

    assert left == {one.id: at.standing(one)[0].left for one in everyone if at.standing(one)}
    assert sorted(left.values()) == [900, *[1200] * 7]
    assert len(asked) <= 4


def test_the_statement_names_item_and_period(sqlite_database: Database) -> None:
    at = licences(sqlite_database)
    at.give()
    at.give(NEXT_YEAR)
    here = {"participant": at.panel.village.wang.id, "unit": "honour"}

    lines = at.panel.read(ledger.statement, **here).lines

    assert [(one.kind, one.words["title"], one.amount) for one in lines] == [
        ("base", "文明驾照分（2027年）", whole(12)),
        ("clearing", "文明驾照分（2026年）期满收回", whole(-12)),
        ("base", "文明驾照分（2026年）", whole(12)),
    ]


@pytest.mark.parametrize(("moment", "given"), [("2026-12-31T15:59:59", 0), ("2026-12-31T16:00:00", 8)])
def test_the_year_begins_at_midnight_in_the_village(
    sqlite_database: Database, moment: str, given: int
) -> None:
    at = licences(sqlite_database)
    at.give()

    assert at.give(datetime.fromisoformat(moment).replace(tzinfo=UTC)).given == given


def test_they_are_on_no_board_and_in_totals_of_their_own(sqlite_database: Database) -> None:
    at = licences(sqlite_database)
    at.give()

    size = at.panel.read(ledger.tree_head).size
    assert at.panel.read(scoring.month_totals, month="2026-09") == {}
    assert at.panel.read(ledger.totals, start=0, end=size) == {"base": {"honour": whole(96)}}
    assert not at.panel.read(ledger.has_begun)


def test_nobody_enters_a_score_of_them(sqlite_database: Database) -> None:
    at = licences(sqlite_database)

    with pytest.raises(Exception, match="由程序按期发放"):
        at.panel.enter(scoring.ScoreRow("0101", "驾照", NOW.date()))


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE base_grant SET amount = 1",
        "UPDATE base_grant SET ended_at = NULL, ended_before = NULL, taken_points = NULL, taken_honour = 1",
        "UPDATE base_grant SET taken_honour = 0 WHERE ended_at IS NOT NULL",
        "DELETE FROM base_grant",
        "INSERT INTO base_grant SELECT * FROM base_grant",
    ],
)
def test_what_was_given_is_neither_changed_nor_given_again(database: Database, statement: str) -> None:
    at = licences(database)
    at.give()
    at.give(NEXT_YEAR)

    with pytest.raises(DatabaseError), database.writing() as session:
        session.connection().exec_driver_sql(statement)


def test_a_row_that_was_changed_behind_the_programs_back_is_found(sqlite_database: Database) -> None:
    at = licences(sqlite_database)
    at.give()
    tamper(sqlite_database, "UPDATE base_grant SET amount = 9900 WHERE period = '2026'")

    assert any("base_grant" in one for one in at.findings())


@pytest.mark.parametrize("changed", [{"驾照2": LICENCE}, {"驾照": LICENCE | {"周期": "季度"}}])
def test_nobody_has_two_accounts_that_deductions_come_off(
    sqlite_database: Database, changed: dict[str, dict[str, str]]
) -> None:
    at = licences(sqlite_database)
    at.give()
    wang = at.panel.village.wang
    at.adopt({code: row for code, row in RULES.items() if code != "驾照"} | changed, date(2026, 8, 1))

    assert at.give() == BaseGiven()
    [ahead] = at.panel.read(scoring.base_ahead, at=NOW)[0]
    assert (ahead.waiting, ahead.later, at.honour(wang)) == (0, 8, 12)
    # What is due begins when the other is over.
    assert at.give(at=NEXT_YEAR) == BaseGiven(given=8, ended=8)
    assert (at.left(wang, NEXT_YEAR.date()), at.honour(wang)) == (12, 12)
