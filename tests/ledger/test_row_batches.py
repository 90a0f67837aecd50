"""What an import adds is told in batches: each row is found as if it had been told by itself."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any

import pytest
from sqlalchemy import delete, insert, select, text
from sqlalchemy.exc import DBAPIError
from sqlmodel import col

from pointsbank import ledger, migrating, proof, villages
from pointsbank.database import Database, execute, table_of
from pointsbank.ledger.models import RowBatchRow, RowWitnessRow
from pointsbank.ledger.row_batches import MAXIMUM, MINIMUM, keys_of
from pointsbank.prepared import execute_many
from pointsbank.touched import touch
from pointsbank.villages.models import GroupRow
from tests.builders import COMMITTEE, NOW, VILLAGE, Chayuan, chayuan
from tests.ledger.tampering import tamper

WITHOUT_BATCHES = "0022"
GROUPS = [f"{number}号院" for number in range(1, MINIMUM + 7)]


@pytest.fixture
def village(database: Database) -> Chayuan:
    """The cast, something in the log, and more groups than are told one by one."""
    return with_groups(database)


def with_groups(database: Database) -> Chayuan:
    """The village of the fixture."""
    cast = chayuan(database)
    cast.give(cast.wang, 5)
    with cast.database.writing() as session:
        villages.add_groups(session, village=VILLAGE, names=GROUPS)
    return cast


def batches(village: Chayuan) -> list[Any]:
    """The batches of groups, in the order of their keys."""
    table = table_of(RowBatchRow)
    query = select(table).where(RowBatchRow.in_village(VILLAGE), table.c.table_name == "village_group")
    with village.database.reading() as session:
        return list(execute(session, query.order_by(table.c.first_key)))


def told_again(village: Chayuan) -> list[tuple[str, int, bool]]:
    """What was told by itself of groups that stand in a batch: key, number, whether there was a row."""
    keys = {key for batch in batches(village) for key in keys_of(batch.row_keys)}
    row = RowWitnessRow
    query = select(row.row_key, row.position, row.digest).where(row.in_village(VILLAGE))
    with village.database.reading() as session:
        found = execute(session, query.order_by(row.row_key, row.position))
        return [(key, position, bool(digest)) for key, position, digest in found if key in keys]


def a_group(village: Chayuan, place: int = 3) -> str:
    """The id of the group at a place of the batch."""
    return keys_of(batches(village)[0].row_keys)[place]


def rename(village: Chayuan, *groups: str) -> None:
    """Give groups other names, each in a write of its own."""
    for place, group in enumerate(groups):
        with village.database.writing() as session:
            name = f"{group[:4]}改名{place}"
            villages.rename_group(session, village=VILLAGE, group_id=group, name=name)


def findings(village: Chayuan) -> list[ledger.Finding]:
    """Which rows are not as they were told; that no entry says so of some is not what is asked here."""
    found = proof.verify(village.database, village=VILLAGE).findings
    return [one for one in found if "写明" not in one.sentence]


def test_what_one_write_adds_is_told_in_one_row(village: Chayuan):
    [batch] = batches(village)

    assert (len(batch.salts), len(batch.digests), batch.rests) == (16 * len(GROUPS), 32 * len(GROUPS), None)
    assert batch.log_index is not None
    assert told_again(village) == []
    assert findings(village) == []


def test_a_few_rows_are_told_one_by_one_and_very_many_in_several_batches(village: Chayuan):
    with village.database.writing() as session:
        villages.add_groups(session, village=VILLAGE, names=["东院", "西院"])
    assert len(batches(village)) == 1
    with village.database.writing() as session:
        villages.add_groups(session, village=VILLAGE, names=[f"第{n}院" for n in range(2 * MAXIMUM + 1)])

    lengths = sorted(len(one.salts) // 16 for one in batches(village))
    assert lengths == [len(GROUPS), MAXIMUM, MAXIMUM]
    assert findings(village) == []


def test_a_row_told_anew_is_told_by_itself_and_its_batch_forgets_it(village: Chayuan):
    group, other = a_group(village, 3), a_group(village, 5)
    [before] = batches(village)
    rename(village, group, other, group)

    [after] = batches(village)
    wide = len(after.cells) // len(GROUPS)
    zeros = [place for place in range(len(GROUPS)) if after.salts[16 * place : 16 * place + 16] == bytes(16)]
    assert zeros == [3, 5]
    assert after.cells[3 * wide : 4 * wide] == bytes(wide)
    assert after.salts[:48] == before.salts[:48]
    assert (after.digests, after.log_index) == (before.digests, before.log_index)
    assert told_again(village) == [(group, 2, True), (group, 3, True), (other, 2, True)]
    assert findings(village) == []


def test_rows_changed_by_many_and_rows_that_go_and_come_back_are_found_in_their_batch(village: Chayuan):
    several = [a_group(village, place) for place in range(4)]
    with village.database.writing() as session:
        for group in several:
            villages.rename_group(session, village=VILLAGE, group_id=group, name=f"新{group[:5]}")
    [gone] = stored(village, several[0])
    with village.database.writing() as session:
        execute(session, delete(GroupRow).where(GroupRow.in_village(VILLAGE), col(GroupRow.id) == gone["id"]))
    assert findings(village) == []
    with village.database.writing() as session:
        execute_many(session, insert(GroupRow), gone)

    told = [row[1:] for row in told_again(village) if row[0] == gone["id"]]
    assert told == [(2, True), (3, False), (4, True)]
    assert findings(village) == []


def test_a_row_taken_out_and_put_back_in_one_write_is_found_in_its_batch(village: Chayuan):
    group = a_group(village)
    [row] = stored(village, group)
    with village.database.writing() as session:
        execute(session, delete(GroupRow).where(GroupRow.in_village(VILLAGE), col(GroupRow.id) == group))
        execute_many(session, insert(GroupRow), row | {"name": "又一院"})

    assert told_again(village) == [(group, 2, True)]
    assert findings(village) == []


def stored(village: Chayuan, group: str) -> list[dict[str, Any]]:
    """A group's row."""
    query = select(table_of(GroupRow)).where(GroupRow.in_village(VILLAGE), col(GroupRow.id) == group)
    with village.database.reading() as session:
        return [dict(row._mapping) for row in execute(session, query)]


