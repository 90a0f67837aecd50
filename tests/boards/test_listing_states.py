"""A village with listings and objections in every state migrates down and up, and nothing is lost."""

from datetime import timedelta
from typing import Any

from sqlalchemy import text
from sqlmodel import Session

from pointsbank import backups, boards, copying, migrating, publicity, tables
from pointsbank.boards.listings import listings
from pointsbank.boards.states import DOWN, PROPOSED, REJECTED, UP, WITHDRAWN
from pointsbank.database import Database
from tests.builders import HANDED
from tests.publicity.scene import CODE, LI, MONTH, NOW, ZHAO, after, hung, scores_of

FACT = "门前杂物堆放"


def propose(session: Session, code: str, month: str = MONTH) -> str:
    """Li proposes a household for the black board, one a minute."""
    at = NOW + timedelta(minutes=len(listings(session, village=CODE)))
    one = boards.propose_black(
        session, village=CODE, month=month, participant=code, rule="B1", fact=FACT, by=LI, at=at
    )
    return one.id


def put_up(session: Session, code: str, month: str = MONTH) -> str:
    """Li proposes and notifies a household, and people put it up."""
    listing = propose(session, code, month)
    deliver(session, listing)
    boards.countersign(session, village=CODE, listing=listing, by=ZHAO, at=after(7))
    vote(session, listing, 5, 1)
    return listing


def deliver(session: Session, listing: str) -> None:
    """Li brings the letter."""
    boards.deliver(session, village=CODE, listing=listing, on=NOW.date(), **HANDED, by=LI, at=NOW)


def vote(session: Session, listing: str, votes_for: int, votes_against: int) -> None:
    """People decide a week later."""
    boards.decide(
        session,
        village=CODE,
        listing=listing,
        votes_for=votes_for,
        votes_against=votes_against,
        on=after(7).date(),
        by=ZHAO,
        at=after(7),
    )


def take_down(session: Session, listing: str) -> None:
    """It is put right."""
    boards.take_down(session, village=CODE, listing=listing, reason="已整改", by=LI, at=after(8))


def contest(session: Session, listing: str, upheld: bool | None) -> None:
    """The household objects, and may get its answer."""
    raised = boards.object_to_listing(
        session, village=CODE, listing=listing, raised_by="王建国", reason="已清理", by=LI, at=after(1)
    )
    if upheld is not None:
        boards.decide_listing_objection(
            session, village=CODE, objection=raised.id, upheld=upheld, reason="看过", by=ZHAO, at=after(2)
        )


def every_state(database: Database) -> None:
    """Listings proposed, up, rejected, withdrawn and down; objections open, upheld and rejected."""
    with database.writing() as session:
        notice = hung(session, *[("0101", "A1")] * 3)
        for score, upheld in zip(scores_of(session, notice), (None, True, False), strict=True):
            raised = publicity.raise_objection(
                session, village=CODE, score=score.id, raised_by="匿名", reason="不在家", by=LI, at=NOW
            )
            if upheld is not None:
                publicity.decide_objection(
                    session,
                    village=CODE,
                    objection=raised.id,
                    upheld=upheld,
                    reason="查",
                    by=ZHAO,
                    at=after(1),
                )
        boards.resolve_black_board(session, village=CODE, resolution="决议", on=NOW.date(), by=LI, at=NOW)
        take_down(session, propose(session, "0101"))
        vote(session, propose(session, "0101"), 1, 4)
        take_down(session, put_up(session, "0101"))
        put_up(session, "0101")
        deliver(session, propose(session, "0102"))
        contested = propose(session, "0202")
        contest(session, contested, upheld=False)
        contest(session, contested, upheld=None)
        contest(session, put_up(session, "0202", "2026-10"), upheld=True)
        boards.propose_red(session, village=CODE, month=MONTH, by=LI, at=NOW, participants=["0101", "0201"])


def content(database: Database) -> dict[str, tuple[int, int]]:
    """Every table's count and fingerprint."""
    with database.reading() as session:
        return {
            table.name: copying.fingerprint(session, table)
            for table in tables.metadata.sorted_tables
            # Before 0038 a notice's days began with its publication: going back forgets more.
            if table.name != "notice"
        }


def rows(database: Database, query: str) -> list[Any]:
    """What a query finds, as tuples."""
    with database.engine.connect() as connection:
        return [tuple(row) for row in connection.execute(text(query))]


def old_content(database: Database) -> list[list[Any]]:
    """The tables that the migration changes, before it."""
    return [rows(database, f"SELECT * FROM {name} ORDER BY id") for name in OLD_TABLES]


OLD_TABLES = ("listing", "listing_objection", "objection")


def test_every_state_survives_going_down_and_up(database: Database) -> None:
    every_state(database)
    before = content(database)
    with database.reading() as session:
        listed = listings(session, village=CODE)
    assert {one.status for one in listed} == {PROPOSED, UP, REJECTED, WITHDRAWN, DOWN}

    migrating.downgrade(database, "0011")
    migrating.upgrade(database)

    assert content(database) == before
    assert backups.problems(database) == []
    with database.reading() as session:
        assert listings(session, village=CODE) == listed


def test_going_down_the_old_rows_say_the_same_and_come_back_the_same(database: Database) -> None:
    every_state(database)
    migrating.downgrade(database, "0011")
    before = old_content(database)

    statuses = rows(
        database,
        "SELECT status, count(*), count(notified_on), count(decided_on), count(expires_on), count(ended_at),"
        " count(log_index) FROM listing GROUP BY status ORDER BY status",
    )
    assert statuses == [
        ("down", 2, 2, 2, 2, 2, 2),
        ("proposed", 4, 1, 0, 0, 0, 0),
        ("rejected", 1, 0, 1, 0, 0, 0),
        ("up", 1, 1, 1, 1, 0, 1),
        ("withdrawn", 1, 0, 0, 0, 1, 0),
    ]
    for name in OLD_TABLES[1:]:
        answers = rows(
            database,
            f"SELECT status, count(*), count(decision) FROM {name} GROUP BY status ORDER BY status",
        )
        assert answers == [("open", 1, 0), ("rejected", 1, 1), ("upheld", 1, 1)]

    migrating.upgrade(database)
    migrating.downgrade(database, "0011")
    assert old_content(database) == before
