"""Whoever changes the file is found out: by the ledger itself, or by the digits on the wall."""

import random
import shutil
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from pointsbank import ledger, proof
from pointsbank.database import Database
from scripts.cluster import Cluster
from tests.builders import COMMITTEE, VILLAGE
from tests.drawing import drawn
from tests.ledger.tampering import tamper
from tests.proof import month
from tests.proof.tamperer import TABLES, flip, opened, rewrite_words

FLIPS = {False: 2, True: 25}
"""How many flips of each of the sixteen tables; test_edits.py has every column of every table."""


@dataclass(frozen=True)
class Kept:
    """A village's file after a closed month, the same file before the close, and the digits on the wall."""

    file: Path
    before_close: Path
    digits: str


@pytest.fixture(scope="module")
def kept(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Kept:
    """A month lived and closed, and something more written behind the anchor."""
    folder = tmp_path_factory.mktemp("kept")
    file, before = folder / "village.sqlite3", folder / "before.sqlite3"
    shutil.copyfile(sqlite_template, file)
    database = Database(f"sqlite:///{file}", entropy=random.Random("tamper").randbytes)
    live_up_to_close(database)
    database.dispose()
    shutil.copyfile(file, before)
    digits = month.close(database).digits
    with database.writing() as session:
        ledger.record(
            session,
            village=VILLAGE,
            kind="scheme_adopted",
            by=COMMITTEE,
            at=datetime(2026, 10, 8, 2, tzinfo=UTC),
            words={"resolution": "决议"},
        )
    database.dispose()
    assert holds(file, digits)
    opened(file).close()
    return Kept(file, before, digits)


def live_up_to_close(database: Database) -> None:
    """The month but for its close."""
    month.begin(database)
    month.object_and_settle(database, month.meet(database))
    month.spend(database)
    month.think_again(database)
    month.take_stock(database)
    month.warn(database)


def holds(file: Path, digits: str | None = None) -> bool:
    """Whether verifying finds nothing."""
    database = Database(f"sqlite:///{file}")
    try:
        return proof.verify(database, village=VILLAGE, digits=digits).holds
    finally:
        database.dispose()


def changed(kept: Kept, tmp_path: Path, *orders: str) -> Path:
    """A copy of the file on which these orders were run with no rule in the way."""
    file = tmp_path / "changed.sqlite3"
    shutil.copyfile(kept.file, file)
    with closing(opened(file)) as connection:
        for order in orders:
            connection.execute(order)
    return file


@pytest.mark.parametrize("table", TABLES)
def test_a_changed_byte_is_found_without_any_paper(kept: Kept, tmp_path: Path, table: str, full: bool):
    dice = random.Random(f"flip {table}")
    unnoticed = []
    for _ in range(FLIPS[full]):
        file = changed(kept, tmp_path)
        done = flip(file, table, dice)
        if holds(file):
            unnoticed.append(done)

    assert not unnoticed


@pytest.mark.parametrize("table", TABLES)
def test_a_row_taken_out_is_found(kept: Kept, tmp_path: Path, table: str):
    file = changed(kept, tmp_path, f'DELETE FROM "{table}" WHERE rowid = (SELECT max(rowid) FROM "{table}")')

    assert not holds(file)


@pytest.mark.parametrize("table", [table for table in TABLES if table not in ("log_head", "account")])
def test_a_row_written_twice_is_found(kept: Kept, tmp_path: Path, table: str):
    file = changed(kept, tmp_path)
    with closing(opened(file)) as connection:
        columns = [row[1:6:4] for row in connection.execute(f'PRAGMA table_info("{table}")')]
        key = [name for name, place in columns if place][-1]
        copied = ", ".join(_another(table, name, key) for name, _ in columns)
        connection.execute(f'INSERT INTO "{table}" SELECT {copied} FROM "{table}" ORDER BY rowid LIMIT 1')

    assert not holds(file)


def _another(table: str, column: str, key: str) -> str:
    """A column of the second copy: its key and its unique columns moved on by one."""
    if column == key:
        return "'2026-10'" if column == "month" else f'"{column}" + 90'
    if column in ("source_id", "digest", "ticket_id") or (
        table in ("anchor", "stocktake", "redemption_return") and column == "log_index"
    ):
        return f'CASE typeof("{column}") WHEN \'text\' THEN "{column}" || 0 ELSE zeroblob(32) END'
    counted = (table, column) in (("score", "number"), ("stock_move_undone", "undone_by"))
    return f'"{column}" + 90' if counted else f'"{column}"'


@pytest.mark.parametrize("table", ["log_entry", "log_private", "transaction", "posting", "score"])
def test_two_rows_that_changed_places_are_found(kept: Kept, tmp_path: Path, table: str):
    key = "number" if table == "score" else "log_index"
    orders = [
        f'UPDATE "{table}" SET {key} = {new} WHERE {key} = {old}' for old, new in ((1, 777), (2, 1), (777, 2))
    ]

    assert not holds(changed(kept, tmp_path, *orders))


def test_a_tail_cut_off_with_its_head_is_found_by_the_paper(kept: Kept):
    assert holds(kept.before_close)
    assert not holds(kept.before_close, kept.digits)


def test_a_tail_cut_off_clumsily_is_found_without_paper(kept: Kept, tmp_path: Path):
    tables = ("anchor", "closed_month", "posting", '"transaction"', "log_private", "log_entry")
    cut = [f"DELETE FROM {name} WHERE log_index >= 9" for name in tables if name != "closed_month"]
    file = changed(kept, tmp_path, *cut, "DELETE FROM closed_month", "UPDATE log_head SET size = 9")

    assert not holds(file)


def test_an_older_file_put_back_is_found_by_the_paper(kept: Kept, tmp_path: Path):
    older = tmp_path / "older.sqlite3"
    shutil.copyfile(kept.before_close, older)

    report = proof.verify(Database(f"sqlite:///{older}"), village=VILLAGE, digits=kept.digits)

    assert "存证码" in report.findings[0].sentence


GARBAGE = {
    "undecodable text": "CAST(x'ff00fe' AS TEXT)",
    "bytes": "x'00ff'",
    "a word": "'nonsense'",
    "nothing at all": "''",
    "a fraction": "1.5",
    "a huge number": "9223372036854775807",
    "an impossible day": "'2026-02-30'",
    "an impossible moment": "'2026-02-30 25:61:00.000000'",
}


@pytest.mark.parametrize(
    ("table", "garbage"),
    [
        pytest.param(table, one, marks=[] if one in drawn(list(GARBAGE), table, 2) else pytest.mark.full)
        for table in TABLES
        for one in GARBAGE
    ],
)
def test_garbage_is_a_finding_and_not_a_crash(kept: Kept, tmp_path: Path, table: str, garbage: str):
    with closing(opened(kept.file)) as connection:
        columns = [row[1] for row in connection.execute(f'PRAGMA table_info("{table}")')]
    row = f'rowid = (SELECT min(rowid) FROM "{table}")'
    dice = random.Random(f"{table} {garbage}")
    order = f'UPDATE OR IGNORE "{table}" SET "{dice.choice(columns)}" = {GARBAGE[garbage]} WHERE {row}'
    file = changed(kept, tmp_path, order)

    assert holds(file, kept.digits) in (True, False)


def test_a_null_where_none_may_be_names_the_entry(kept: Kept, tmp_path: Path):
    nullable = "UPDATE sqlite_master SET sql = replace(sql, 'public BLOB NOT NULL', 'public BLOB')"
    file = changed(kept, tmp_path, "PRAGMA writable_schema=ON", nullable)
    with closing(opened(file)) as connection:
        connection.execute("UPDATE log_entry SET public = NULL WHERE log_index = 3")

    report = proof.verify(Database(f"sqlite:///{file}"), village=VILLAGE)

    assert (3, "log_entry 的 public 无法读取") in {(f.index, f.sentence) for f in report.findings}


LINES: list[Any] = [5, [["g", "x"], [1, None]]]
NONSENSE = [5, "x", None, [], [[1]], {}, *({"lines": lines} for lines in LINES), {"meeting": [1]}, 2**70]


@pytest.mark.parametrize("part", ["words", "source", "postings", "occurred_on"])
def test_words_that_nobody_of_ours_wrote_are_a_finding(kept: Kept, tmp_path: Path, part: str, full: bool):
    with closing(opened(kept.file)) as connection:
        query = "SELECT min(log_index) FROM log_entry GROUP BY kind"
        indexes = [row[0] for row in connection.execute(query)]
    unnoticed = []
    for index in drawn(indexes, part, None if full else len(indexes) // 4):
        nonsense = random.Random(f"{part} {index}").choice(NONSENSE)
        file = changed(kept, tmp_path)
        rewrite_words(file, index, lambda said, nonsense=nonsense: said.update({part: nonsense}))
        if holds(file, kept.digits):
            unnoticed.append((index, nonsense))

    assert not unnoticed


@pytest.mark.parametrize(
    "said",
    ["second_check = 'pin'", "second_check = 'approver', approver = 'zhou'"],
    ids=["a PIN", "somebody"],
)
def test_nobody_said_yes_to_a_sale_afterwards(kept: Kept, tmp_path: Path, said: str):
    asked = "SELECT count(*) FROM redemption WHERE second_check = 'none'"
    with closing(opened(kept.file)) as connection:
        assert connection.execute(asked).fetchone()[0] > 0

    assert not holds(changed(kept, tmp_path, f"UPDATE redemption SET {said} WHERE second_check = 'none'"))


POSTGRESQL_EDITS = {
    "an amount": "UPDATE posting SET amount = amount + 1 WHERE log_index = 1 AND line = 0",
    "a day that Python has not": "UPDATE \"transaction\" SET occurred_on = 'infinity' WHERE log_index = 1",
    "a moment after all": "UPDATE log_entry SET recorded_at = 'infinity' WHERE log_index = 1",
    "a moment before Christ": "UPDATE anchor SET made_at = '0044-03-15 12:00:00+00 BC'",
    "words": "UPDATE log_private SET private = '\\xff00' WHERE log_index = 1",
    "a shelf": "UPDATE stock_move SET quantity = quantity * 2 WHERE redemption_id IS NOT NULL",
    "a count on the shelf": "UPDATE stock_move SET quantity = -quantity WHERE stocktake_id IS NOT NULL",
    "what a counted move says": "UPDATE stock_move SET note = '' WHERE stocktake_id IS NOT NULL",
    "a count": "UPDATE stocktake_count SET counted = counted + 1 WHERE number = 4",
    "a replaced count": "DELETE FROM stocktake_count WHERE number = 1",
    "who signed second": "UPDATE stocktake SET ended_by = 'somebody'",
    "that a signature was taken off": "DELETE FROM stocktake_return",
    "a stocktake unposted": "UPDATE stocktake SET status = 'discarded', log_index = NULL, signed_by = NULL,"
    " signed_at = NULL",
    "a price": "UPDATE stock_move SET price = price + 1 WHERE redemption_id IS NOT NULL",
    "who bought": "UPDATE redemption SET participant_id = 'somebody'",
    "a score": "UPDATE score SET counted_points = counted_points - 100 WHERE counted_points > 100",
    "a closed month": "UPDATE closed_month SET closed_at = closed_at + interval '1 second'",
}


@pytest.fixture(scope="module")
def lived_on_a_server(cluster: Cluster) -> str:
    """The name of a PostgreSQL database with the whole month in it, to copy from."""
    database = Database(
        cluster.create("lived", template="template_village"), entropy=random.Random("tamper").randbytes
    )
    month.live(database)
    database.dispose()
    return "lived"


@pytest.mark.parametrize(
    "edit",
    [
        pytest.param(name, marks=[] if number % 3 == 0 else pytest.mark.full)
        for number, name in enumerate(POSTGRESQL_EDITS)
    ],
)
def test_on_a_server_too_an_edit_is_found(cluster: Cluster, lived_on_a_server: str, edit: str):
    database = Database(cluster.create("edited", template=lived_on_a_server))
    tamper(database, POSTGRESQL_EDITS[edit])

    try:
        assert not proof.verify(database, village=VILLAGE).holds
    finally:
        database.dispose()
        cluster.drop("edited")
