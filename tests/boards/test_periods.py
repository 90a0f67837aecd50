"""Boards of a quarter, a half-year and a year: from closed months, added up or averaged, then for good."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from pointsbank import boards, governing, proof, publicity, roster, scoring
from pointsbank.boards import PeriodBoard
from pointsbank.database import Database
from pointsbank.dates import next_month
from pointsbank.scoring import ScoreRow
from pointsbank.sheets import period_poster
from tests.builders import hang_out
from tests.publicity.scene import CODE, LI, found_village

LATER = datetime(2027, 2, 20, 2, tzinfo=UTC)


def moment(month: str, day: int) -> datetime:
    """A moment of a month."""
    return datetime(int(month[:4]), int(month[5:]), day, 2, tzinfo=UTC)


def live(database: Database, month: str, *deeds: tuple[str, str]) -> None:
    """A month with these deeds, each (household, item), that is closed on the third of the next."""
    at = moment(month, 10)
    with database.writing() as session:
        if deeds:
            held = scoring.open_meeting(
                session, village=CODE, held_on=at.date(), title="评议会", judges=["张三"], by=LI, at=at
            )
            rows = [ScoreRow(code, item, date(at.year, at.month, 5)) for code, item in deeds]
            scoring.enter_scores(session, village=CODE, meeting=held.id, rows=rows, by=LI, at=at)
            notice = hang_out(session, village=CODE, meeting=held.id, by=LI, at=at)
            publicity.settle(session, village=CODE, notice=notice.id, by=LI, at=at + timedelta(days=5))
        proof.close_month(session, village=CODE, month=month, by=LI, at=moment(next_month(month), 3))


@pytest.fixture
def quarter(sqlite_database: Database) -> Database:
    """October to December 2026: 0101 every month, 0102 at the start, 0201 in December alone, D01 never."""
    with sqlite_database.writing() as session:
        found_village(session)
    live(sqlite_database, "2026-10", ("0101", "A2"), ("0102", "A1"))
    away(sqlite_database, "0201", "away")
    live(sqlite_database, "2026-11", ("0101", "A2"))
    away(sqlite_database, "0201", "active")
    live(sqlite_database, "2026-12", ("0101", "A2"), ("0201", "A1"))
    return sqlite_database


def away(database: Database, code: str, status: str) -> None:
    """A household goes away for the year, or is back."""
    with database.writing() as session:
        facts = roster.NewFacts(status=status)
        roster.edit(
            session, village=CODE, code=code, facts=facts, reason="外出", by=LI, at=moment("2026-11", 1)
        )


def measure(database: Database, chosen: str) -> None:
    """The village chooses how months count."""
    with database.writing() as session:
        governing.change_settings(session, village=CODE, by=LI, at=LATER, period_measure=chosen)


def board(database: Database, period: str) -> PeriodBoard:
    """The board of a period."""
    with database.reading() as session:
        return boards.period_board(session, village=CODE, period=period)


def places(database: Database, period: str) -> dict[str, tuple[int, int, int]]:
    """Place, figure and months by code, of who has points."""
    with database.reading() as session:
        codes = {one.id: one.code for one in roster.everyone(session, village=CODE)}
    lines = board(database, period).lines
    return {codes[one.participant]: (one.place, one.figure, one.months) for one in lines if one.honour}


def test_a_quarter_adds_its_months_up_and_equal_figures_share_a_place(quarter: Database) -> None:
    assert places(quarter, "2026-Q4") == {"0101": (1, 750, 3), "0102": (2, 500, 3), "0201": (2, 500, 2)}
    assert board(quarter, "2026-Q4").is_final and board(quarter, "2026").is_final
    assert places(quarter, "2026-H2") == places(quarter, "2026") == places(quarter, "2026-Q4")


def test_a_past_quarter_stays_as_the_setting_was_when_it_was_closed(quarter: Database) -> None:
    before = board(quarter, "2026-Q4")
    measure(quarter, "average")
    live(quarter, "2027-01", ("0101", "A1"), ("0102", "A1"))

    assert board(quarter, "2026-Q4") == before
    assert board(quarter, "2027-Q1").measure == "average"
    measure(quarter, "sum")
    assert board(quarter, "2026-Q4").measure == "sum"


def test_an_average_counts_the_months_in_which_somebody_was_there(sqlite_database: Database) -> None:
    with sqlite_database.writing() as session:
        found_village(session)
    measure(sqlite_database, "average")
    live(sqlite_database, "2026-10", ("0101", "A1"))
    with sqlite_database.writing() as session:
        newcomer = {"code": "0304", "name": "李秀英", "group": "三组", "people": 2}
        roster.add(session, village=CODE, by=LI, at=moment("2026-11", 1), **newcomer)
    live(sqlite_database, "2026-11", ("0101", "A2"), ("0304", "A1"))

    found = board(sqlite_database, "2026-Q4")
    assert not found.is_final
    assert places(sqlite_database, "2026-Q4") == {"0304": (1, 500, 1), "0101": (2, 375, 2)}


def test_a_kind_that_was_never_scored_leads_nothing_and_the_wall_shows_who_does(quarter: Database) -> None:
    with quarter.writing() as session:
        boards.leave(session, village=CODE, participant="0102", signed_on=date(2026, 12, 1), by=LI, at=LATER)
    with quarter.reading() as session:
        found = publicity.public_periods(session, village=CODE, at=LATER)

    assert [one.title for one in found] == ["2026年第四季度", "2026年下半年", "2026年度"]
    assert [(one.place, one.name, one.honour) for one in found[0].places] == [
        (1, "王*国", 750),
        (2, "买**·*力", 500),
    ]
    assert {one.kind for one in board(quarter, "2026-Q4").lines if one.plus} == {"household"}


@pytest.mark.parametrize("given", ["2026-Q5", "2026-H3", "26", "2026-13", "2026-Q", "２０２６"])
def test_what_is_no_period_is_refused(sqlite_database: Database, given: str) -> None:
    with pytest.raises(boards.problems.BoardPeriodInvalid), sqlite_database.reading() as session:
        boards.period_board(session, village=CODE, period=given)


def own(database: Database, code: str) -> list[tuple[str, int, int, int, int, int]]:
    """What a household's own page says of its periods."""
    with database.reading() as session:
        who = roster.by_code(session, village=CODE, code=code).id
        found = boards.own_periods(session, village=CODE, participant=who)
    return [(one.title, one.place, one.of, one.group_place, one.group_of, one.figure) for one in found]


