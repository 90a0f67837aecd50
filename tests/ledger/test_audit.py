"""Whoever edits the books is found out, and the entry is named."""

import pytest

from pointsbank import ledger
from pointsbank.database import Database
from pointsbank.ledger import audit_entry
from tests.builders import NOW, VILLAGE, Chayuan, chayuan
from tests.ledger.moves import award, purchase
from tests.ledger.tampering import tamper


@pytest.fixture
def kept(village: Chayuan) -> Chayuan:
    """Four entries: two awards, a purchase, a resolution."""
    village.write(ledger.post, entries=[award(village.wang, 5, source="s1"), award(village.li, 3)])
    village.write(ledger.post, entries=[purchase(village.wang, 200)], request_id="request-0001")
    village.write(ledger.record, kind="scheme_adopted", words={"resolution": "村民代表会议决议"})
    return village


def found(village: Chayuan) -> list[tuple[int | None, str]]:
    """What the audit says."""
    state = ledger.audit(village.database, village=VILLAGE)
    return [(finding.index, finding.sentence) for finding in state.findings]


def test_honest_books_hold(kept: Chayuan) -> None:
    assert found(kept) == []


EDITS = {
    "an amount": "UPDATE posting SET amount = amount + 100 WHERE log_index = 1 AND line = 0",
    "an account": "UPDATE posting SET destination_account_id = '{namesake}.points' WHERE log_index = 1 AND line = 0",
    "a unit": "UPDATE posting SET unit = 'honour' WHERE log_index = 1 AND line = 0",
    "a running balance": "UPDATE posting SET source_balance = 0 WHERE log_index = 1 AND line = 0",
    "a line number": "UPDATE posting SET line = 7 WHERE log_index = 1 AND line = 1",
    "a posting gone": "DELETE FROM posting WHERE log_index = 1 AND line = 1",
    "a transaction gone": 'DELETE FROM "transaction" WHERE log_index = 1',
    "a kind": "UPDATE \"transaction\" SET kind = 'gift' WHERE log_index = 1",
    "a day": "UPDATE \"transaction\" SET occurred_on = '2026-08-01' WHERE log_index = 1",
    "a moment": "UPDATE \"transaction\" SET recorded_at = '2026-08-01 00:00:00.000000' WHERE log_index = 1",
    "an actor": "UPDATE \"transaction\" SET actor_id = 'zhao' WHERE log_index = 1",
    "a source": "UPDATE \"transaction\" SET source_kind = 'score', source_id = 'x' WHERE log_index = 1",
    "a request": "UPDATE \"transaction\" SET request_id = 'request-0002' WHERE log_index = 1",
    "a leaf": "UPDATE log_entry SET leaf = (SELECT leaf FROM log_entry WHERE log_index = 0) WHERE log_index = 1",
    "public bytes": "UPDATE log_entry SET public = (SELECT public FROM log_entry WHERE log_index = 0) WHERE log_index = 1",
    "an entry's kind": "UPDATE log_entry SET kind = 'gift' WHERE log_index = 1",
    "an entry's moment": "UPDATE log_entry SET recorded_at = '2026-08-01 00:00:00.000000' WHERE log_index = 1",
    "an entry gone": "DELETE FROM log_entry WHERE log_index = 1",
    "a salt": "UPDATE log_private SET salt = (SELECT salt FROM log_private WHERE log_index = 0) WHERE log_index = 1",
    "words": "UPDATE log_private SET private = (SELECT private FROM log_private WHERE log_index = 0) WHERE log_index = 1",
    "words gone": "DELETE FROM log_private WHERE log_index = 1",
}


@pytest.mark.parametrize("edit", EDITS)
def test_an_edited_entry_is_named(kept: Chayuan, edit: str, monkeypatch: pytest.MonkeyPatch) -> None:
    tamper(kept.database, EDITS[edit].format(namesake=kept.namesake.id))

    named = found(kept)
    assert 1 in {index for index, _ in named}

    # The same is said where every open part is taken to pieces instead of being written anew and compared.
    monkeypatch.setattr(audit_entry, "_as_columns_say", lambda *_: None)
    assert found(kept) == named


ODD = {
    "a part of a second": "UPDATE log_entry SET recorded_at = substr(recorded_at, 1, 19) || '.000001'",
    "a letter that only looks the same": "UPDATE log_entry SET kind = char(0x212a) WHERE log_index = 3",
    "a number too large to be written": "UPDATE posting SET amount = 9007199254740992 WHERE log_index = 0",
    "a number with a fraction": "UPDATE posting SET amount = 500.5 WHERE log_index = 0",
    "truth for a number": "UPDATE log_entry SET ref = 1.5 WHERE log_index = 2",
    "bytes for text": "UPDATE posting SET unit = x'706f696e7473' WHERE log_index = 0",
    "half a character": "UPDATE log_entry SET kind = CAST(x'ff' AS TEXT) WHERE log_index = 1",
}


@pytest.mark.parametrize("edit", ODD)
def test_what_no_honest_column_holds_is_found(
    sqlite_database: Database, edit: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    village = chayuan(sqlite_database)
    village.write(ledger.post, entries=[award(village.wang, 5), award(village.li, 3)])
    for _ in range(2):
        village.write(ledger.record, kind="scheme_adopted", words={"resolution": "决议"})
    tamper(sqlite_database, "PRAGMA ignore_check_constraints=ON", ODD[edit])

    named = found(village)
    assert named

    monkeypatch.setattr(audit_entry, "_as_columns_say", lambda *_: None)
    assert found(village) == named


@pytest.mark.parametrize(
    "order",
    [
        "UPDATE account SET balance = balance + 100 WHERE id = '{wang}.points'",
        "UPDATE log_head SET size = 3",
        "UPDATE log_head SET recorded_at = recorded_at, peaks = (SELECT leaf FROM log_entry WHERE log_index = 0)",
        "DELETE FROM account WHERE id = '{wang}.points'",
    ],
)
def test_edited_balances_and_heads_are_found(kept: Chayuan, order: str) -> None:
    tamper(kept.database, order.format(wang=kept.wang.id))

    assert found(kept)


def test_an_entry_behind_the_end_is_found(kept: Chayuan) -> None:
    tamper(
        kept.database,
        "INSERT INTO log_entry (village_id, log_index, kind, recorded_at, public, leaf) "
        "SELECT village_id, 9, kind, recorded_at, public, leaf FROM log_entry WHERE log_index = 3",
    )

    assert 9 in {index for index, _ in found(kept)}


def test_a_swap_of_two_entries_is_found(kept: Chayuan) -> None:
    orders = [
        f"UPDATE log_entry SET log_index = {new} WHERE log_index = {old}"
        for old, new in ((0, 77), (1, 0), (77, 1))
    ]
    tamper(kept.database, *orders)

    assert {index for index, _ in found(kept)} >= {0, 1}


def test_reading_goes_on_while_the_log_grows(kept: Chayuan) -> None:
    kept.write(ledger.post, entries=[award(kept.wang, 1) for _ in range(1100)], at=NOW)

    assert found(kept) == []


def test_one_edit_is_one_finding_not_one_for_every_later_entry(kept: Chayuan) -> None:
    kept.write(ledger.post, entries=[award(kept.wang, 1) for _ in range(100)])
    tamper(kept.database, EDITS["an amount"])

    assert {index for index, _ in found(kept)} == {1}


def test_a_missing_head_is_found(kept: Chayuan) -> None:
    tamper(kept.database, "DELETE FROM log_head")

    assert found(kept) == [(None, "日志的树头不见了")]
