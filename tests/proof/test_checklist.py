"""Before a month is closed: each line of the checklist, and that it says what the close will refuse."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from sqlmodel import Session

from pointsbank import boards, proof, publicity
from pointsbank.database import Database
from pointsbank.errors import Refused
from tests.publicity.scene import (
    CODE,
    LI,
    MONTH,
    NOW,
    after,
    found_village,
    hung,
    meeting_with,
    scores_of,
    settle,
)

OVER = after(40)
Story = Callable[[Session], Any]


def nothing(session: Session) -> None:
    """A village that did nothing in September."""
    found_village(session)


def sits(session: Session) -> None:
    """Its meeting is still open."""
    found_village(session)
    meeting_with(session, ("0101", "A1"))


def hangs(session: Session) -> None:
    """Its notice hangs."""
    hung(session, ("0101", "A1"))


def contested(session: Session) -> None:
    """One score stands, the other waits for an answer."""
    notice = hung(session, ("0101", "A1"), ("0102", "A1"))
    score = scores_of(session, notice)[1].id
    publicity.raise_objection(
        session, village=CODE, score=score, raised_by="匿名", reason="那天不在", by=LI, at=NOW
    )
    settle(session, notice)


def proposed(session: Session) -> list[boards.Listing]:
    """All stands, and the red board is drafted."""
    settle(session, hung(session, ("0101", "A1"), ("0102", "A2")))
    return boards.propose_red(session, village=CODE, month=MONTH, by=LI, at=after(4))


def praised(session: Session) -> None:
    """One is on the red board, the other was voted down."""
    votes = [boards.Vote(one.id, 5, 3 * place) for place, one in enumerate(proposed(session), 1)]
    boards.decide_each(session, village=CODE, votes=votes, on=date(2026, 9, 5), by=LI, at=after(4))


def warned(session: Session) -> None:
    """A warning is proposed."""
    praised(session)
    boards.resolve_black_board(session, village=CODE, resolution="第3号", on=date(2026, 8, 1), by=LI, at=NOW)
    warning = {"participant": "0202", "rule": "B1", "fact": "门前堆放杂物"}
    boards.propose_black(session, village=CODE, month=MONTH, **warning, by=LI, at=after(4))


def closed(session: Session) -> None:
    """It is closed."""
    praised(session)
    proof.close_month(session, village=CODE, month=MONTH, by=LI, at=OVER)


@pytest.mark.parametrize(
    ("story", "month", "at", "unfinished", "heeded"),
    [
        (nothing, MONTH, OVER, set(), {"red_board"}),
        (nothing, MONTH, NOW, {"over"}, {"red_board"}),
        (sits, MONTH, OVER, {"open_meeting"}, {"red_board"}),
        (hangs, MONTH, OVER, {"unposted"}, {"red_board"}),
        (contested, MONTH, OVER, set(), {"contested", "red_board"}),
        (proposed, MONTH, OVER, set(), {"red_votes", "red_board"}),
        (praised, MONTH, OVER, set(), set()),
        (warned, MONTH, OVER, set(), {"black_votes"}),
        (closed, MONTH, OVER, {"closed"}, set()),
        (closed, "2026-10", OVER, {"over"}, {"red_board"}),
        (closed, "2026-11", after(100), {"turn"}, {"red_board"}),
    ],
)
def test_each_line_says_what_is_so_and_the_close_refuses_what_must_be_done_first(
    story: Story, month: str, at: datetime, unfinished: set[str], heeded: set[str], sqlite_database: Database
) -> None:
    with sqlite_database.writing() as session:
        story(session)
    with sqlite_database.reading() as session:
        ahead = proof.month_ahead(session, village=CODE, month=month, at=at)

    assert {one.code for one in ahead.checks if one.state == "open"} == unfinished
    assert {one.code for one in ahead.heeds} == heeded
    assert ahead.is_due == (not unfinished)
    assert refused(sqlite_database, month, at) == bool(unfinished)


def refused(database: Database, month: str, at: datetime) -> bool:
    """Whether the month cannot be closed; nothing is kept of it."""
    try:
        with database.writing() as session:
            proof.close_month(session, village=CODE, month=month, by=LI, at=at)
            session.rollback()
    except Refused:
        return True
    return False


def test_what_the_close_fixes_is_counted(database: Database) -> None:
    with database.writing() as session:
        warned(session)
    with database.reading() as session:
        ahead = proof.month_ahead(session, village=CODE, month=MONTH, at=OVER)

    assert (ahead.honour, ahead.plus, ahead.minus) == (750, 750, 0)
    assert (ahead.red, ahead.black, ahead.late) == (1, 0, "2026-10")
    [vote] = [one for one in ahead.checks if one.code == "black_votes"]
    assert vote.subject
