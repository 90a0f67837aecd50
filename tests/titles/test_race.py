"""Two meetings vote at once on the last place of a title: one household has it, thanks to the lock."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from sqlmodel import Session

from pointsbank import titles
from pointsbank.database import Database
from pointsbank.titles import Title, Vote
from tests.builders import SUPERVISOR, VILLAGE
from tests.publicity.test_settling_race import together, without_locks
from tests.titles.scene import checked, founded, here, nominated

READ = re.compile(r"FROM title_step\s+WHERE")
"""After this question a vote knows how many places are taken."""


def voting(one: Title) -> Callable[[Session], list[Title]]:
    """A meeting votes for one household."""
    return lambda session: titles.vote(session, votes=[Vote(one.id, 9, 1)], **here(by=SUPERVISOR))


def for_the_last_place(database: Database) -> list[Any]:
    """Two households, one place, two votes at one moment; what each was told."""
    founded(database, quota=1)
    ones = [checked(database, nominated(database, code)) for code in ("0101", "0102")]
    return together(database, *map(voting, ones), read=READ)


def seated(database: Database) -> int:
    """How many have the title."""
    with database.reading() as session:
        return len(titles.titles(session, village=VILLAGE, states=["voted"]))


def test_of_two_votes_on_the_last_place_one_is_told_that_it_is_taken(database: Database) -> None:
    answers = for_the_last_place(database)

    assert sorted(type(one).__name__ for one in answers) == ["TitleQuotaFull", "list"]
    assert seated(database) == 1


def test_the_lock_is_what_keeps_them_apart(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    with without_locks(database, monkeypatch):
        answers = for_the_last_place(database)

    assert not any(isinstance(one, titles.problems.TitleQuotaFull) for one in answers), (
        "both saw the last place free, and the second was only stopped by a constraint of the log"
    )
    assert seated(database) == 1
