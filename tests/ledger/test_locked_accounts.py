"""An account once locked is not asked for again in the same write, and what is known of it stays true."""

import pytest
from sqlalchemy.exc import IntegrityError

from pointsbank import ledger
from tests.builders import COMMITTEE, NOW, VILLAGE, Chayuan
from tests.ledger.moves import award, purchase

COMMON = {"village": VILLAGE, "by": COMMITTEE, "at": NOW}


def test_postings_of_one_write_add_up(village: Chayuan) -> None:
    with village.database.writing() as session:
        ledger.lock_accounts(session, village=VILLAGE, participants=[village.wang.id])
        ledger.post(session, [award(village.wang, 5)], **COMMON)
        ledger.post(session, [award(village.wang, 2), purchase(village.wang, 300)], **COMMON)

    assert village.balance(village.wang).points == 400


def test_after_a_refusal_the_same_write_knows_what_is_really_there(village: Chayuan) -> None:
    with village.database.writing() as session:
        ledger.post(session, [award(village.wang, 5)], **COMMON)
        with pytest.raises(ledger.problems.InsufficientPoints):
            ledger.post(session, [purchase(village.wang, 200), purchase(village.wang, 900)], **COMMON)
        [posted] = ledger.post(session, [purchase(village.wang, 100)], **COMMON)

    assert set(posted.balances.values()) == {400, 100}
    assert village.balance(village.wang).points == 400
    assert ledger.audit(village.database, village=VILLAGE).findings == []


def test_what_was_closed_in_this_write_takes_nothing_more(village: Chayuan) -> None:
    with pytest.raises(ledger.problems.AccountClosed), village.database.writing() as session:
        ledger.post(session, [award(village.wang, 5)], **COMMON)
        ledger.close_accounts(
            session, participant=village.wang.id, heir=village.li.id, words={"decision": "并户"}, **COMMON
        )
        ledger.post(session, [award(village.wang, 5)], **COMMON)


def test_a_source_said_to_be_new_is_still_posted_once(village: Chayuan) -> None:
    village.give(village.wang, 10)
    entry = purchase(village.wang, 100, source=("redemption", "sale-1"), new_source=True)
    village.write(ledger.post, entries=[entry])

    with pytest.raises(IntegrityError):
        village.write(ledger.post, entries=[entry])
    assert village.balance(village.wang).points == 900
