"""Praise for a deed: kinds that the village adopted, proposals, one vote on many, what hangs."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from pointsbank import boards, law, publicity, roster, scoring, villages
from pointsbank.boards import Listing, PraiseKind, Proposer, Vote
from pointsbank.database import Database
from tests.publicity.scene import CODE, LI, MONTH, NOW, after, found_village, hung, scores_of, settle

TODAY = date(2026, 9, 5)
COURTYARD = {
    "name": "美丽庭院",
    "about": "院里院外干净整齐",
    "applies_to": "household",
    "places": 2,
    "span": "month",
    "resolution": "2026年村民会议",
}
RESCUE = COURTYARD | {"name": "抢险救人", "about": "有人遇险时出手救人", "applies_to": "any", "span": "standing"}
NEIGHBOUR = Proposer("person", "0303")


def adopt(database: Database, **given: Any) -> PraiseKind:
    """The village adopts a kind, 美丽庭院 where nothing else is said."""
    with database.writing() as session:
        return boards.adopt_kind(session, village=CODE, on=TODAY, by=LI, at=after(4), **(COURTYARD | given))


def propose(database: Database, kind: PraiseKind, *codes: str, **given: Any) -> list[Listing]:
    """Li writes down what 李秀英 proposes."""
    deed = {"deed": "门前屋后收拾得干净整齐", "proposer": NEIGHBOUR} | given
    with database.writing() as session:
        return boards.propose_praise(
            session, village=CODE, month=MONTH, kind=kind.id, participants=codes, by=LI, at=after(4), **deed
        )


def vote(database: Database, *listings: Listing, votes: tuple[int, int] = (9, 1)) -> list[Listing]:
    """One show of hands on all of them."""
    cast = [Vote(one.id, *votes) for one in listings]
    with database.writing() as session:
        return boards.decide_each(session, village=CODE, votes=cast, on=TODAY, by=LI, at=after(4))


def wall(database: Database) -> list[tuple[str, str, str]]:
    """Kind, name and reason of all that hangs on the red board."""
    with database.reading() as session:
        red = publicity.public_board(session, village=CODE, month=MONTH, at=after(4)).red
    return [(one.kind, one.name, one.reason) for one in red]


@pytest.fixture
def village(sqlite_database: Database) -> Database:
    """茶源村, in which 0101 and 0102 scored."""
    with sqlite_database.writing() as session:
        settle(session, hung(session, ("0101", "A1"), ("0102", "A2"), ("0202", "B1")))
    return sqlite_database


def test_a_deed_hangs_after_the_vote_beside_the_ranking_masked(database: Database) -> None:
    with database.writing() as session:
        settle(session, hung(session, ("0101", "A1")))
        ranked = boards.propose_red(session, village=CODE, month=MONTH, by=LI, at=after(4))
    waiting = propose(database, adopt(database), "0101", "0201")
    assert wall(database) == []
    vote(database, *ranked, *waiting)

    tidy = "门前屋后收拾得干净整齐"
    assert wall(database) == [
        ("", "王*国", "环境卫生5分"),
        ("美丽庭院", "王*国", tidy),
        ("美丽庭院", "买**·*力", tidy),
    ]
