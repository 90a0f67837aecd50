"""What the board keeps: sales leave it, and what it tells of is gone with another write and with the day."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlmodel import Session, SQLModel

from pointsbank import (
    boards,
    card_page,
    disclosure,
    grades,
    ledger,
    market,
    objections,
    publicity,
    roster,
    scoring,
)
from pointsbank.boards.contested import contested
from pointsbank.boards.kinds import LISTINGS
from pointsbank.card_page import statement
from pointsbank.card_visits import CardVisit
from pointsbank.database import Database, execute
from pointsbank.dates import day_of, month_of
from pointsbank.market import BasketLine
from pointsbank.points import Points
from pointsbank.roster.problems import CardMalformed
from pointsbank.web import household_facts
from tests.builders import CLERK, COMMITTEE, VILLAGE
from tests.proof import whole_village
from tests.proof.month import on
from tests.publicity.scene import CODE, LI, NOW, hung, scores_of
from tests.statements import asked_of

AT = on(30, month=10)
"""A Friday, on which the shop is open."""
HERE: dict[str, Any] = {"village": VILLAGE}


@pytest.fixture
def village(sqlite_database: Database) -> Database:
    """A village in which every table holds rows."""
    whole_village.live(sqlite_database)
    return sqlite_database


def tables(statements: list[str], *, written: bool = False) -> set[str]:
    """The tables that these statements read, or write."""
    words = r"(?:INSERT INTO|UPDATE|DELETE FROM) \"?(\w+)" if written else r"(?:FROM|JOIN|,) \"?(\w+)\"?"
    found = {name for one in statements for name in re.findall(words, one)}
    return found & set(SQLModel.metadata.tables)


def card_of(database: Database, code: str) -> roster.IssuedCard:
    """A new card of a household."""
    with database.writing() as session:
        who = roster.by_code(session, **HERE, code=code)
        [card] = roster.issue(session, **HERE, participants=[who.id], by=COMMITTEE, at=AT)
        roster.hand_out(session, **HERE, cards=[card.id], by=COMMITTEE, at=AT)
    return card


def sell(database: Database, card: roster.IssuedCard, number: int) -> None:
    """A packet of salt is sold."""
    at = AT + timedelta(minutes=number)
    scan = market.try_scan(database, **HERE, text=card.token, by=CLERK, at=at)
    market.sell(
        database,
        **HERE,
        request_id=f"kept-sale-{number:04d}",
        scan_ticket=scan.scan_ticket,
        confirmed=True,
        lines=[BasketLine("SP01", 1, Points(450))],
        by=CLERK,
        at=at,
    )


def refuse(database: Database, number: int) -> None:
    """Something that is no card is scanned: what was refused waits for the next entry of the log."""
    with pytest.raises(CardMalformed):
        market.try_scan(database, **HERE, text="x" * 20, by=CLERK, at=AT + timedelta(seconds=number))


def board(session: Session, at: datetime = AT) -> dict[str, Any]:
    """What stands in each section of the board."""
    return {one.section.name: one.found for one in disclosure.of_village(session, **HERE, at=at)}


def kept_over_sales(session: Session) -> None:
    """Ask for everything that no sale throws away."""
    for one in disclosure.every():
        if one.by_day:
            one.gather(session, **HERE, at=AT)
    publicity.notices(session, **HERE)
    publicity.gathered(session, **HERE)
    scoring.items_by_id(session, **HERE)
    market.opening_hours(session, **HERE)
    publicity.shown_as(session, **HERE)
    for table, period in grades.periods(session, **HERE, at=AT):
        which = {"table": table.number, "period": period.code}
        grades.kept_grades(session, **HERE, **which, left=(), at=AT)
    boards.is_frozen(session, **HERE, month="2026-09")
    objections.open_subjects(session, LISTINGS, **HERE)
    contested(session, **HERE)
    who = roster.by_code(session, **HERE, code="0101")
    publicity.under_way(session, **HERE, participant=who.id)
    scoring.hanging_corrections(session, **HERE, participant=who.id)
    scoring.months_of(session, **HERE, participant=who.id)


def test_no_sale_writes_what_is_kept_over_sales(village: Database):
    card = card_of(village, "0102")
    with asked_of(village) as sale:
        sell(village, card, 1)
    with asked_of(village) as kept, village.reading() as session:
        kept_over_sales(session)

    # Of the log only entries of other kinds are read.
    assert tables(sale, written=True) & tables(kept) <= {"log_entry", "log_head", "log_private"}
    assert {"account", "posting", "goods", "redemption"} <= tables(sale, written=True)


def test_the_board_asks_little_after_a_sale_and_shows_what_the_sale_changed(village: Database):
    card = card_of(village, "0102")
    with village.reading() as session:
        before = board(session)
    sell(village, card, 1)
    with asked_of(village) as statements, village.reading() as session:
        after = board(session)

    assert after["openness"].outstanding == before["openness"].outstanding - 450
    assert len(statements) <= 12
    assert not tables(statements) & {"notice", "question", "scheme", "anchor", "spot_check", "participant"}
    assert {**after, "openness": None} == {**before, "openness": None}


def test_the_last_day_of_a_paper_ends_at_midnight_though_nothing_was_written(village: Database):
    with village.reading() as session:
        until = max(one.ends_on for one in publicity.notices(session, **HERE) if one.ends_on)
        midnight = datetime(until.year, until.month, until.day, 16, tzinfo=UTC)
        [last] = [board(session, midnight - timedelta(seconds=1))["notices"].papers[:1]]
    with village.reading() as session:
        now = board(session, midnight)["notices"].papers

    assert [one.last for one in last] == [until]
    assert not [one for one in now if one.last == until]


def test_what_waits_for_an_entry_is_seen_before_and_after_a_sale(village: Database):
    card = card_of(village, "0102")
    refused = select(func.count()).select_from(SQLModel.metadata.tables["attempt"])

    def count() -> int:
        with village.reading() as session:
            return ledger.kept(
                session,
                **HERE,
                about="refused",
                make=lambda: int(execute(session, refused).scalar_one()),
                but_sales=True,
            )

    counts = [count()]
    refuse(village, 1)
    counts.append(count())
    sell(village, card, 1)
    counts.append(count())
    refuse(village, 2)
    counts.append(count())

    assert [one - counts[0] for one in counts] == [0, 1, 1, 2]


def test_an_objection_shows_at_once_on_the_paper_and_on_the_household_page(sqlite_database: Database):
    with sqlite_database.writing() as session:
        notice = hung(session, ("0101", "A1"), ("0102", "A1"))
        [score, _] = scores_of(session, notice)

    def look() -> tuple[bool, bool]:
        with sqlite_database.reading() as session:
            paper = disclosure.notice_in_full(session, village=CODE, notice=notice.id, at=NOW)
            words = [line for part in paper.chapters for one in part.households for line in one.plus]
            mine = publicity.under_way(session, village=CODE, participant=score.participant_id)
        return any("异议" in one for one in words), any(one.objection for one in mine)

    before = look(), look()
    with sqlite_database.writing() as session:
        reason = {"raised_by": "本户", "reason": "不是我家"}
        publicity.raise_objection(session, village=CODE, score=score.id, **reason, by=LI, at=NOW)

    assert (*before, look()) == ((False, False), (False, False), (True, True))


def test_a_file_is_read_anew_after_its_own_sale_alone(village: Database):
    own, other = card_of(village, "0101"), card_of(village, "0102")

    def points() -> tuple[int, int, bool]:
        with asked_of(village) as statements, village.reading() as session:
            who = roster.by_code(session, **HERE, code="0101")
            found = household_facts.facts_of(
                session, **HERE, who=who, unit=ledger.POINTS, before=None, day=AT.date()
            )
        return found.balance.points, len(found.page.lines), "posting" in tables(statements)

    first, again = points(), points()
    sell(village, other, 1)
    beside = points()
    sell(village, own, 2)
    after = points()

    assert (first[:2], again[2], beside) == (again[:2], False, again)
    assert after == (first[0] - 450, first[1] + 1, True)


def test_a_visit_by_card_asks_for_its_household_with_few_statements_and_keeps_nothing_of_it(
    village: Database,
):
    with village.reading() as session:
        who = roster.by_code(session, **HERE, code="0101")
    visit = CardVisit(VILLAGE, who.id, "", AT + timedelta(minutes=15))
    for _ in range(2):
        with asked_of(village) as statements, village.reading() as session:
            card_page.of_visit(session, visit=visit, at=AT)

    assert len(statements) <= 40
    own = {"account", "posting", "score", "listing", "pin", "claim", "question", "consent"}
    assert own <= tables(statements)


@pytest.mark.parametrize("month", ["", "2026-09", "2026-08", "2026-11", "2020-01"])
def test_a_month_of_a_statement_is_what_reading_all_lines_finds(village: Database, month: str):
    with village.reading() as session:
        who = roster.by_code(session, **HERE, code="0101")
        visit = CardVisit(VILLAGE, who.id, "", AT)
        found = statement.statement(session, visit=visit, month=month, unit=ledger.POINTS, at=AT)
        every = ledger.statement(session, **HERE, participant=who.id, limit=500).lines
    months = [month_of(day_of(one.recorded_at)) for one in every]
    earlier = next((place for place, one in enumerate(months) if one < found.month), len(every))

    assert [one.index for one in found.lines] == [
        one.index for one, its in zip(every, months, strict=True) if its == found.month
    ]
    assert found.months == tuple(dict.fromkeys(months[: earlier + 1]))
    assert found.before == (every[earlier].balance if earlier < len(every) else 0)