INVENTED = (
    "INSERT INTO village_group (village_id, id, name, position)"
    " SELECT village_id, 'invented', '假院', 900 FROM village_group WHERE id = '{group}'"
)
EDITED = {
    "a value": ("UPDATE village_group SET name = '假院' WHERE id = '{group}'", ("name",)),
    "a row that is gone": ("DELETE FROM village_group WHERE id = '{group}'", ()),
    "another key": ("UPDATE village_group SET id = 'invented' WHERE id = '{group}'", ()),
    "a row that nobody told of": (INVENTED, ()),
    "one gone, another put in": (
        "UPDATE village_group SET id = 'invented', name = '假院' WHERE id = '{group}'",
        (),
    ),
}


@pytest.mark.parametrize("what", EDITED)
def test_an_edit_of_a_row_in_a_batch_is_found_with_its_key_and_entry(village: Chayuan, what: str):
    group = a_group(village)
    [batch] = batches(village)
    order, columns = EDITED[what]
    tamper(village.database, order.format(group=group))

    found = findings(village)
    assert {one.table for one in found} == {"village_group"}
    named = {(one.row, one.columns, one.index) for one in found}
    known = {(group, columns, batch.log_index)}
    invented = {("invented", (), None)}
    assert named == {
        "a value": known,
        "a row that is gone": known,
        "a row that nobody told of": invented,
    }.get(what, known | invented)


GARBAGE = (
    *(
        f"row_keys = {value}"
        for value in ("'[]'", "'[1]'", "'nothing'", "'{}'", "replace(row_keys, ',', ', ')")
    ),
    *("first_key = 'another'", "table_name = 'no_table'", "table_name = 'participant'"),
    *("log_index = NULL", "log_index = 0", "log_index = 900", "log_index = 'x'"),
    *(f"{column} = X'00'" for column in ("row_keys", "digests", "rests", "salts", "cells")),
    *(f"{column} = substr({column}, 1, 330)" for column in ("digests", "salts", "cells")),
    *(f"{column} = zeroblob(length({column}))" for column in ("digests", "salts", "cells")),
    *("digests = 'words'", "cells = 'words'", "rests = digests"),
)


