"""A migration that is killed or fails half-way leaves the old tables or the new, never half."""

import random
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import Engine, event, inspect, text
from sqlalchemy.exc import DBAPIError

from pointsbank import (
    backups,
    copying,
    governing,
    jobs,
    migrating,
    proof,
    publicity,
    roster,
    scoring,
    staff,
    tables,
    villages,
)
from pointsbank.database import Database
from pointsbank.points import whole
from tests.builders import HOUSEHOLDS, NOW, OTHERS, VILLAGE, chayuan
from tests.drawing import mostly_sqlite
from tests.ledger.tampering import tamper
from tests.proof import month
from tests.publicity import scene
from tests.publicity.desk import LATER, august, desk
from tests.staff.people import hire

OLD, FULL_OLD = "0056", "0007"
"""How far back a migration is interrupted: in every run, and with --full."""
WITHOUT_LEADERS, WITHOUT_TOWNSHIPS = "0017", "0020"

CHILD = """
import os, signal, sys
from sqlalchemy import Engine, event
from pointsbank import migrating
from pointsbank.database import Database

left = int(sys.argv[2])

def count(*arguments):
    global left
    left -= 1
    if left == 0:
        os.kill(os.getpid(), signal.SIGKILL)

event.listen(Engine, "before_cursor_execute", count)
migrating.upgrade(Database(sys.argv[1]))
"""


class StepFailed(Exception):
    """What a broken migration step raises."""


def schema(database: Database) -> tuple[str | None, dict[str, list[str]]]:
    """The revision and every table's columns."""
    looked = inspect(database.engine)
    columns = {name: [c["name"] for c in looked.get_columns(name)] for name in looked.get_table_names()}
    return migrating.current(database), columns


def stepped_back(database: Database, to: str) -> tuple[object, object, int]:
    """A database with the cast in it, some revisions back: its new tables, its old ones, the way between."""
    chayuan(database)
    new = schema(database)
    migrating.downgrade(database, to)
    old = schema(database)
    with counting() as executed:
        migrating.upgrade(database)
    migrating.downgrade(database, to)
    assert schema(database) == old
    return new, old, len(executed)


@contextmanager
def counting(fail_at: int = 0) -> Iterator[list[str]]:
    """Note every statement of the block, and fail at one of them."""
    executed: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        executed.append(statement)
        if len(executed) == fail_at:
            raise StepFailed

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield executed
    finally:
        event.remove(Engine, "before_cursor_execute", note)


def test_a_migration_killed_at_any_statement_is_old_or_new(sqlite_database: Database, full: bool):
    first = FULL_OLD if full else OLD
    new, old, length = stepped_back(sqlite_database, first)
    sqlite_database.dispose()
    file = Path(str(sqlite_database.engine.url.database))
    before = file.read_bytes()
    dice = random.Random("kill")
    instants = [length - 1, *(dice.randrange(2, length) for _ in range(40 if full else 1))]
    seen = set()
    for instant in instants:
        file.write_bytes(before)
        child = subprocess.run([sys.executable, "-c", CHILD, sqlite_database.url, str(instant)])
        assert child.returncode == -signal.SIGKILL
        found = schema(sqlite_database)
        assert found in (old, new)
        seen.add(found[0])
        assert_goes_on(sqlite_database)
    assert first in {revision[:4] for revision in seen if revision}


def assert_goes_on(database: Database) -> None:
    """The next upgrade arrives, and nobody of the cast is missing."""
    migrating.upgrade(database)
    assert backups.problems(database) == []
    with database.reading() as session:
        assert len(roster.everyone(session, village=VILLAGE)) == len(HOUSEHOLDS) + len(OTHERS)
    database.dispose()


def test_a_migration_with_a_failing_step_is_as_if_never_begun(database: Database, full: bool):
    _, old, length = stepped_back(database, FULL_OLD if full else OLD)
    dice = random.Random("fail")
    for step in [length, *(dice.randrange(5, length) for _ in range(40 if full else 1))]:
        with pytest.raises(StepFailed), counting(fail_at=step):
            migrating.upgrade(database)
        assert schema(database) == old
    assert_goes_on(database)


def prints(database: Database) -> dict[str, tuple[int, int]]:
    """Every table's count and fingerprint."""
    with database.reading() as session:
        return {table.name: copying.fingerprint(session, table) for table in tables.metadata.sorted_tables}


def test_log_and_shelf_survive_their_tables_being_made_anew(database: Database):
    month.begin(database)
    month.spend(database)
    before = prints(database)

    migrating.downgrade(database, "0009")
    migrating.upgrade(database)

    assert prints(database) == before
    assert backups.problems(database) == []
    assert proof.verify(database, village=VILLAGE).holds


@mostly_sqlite
def test_who_took_a_list_out_is_remembered_when_going_back(database: Database):
    chayuan(database)
    with database.writing() as session:
        export = {"list_name": "roster", "form": "xlsx", "rows": 8, "by": "operator", "at": NOW}
        staff.record_export(session, village=VILLAGE, **export)
    before = prints(database)["export_record"]

    migrating.downgrade(database, "0024")
    migrating.upgrade(database)

    assert prints(database)["export_record"] == before


