"""A whole meeting posted in one call leaves what the same transactions posted one by one leave."""

import random
from typing import Any

import pytest
from sqlmodel import select

from pointsbank import ledger
from pointsbank.ledger.log import HANDFUL
from pointsbank.ledger.models import (
    AccountRow,
    LogEntryRow,
    LogHeadRow,
    LogPrivateRow,
    PostingRow,
    TransactionRow,
)
from tests.builders import COMMITTEE, NOW, VILLAGE, Chayuan
from tests.ledger.moves import award, deduction, purchase

_LEDGER = (LogHeadRow, LogEntryRow, LogPrivateRow, TransactionRow, PostingRow, AccountRow)


class Undone(Exception):
    """Takes a write back."""


def meeting(village: Chayuan) -> list[ledger.NewTransaction]:
    """More than two handfuls: awards, deductions that stop at nothing, and purchases in between."""
    people = [village.wang, village.li, village.shan, village.zeng]
    entries = []
    for number in range(2 * HANDFUL + 7):
        who = people[number * 7 % 4]
        if number % 5 == 3:
            entries.append(deduction(who, 3, at_most_balance=True))
        elif number % 11 == 10:
            entries.append(purchase(who, 25, source=("redemption", f"sale-{number}")))
        else:
            entries.append(award(who, number % 3 + 1, source=f"score-{number}"))
    return entries


def left_behind(village: Chayuan, calls: list[list[ledger.NewTransaction]]) -> dict[str, Any]:
    """What posting in these calls answers and leaves in the ledger's tables; then all is undone."""
    village.database.entropy = random.Random("salts").randbytes
    seen: dict[str, Any] = {"posted": []}
    with pytest.raises(Undone), village.database.writing() as session:
        for entries in calls:
            seen["posted"] += ledger.post(session, entries, village=VILLAGE, by=COMMITTEE, at=NOW)
        for model in _LEDGER:
            rows = [row.model_dump() for row in session.exec(select(model))]
            seen[model.__name__] = sorted(rows, key=repr)
        raise Undone()
    return seen


def test_at_once_is_one_by_one(village: Chayuan) -> None:
    entries = meeting(village)

    at_once = left_behind(village, [entries])
    one_by_one = left_behind(village, [[entry] for entry in entries])

    assert at_once == one_by_one
    assert len(at_once["LogEntryRow"]) == len(entries)


def test_a_refusal_in_the_last_handful_leaves_nothing(village: Chayuan) -> None:
    with village.database.writing() as session:
        with pytest.raises(ledger.problems.InsufficientPoints):
            entries = [*meeting(village), purchase(village.tag, 1)]
            ledger.post(session, entries, village=VILLAGE, by=COMMITTEE, at=NOW)
        # Even a caller who goes on after the refusal finds nothing written.
        assert session.exec(select(LogEntryRow)).all() == []
        assert session.exec(select(TransactionRow)).all() == []