class Undone(Exception):
    """Takes a write back."""


def test_garbage_in_a_batch_is_a_finding_and_holds_nobody_up(sqlite_database: Database):
    village = with_groups(sqlite_database)
    rename(village, a_group(village))
    group = a_group(village, 7)
    tamper(sqlite_database, "CREATE TABLE kept AS SELECT * FROM row_batch")
    for garbage in GARBAGE:
        tamper(sqlite_database, "PRAGMA ignore_check_constraints = ON", f"UPDATE row_batch SET {garbage}")
        assert findings(village) != [], garbage
        with suppress(Undone), sqlite_database.writing() as session:
            villages.rename_group(session, village=VILLAGE, group_id=group, name="又一院")
            ledger.record(session, village=VILLAGE, kind="scheme_adopted", words={}, by=COMMITTEE, at=NOW)
            raise Undone
        tamper(sqlite_database, "DELETE FROM row_batch", "INSERT INTO row_batch SELECT * FROM kept")

    assert findings(village) == []


REFUSED = {
    "digests = salts || salts": {},
    "row_keys = '[]'": {},
    "log_index = 0": {},
    "log_index = NULL": {},
    "salts = :salts": {"salts": {2}},
    "cells = :cells": {"cells": {2}},
    "salts = :salts, cells = :cells": {"salts": {2}, "cells": {2, 3}},
    "cells = :cells, salts = :salts": {"salts": {2}, "cells": None},
}
"""What somebody would change in a batch; of which pieces zeros are to be left, None: another byte."""


def test_the_database_lets_nobody_change_a_batch(village: Chayuan):
    [batch] = batches(village)
    for change, blobs in REFUSED.items():
        values = {name: changed(getattr(batch, name), places) for name, places in blobs.items()}
        refused(village, f"UPDATE row_batch SET {change}", values)
    refused(village, "DELETE FROM row_batch", {})


def refused(village: Chayuan, order: str, values: dict[str, bytes]) -> None:
    """The database refuses this."""
    with pytest.raises(DBAPIError, match="never changed or removed"), village.database.writing() as session:
        session.connection().execute(text(order), values)


def changed(pieces: bytes, places: set[int] | None) -> bytes:
    """These pieces with zeros at some places, or with other bytes at one."""
    if places is None:
        return bytes([pieces[0] ^ 1]) + pieces[1:]
    wide = len(pieces) // len(GROUPS)
    return b"".join(
        bytes(wide) if place in places else pieces[wide * place : wide * (place + 1)]
        for place in range(len(GROUPS))
    )


def test_the_database_lets_a_row_be_forgotten_whole(village: Chayuan):
    [batch] = batches(village)
    places = {0, 2, len(GROUPS) - 1}
    values = {name: changed(getattr(batch, name), places) for name in ("salts", "cells")}
    with village.database.writing() as session:
        session.connection().execute(text("UPDATE row_batch SET salts = :salts, cells = :cells"), values)

    assert {one.row for one in findings(village)} == {a_group(village, place) for place in places}


def test_a_row_that_was_not_touched_but_is_told_again_stays_true(village: Chayuan):
    with village.database.writing() as session:
        touch(session, "village_group", [(VILLAGE, a_group(village))])

    assert told_again(village) == [(a_group(village), 2, True)]
    assert findings(village) == []


def test_rows_of_one_batch_changed_at_once_are_all_forgotten(village: Chayuan):
    groups = [a_group(village, place) for place in range(8)]
    with ThreadPoolExecutor(len(groups)) as pool:
        list(pool.map(lambda group: rename(village, group), groups))

    [batch] = batches(village)
    assert batch.salts[: 16 * 8] == bytes(16 * 8)
    assert findings(village) == []


def test_batches_stay_when_the_database_goes_back_to_an_older_version(village: Chayuan):
    before = batches(village)
    migrating.downgrade(village.database, WITHOUT_BATCHES)
    migrating.upgrade(village.database)

    assert batches(village) == before
    assert findings(village) == []