EVENTS = {"0026": ["backup_taken"], "0027": ["signed_out"], "0028": list(staff.INSTALLATION_ACTS[1:])}


# The furthest way goes through all the others.
@mostly_sqlite
@pytest.mark.parametrize(
    "revision", ["0024", *(pytest.param(later, marks=pytest.mark.full) for later in ("0025", "0026", "0027"))]
)
def test_what_was_done_to_everybody_is_remembered_when_going_back(database: Database, revision: str):
    chayuan(database)
    sun = hire(database, "sun", "admin", village=None)
    with database.writing() as session:
        for kind in staff.INSTALLATION_ACTS:
            staff.note_installation_act(session, kind=kind, by=sun.id, at=NOW, detail="无 → 旧")
        staff.end_all_sessions(session, login="sun", by=sun.id, at=NOW)
        staff.record_export(
            session, village=VILLAGE, list_name="roster", form="csv", rows=8, by=sun.id, at=NOW
        )
        jobs.request(session, name="backup", by=sun.id, at=NOW)
    before = prints(database)

    migrating.downgrade(database, revision)
    with database.engine.connect() as connection:
        left = set(connection.exec_driver_sql("SELECT DISTINCT kind FROM staff_event").scalars())
    migrating.upgrade(database)

    assert not left & {kind for since, kinds in EVENTS.items() if since > revision for kind in kinds}
    # What the program does by itself is begun anew by a newer one.
    after = prints(database)
    if revision <= "0025":
        del before["job"], after["job"]
    assert after == before
    assert backups.problems(database) == []


@mostly_sqlite
def test_roles_survive_their_table_being_made_anew_and_no_leader_goes_back(database: Database):
    month.begin(database)
    li, _ = hire(database, "li", "committee"), hire(database, "county", "county", village=None)
    before = prints(database)["staff_role"]
    with database.writing() as session:
        group = villages.group_by_name(session, village=VILLAGE, name="一组").id
        roles = [(VILLAGE, "committee"), (staff.group_place(VILLAGE, group), "leader")]
        staff.set_roles(session, staff=li.id, roles=roles, by="operator", at=NOW)

    migrating.downgrade(database, WITHOUT_LEADERS)
    migrating.upgrade(database)

    assert prints(database)["staff_role"] == before
    # The log told of the role that went.
    [said] = backups.problems(database)
    assert "的表 staff_role 缺行：日志记着至少3行，现有2行" in said


@mostly_sqlite
def test_no_role_of_a_township_goes_back_to_be_one_in_every_village(database: Database):
    month.begin(database)
    li = hire(database, "li", "committee")
    hire(database, "county", "county", village=None)
    before = prints(database)["staff_role"]
    with database.writing() as session:
        hekou = governing.make_township(session, name="河口镇").id
        governing.place_village(session, village=VILLAGE, township=hekou, by="operator", at=NOW)
        roles = [(VILLAGE, "committee"), (staff.township_place(hekou), "county")]
        governing.set_roles(session, person=li.id, roles=roles, by="operator", at=NOW)

    migrating.downgrade(database, WITHOUT_TOWNSHIPS)
    migrating.upgrade(database)

    assert prints(database)["staff_role"] == before
    # The log told of the role that went.
    [said] = backups.problems(database)
    assert "的表 staff_role 缺行：日志记着至少3行，现有2行" in said


@mostly_sqlite
def test_a_village_that_never_chose_a_setting_of_later_has_it_and_may_choose(database: Database):
    with database.writing() as session:
        governing.found_village(session, code=VILLAGE, name="茶源村", by="operator", at=NOW)
    before = prints(database)["village_settings"]

    migrating.downgrade(database, "0027")
    migrating.upgrade(database)

    assert prints(database)["village_settings"] == before
    here = {"village": VILLAGE, "by": "operator", "at": NOW}
    for changes in ({"notice_days": 5}, {"settling": "by_hand"}, {"settling": "by_itself"}):
        with database.writing() as session:
            assert governing.change_settings(session, **here, **changes)
        assert proof.verify(database, village=VILLAGE).holds


@mostly_sqlite
def test_further_cards_are_put_away_when_going_back_and_count_again_afterwards(database: Database):
    village = chayuan(database)
    home = village.card(village.wang)
    [city] = village.write(roster.issue, participants=[village.wang.id], further=True, label="城里")
    village.write(roster.hand_out, cards=[city.id])
    before = prints(database)

    migrating.downgrade(database, "0033")
    with database.engine.connect() as connection:
        counting = "SELECT number FROM card WHERE status = 'active'"
        assert list(connection.exec_driver_sql(counting).scalars()) == [home.number]
    migrating.upgrade(database)

    assert prints(database) == before
    assert backups.problems(database) == []
    assert proof.verify(database, village=VILLAGE).holds


