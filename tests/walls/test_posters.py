"""A poster comes off the wall when somebody on it may not be named there any more."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlmodel import Session

from pointsbank import boards, proof, publicity, walls
from pointsbank.database import Database
from pointsbank.dates import next_month
from tests.boards.test_red_board import draft, scored, vote
from tests.publicity.scene import CODE, LI, MONTH, after

HERE = {"village": CODE, "by": LI}


def _take_back(session: Session, listing: str) -> None:
    publicity.withdraw_consent(session, participant="0101", at=after(33), **HERE)


def _come_down(session: Session, listing: str) -> None:
    boards.take_down(session, listing=listing, reason="本户要求", at=after(33), **HERE)


def _leave(session: Session, listing: str) -> None:
    boards.leave(session, participant="0101", signed_on=after(33).date(), at=after(33), **HERE)


def _another(session: Session, listing: str) -> None:
    publicity.give_consent(session, participant="0202", at=after(32), **HERE)
    publicity.withdraw_consent(session, participant="0202", at=after(33), **HERE)


@pytest.mark.parametrize("subject", [MONTH, boards.periods_of(MONTH)[0].code])
@pytest.mark.parametrize(
    ("done", "comes_off"), [(_take_back, True), (_come_down, True), (_leave, True), (_another, False)]
)
def test_a_poster_comes_off_when_somebody_on_it_is_not_named_any_more(
    sqlite_database: Database, subject: str, done: Callable[[Session, str], None], comes_off: bool
) -> None:
    scored(sqlite_database)
    with sqlite_database.writing() as session:
        publicity.give_consent(session, participant="0101", at=after(4), **HERE)
    listing = vote(sqlite_database, draft(sqlite_database, "0101")[0])
    with sqlite_database.writing() as session:
        proof.close_month(session, month=MONTH, at=after(31), **HERE)
        where = {"place": "祠堂", "size": "a3"}
        copy = walls.put_up_poster(session, month=subject, at=after(32), **where, **HERE)
        done(session, listing.id)

    with sqlite_database.reading() as session:
        due = walls.to_take_down(session, village=CODE, at=after(33) + timedelta(hours=1))
    assert [one.id for one in due if one.paper == walls.POSTER] == ([copy.id] if comes_off else [])


def test_a_poster_of_a_half_year_comes_off_when_another_month_of_it_is_closed(
    sqlite_database: Database,
) -> None:
    scored(sqlite_database)
    half = boards.periods_of(MONTH)[1].code
    with sqlite_database.writing() as session:
        proof.close_month(session, month=MONTH, at=after(31), **HERE)
        walls.put_up_poster(session, month=half, place="祠堂", size="a3", at=after(32), **HERE)
        before = walls.to_take_down(session, village=CODE, at=after(61))
        proof.close_month(session, month=next_month(MONTH), at=after(62), **HERE)
        due = walls.to_take_down(session, village=CODE, at=after(62))
    assert half not in [one.subject_id for one in before]
    assert half in [one.subject_id for one in due]