def test_a_household_reads_its_own_place_in_a_period_whether_it_left_all_boards_or_not(
    quarter: Database,
) -> None:
    with quarter.writing() as session:
        boards.leave(session, village=CODE, participant="0102", signed_on=date(2026, 12, 1), by=LI, at=LATER)

    assert own(quarter, "0102") == [("2026年第四季度", 2, 8, 2, 2, 500)] + [
        (title, 2, 8, 2, 2, 500) for title in ("2026年下半年", "2026年度")
    ]
    assert own(quarter, "D01") == []
    away(quarter, "0102", "away")
    assert own(quarter, "0102") == []


def test_who_left_before_a_period_began_is_counted_in_it_for_itself_alone(sqlite_database: Database) -> None:
    with sqlite_database.writing() as session:
        found_village(session)
        at = moment("2026-10", 1)
        boards.leave(session, village=CODE, participant="0101", signed_on=at.date(), by=LI, at=at)
    live(sqlite_database, "2026-10", ("0101", "A2"), ("0102", "A1"), ("0201", "A2"))
    with sqlite_database.writing() as session:
        at = moment("2026-11", 20)
        boards.leave(session, village=CODE, participant="0102", signed_on=at.date(), by=LI, at=at)
    live(sqlite_database, "2026-11", ("0101", "A2"), ("0102", "A1"), ("0201", "A2"))

    assert own(sqlite_database, "0101") == [("2026年第四季度", 1, 8, 1, 2, 500)]
    # November, in which it had no place, counts for itself.
    assert own(sqlite_database, "0102") == [("2026年第四季度", 1, 7, 1, 1, 1000)]
    assert own(sqlite_database, "0201") == [("2026年第四季度", 1, 7, 1, 3, 500)]


def test_a_closed_month_without_scores_gives_nobody_a_place(sqlite_database: Database) -> None:
    with sqlite_database.writing() as session:
        found_village(session)
    live(sqlite_database, "2026-10")
    live(sqlite_database, "2026-11", ("0101", "A1"))
    with sqlite_database.reading() as session:
        ids = {one.code: one.id for one in roster.everyone(session, village=CODE)}
        place = {
            (code, month): boards.own_place(session, village=CODE, participant=ids[code], month=month)
            for code in ("0101", "D01")
            for month in ("2026-10", "2026-11")
        }

    assert [key for key, one in place.items() if one] == [("0101", "2026-11")]


def on_paper(database: Database, **options: str) -> Any:
    """The poster of a period."""
    with database.reading() as session:
        return period_poster.gather(session, village=CODE, by=LI, at=LATER, public_url="", **options)


def test_a_quarter_hangs_under_the_names_of_its_board_and_says_what_is_not_settled(
    sqlite_database: Database,
) -> None:
    with sqlite_database.writing() as session:
        found_village(session)
    with pytest.raises(period_poster.PeriodNotBegun):
        on_paper(sqlite_database)
    live(sqlite_database, "2026-10", ("0101", "A2"), ("0102", "A1"))
    running = on_paper(sqlite_database)
    live(sqlite_database, "2026-11", ("0101", "A2"))
    live(sqlite_database, "2026-12", ("0201", "A1"))
    final = on_paper(sqlite_database, period="2026-Q4", paper="A4")
    with sqlite_database.writing() as session:
        disputed = scoring.scores(session, village=CODE)[0]
        publicity.raise_objection(
            session, village=CODE, score=disputed.id, raised_by="张三", reason="那天不在", by=LI, at=LATER
        )
    with sqlite_database.reading() as session:
        shown = publicity.public_period(session, village=CODE, period="2026-Q4", at=LATER)

    assert running.note == "还没有定榜：2026年12月月结以后才定，名次还会变。" and final.note == ""
    assert on_paper(sqlite_database, period="2026").note == "有1条评分的异议还没有答复。"
    assert (final.when, final.code, final.black, final.on_a4) == ("2026年第四季度", "2026-Q4", None, True)
    assert [(one.rank, one.name) for one in final.red] == [(one.place, one.name) for one in shown.places]
    assert "王*国" in [one.name for one in final.red]
    with pytest.raises(period_poster.PeriodNotBegun):
        on_paper(sqlite_database, period="2026-Q1")