SAME = (
    "category, title, direction, points, unit, cap_period, cap_points, cap_times, evidence, applies_to,"
    " legal_basis, scored_in, double_months"
)
ITEM = (
    f"INSERT INTO scheme_item (village_id, scheme_id, {SAME}, id, code, position, shape, least, most, steps,"
    f" per_fault) SELECT village_id, scheme_id, {SAME}, 'x{{0}}', 'x{{0}}', {{0}}, {{1}} FROM scheme_item"
    " WHERE position = 1"
)
CELLS = (
    "'range', 500, 1000, '', NULL",
    "'ladder', NULL, NULL, '10=1;20=2', NULL",
    "'full_mark', NULL, NULL, '', 500",
    "'fixed', 0, NULL, '甲=1', NULL",
)


@mostly_sqlite
def test_what_only_a_shape_reads_survives_becoming_terms_and_cells_again(database: Database):
    month.begin(database)
    migrating.downgrade(database, "0010")
    tamper(database, *(ITEM.format(place, row) for place, row in enumerate(CELLS, start=900)))
    cells = stored(database, "least, most, steps, per_fault")

    migrating.upgrade(database)
    assert [row[1] for row in stored(database, "terms")] == [
        '{"least":500,"most":1000}',
        '{"steps":"10=1;20=2"}',
        '{"per_fault":500}',
        '{"least":0,"steps":"甲=1"}',
    ]
    assert backups.problems(database) == []
    # The items above were put in behind the program's back; of all others nothing has changed.
    untold = [one.row for one in proof.verify(database, village=VILLAGE).findings]
    assert untold == ["x900", "x901", "x902", "x903"]

    migrating.downgrade(database, "0010")
    assert stored(database, "least, most, steps, per_fault") == cells


def stored(database: Database, columns: str) -> list[tuple[object, ...]]:
    """These columns of the items written above."""
    query = f"SELECT id, {columns} FROM scheme_item WHERE position >= 900 ORDER BY position"
    with database.engine.connect() as connection:
        return [tuple(row) for row in connection.exec_driver_sql(query)]


@mostly_sqlite
def test_a_village_whose_log_tells_of_a_stocktake_does_not_go_back_before_them(database: Database):
    month.live(database)
    before = prints(database)

    with pytest.raises(DBAPIError, match="ck_log_entry_kind"):
        migrating.downgrade(database, "0009")

    assert prints(database) == before
    assert backups.problems(database) == []


@mostly_sqlite
def test_a_notice_keeps_its_days_when_hangings_are_forgotten_and_recorded_again(database):
    """0038: what hung keeps its last day, what did not counts as hung when it was published; and back."""
    when = {"village": VILLAGE, "by": "li"}
    with database.writing() as session:
        scene.found_village(session)
        meetings = [scene.meeting_with(session, ("0101", "A1")) for _ in range(2)]
        made = [publicity.close_and_publish(session, meeting=one, at=NOW, **when).id for one in meetings]
        publicity.hang(session, notice=made[0], place="路口", at=scene.after(2), **when)

    migrating.downgrade(database, "0037")
    with database.reading() as session:
        rows = dict(session.connection().execute(text("SELECT id, ends_on FROM notice")).all())
    assert {id: str(rows[id]) for id in made} == dict(zip(made, ["2026-09-06", "2026-09-04"], strict=True))
    migrating.upgrade(database)

    with database.writing() as session:
        assert publicity.unhung(session, village=VILLAGE) == []
        first, second = (publicity.notice_by_id(session, village=VILLAGE, notice_id=one) for one in made)
        assert (first.hung_on, first.days, str(first.ends_on)) == (first.published_on, 5, "2026-09-06")
        assert (second.hung_on, second.days, str(second.ends_on)) == (NOW.date(), 3, "2026-09-04")
        assert publicity.settle(session, notice=made[1], at=scene.after(4), **when).posted == 1
        assert publicity.hang(session, notice=made[0], place="祠堂", at=scene.after(4), **when).number == 2
        assert publicity.notice_by_id(session, village=VILLAGE, notice_id=made[0]).ends_on == first.ends_on


@mostly_sqlite
def test_a_correction_from_before_hangings_were_recorded_still_hangs_and_is_posted(database):
    """0038: it has a last day and no hanging; going back and coming again leaves it that day."""
    at = desk(database, august("0101", "志愿", quantity=Decimal(1)))
    made = at.correct(at.scores[0], participant_code="0303")
    assert made.status == "unhung"

    migrating.downgrade(database, "0037")
    migrating.upgrade(database)

    [left] = at.panel.read(scoring.corrections, scores=[at.scores[0].id])
    assert (left.status, left.days, left.hung_on) == ("hanging", None, None)
    assert left.ends_on is not None and (left.ends_on - left.corrected_at.date()).days == 3
    at.panel.write(publicity.settle_correction, score=made.score_id, at=LATER + timedelta(days=4))
    assert at.honour("li") == whole(2)
