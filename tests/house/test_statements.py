"""Every statement on a table of a village says whose rows it means."""

import ast
from functools import cache

import pytest
from sqlmodel import SQLModel

from pointsbank.tables import metadata
from pointsbank.village_tables import VillageTable
from tests.house.source import modules
from tests.house.statements import out_of_sight, statements

CLASSES = [
    mapper.class_ for mapper in SQLModel._sa_registry.mappers if mapper.local_table.metadata is metadata
]
ROWS = {row.__name__ for row in CLASSES}
WITHOUT_VILLAGE = {row.__name__ for row in CLASSES if not issubclass(row, VillageTable)}

NO_VILLAGE = {
    "pointsbank/approvals/overdue.py: _overdue_in": "finds the villages where requests are over",
    "pointsbank/publicity/day_books.py: _waiting": "finds the villages whose day books are to hang",
    "pointsbank/copying.py: _refuse_filled": "the copy of a whole database wants every table empty",
    "pointsbank/copying.py: _rows": "copies every row of a database",
    "pointsbank/governing/reaching.py: _QUEUE": "takes a lock of the server and reads no table",
    "pointsbank/ledger/everywhere.py: _lock_heads": "names several: those that one decision reaches",
    "pointsbank/ledger/growth.py: tree_heads": "every log is compared with its stub outside the data",
    "pointsbank/ledger/reading.py: latest_moment": "the server's clock is compared with all villages' logs",
    "pointsbank/ledger/requests.py: _QUEUE": "takes a lock of the server and reads no table",
    "pointsbank/ledger/statements.py: _side": "names it, over columns that are found by name",
    "pointsbank/ledger/statements.py: _BOTH": "puts together two statements that name it",
    "pointsbank/ledger/since.py: _MOVED": "puts together two statements that name it",
    "pointsbank/scoring/reading.py: SCORES": "columns alone; whoever asks names the village",
    "pointsbank/ledger/statements.py: _POSTINGS": "puts together two statements that name it",
    "pointsbank/ledger/audit_batches.py: rows_of": "a rule says which rows are of a village's log",
    "pointsbank/ledger/audit_batches.py: _untold": "a rule says which rows are of a village's log",
    "pointsbank/ledger/audit_rows.py: _kept": "begins with the village's rows; the others are of the same",
    "pointsbank/ledger/audit_rows.py: _lost": "`living` names it; further conditions are about one table",
    "pointsbank/ledger/audit_rows.py: _lost_of": "a rule says which rows are of a village's log",
    "pointsbank/ledger/row_counts.py: villages_in_logs": "asks which villages there are",
    "pointsbank/ledger/row_counts.py: _with_tellings": "is given the table, of village rows, and names it",
    "pointsbank/ledger/told_rows.py: _count": "a rule says which rows are of a village's log",
    "pointsbank/ledger/told_rows.py: _count_keys": "`living` names it",
    "pointsbank/ledger/told_rows.py: _counts_in_batches": "the earlier row is of the village of the later",
    "pointsbank/ledger/told_rows.py: living": "the later row is of the village of the earlier",
    "pointsbank/ledger/told_rows.py: living_counts": "`living` names it",
    "pointsbank/ledger/request_rows.py: requests_astray": "`named` names it, and the entry is its own",
    "pointsbank/ledger/telling.py: _draw": "whose rows they are is a person, who is of the installation",
    "pointsbank/ledger/row_digests.py: _forget_salts": "names several: those that one decision reaches",
    "pointsbank/ledger/telling.py: _have_digests": "names several: those that one decision reaches",
    "pointsbank/ledger/row_batches.py: bind_batches": "names several: those that one decision reaches",
    "pointsbank/ledger/row_batches.py: forget_in_batches": "names several: those that one decision reaches",
    "pointsbank/ledger/row_digests.py: _digests_before": "names several: those that one decision reaches",
    "pointsbank/ledger/telling.py: _villages": "finds the villages in whose log a row is told",
    "pointsbank/ledger/row_digests.py: _rows": "a rule says which rows are of a village's log",
    "pointsbank/ledger/witnessing.py: _bind_waiting": "names several: those that one decision reaches",
    "pointsbank/market/columns.py: sales_query": "names it once what came back is joined",
    "pointsbank/market/columns.py: sales_taken_back": "names it once what came back is joined",
    "pointsbank/market/history.py: sales": "adds up a statement that names it",
    "pointsbank/market/tickets.py: void_tickets": "the server's clock went back: no scan's age is known",
    "pointsbank/publicity/settling.py: due_by_themselves": "finds the notices that are over, in all villages",
    "pointsbank/villages/settings.py: settling_by_themselves": "names several: those that are asked about",
    "pointsbank/raw_rows.py: _whole": "its caller adds conditions, and each call is judged",
    "pointsbank/roster/looking_up.py: BY_TOKEN": "a scanned code says by itself which village it is of",
    "pointsbank/boards/contested.py: lock_notices": "names the village by columns of foreign tables",
    "pointsbank/boards/waiting.py: _lacks": "correlates with the listing of the statement around it",
    "pointsbank/boards/waiting.py: undecided": "names the village; what is inside correlates with it",
    "pointsbank/market/shortages.py: shortages": "joins a subquery that names the village",
    "pointsbank/objections/waiting.py: answers_due": "names the village of whichever tables the kind has",
    "pointsbank/roster/printed_addresses.py: addresses_in_use": "names the village of the cards",
    "pointsbank/villages/village.py: only_village": "asks whether there is one village alone",
    "pointsbank/staff/whose_log.py: of_person": "a person is of the installation; roles name villages",
    "pointsbank/staff/sessions.py: count_ended": "sign-ins and tokens are of the installation",
    "pointsbank/staff/sessions.py: forget_ended": "sign-ins and tokens are of the installation",
    "pointsbank/staff/installation_acts.py: _last": "what is done to the installation is of no village",
    "pointsbank/touched.py: _note": "has the condition of the statement whose rows it notes, which is judged",
}


OUT_OF_SIGHT = {
    "pointsbank/boards/contested.py: ": "statements in the database's words, each of one village",
    "pointsbank/backups.py: _damage": "asks SQLite whether the file is whole",
    "pointsbank/database.py: _begin_sqlite": "begins a transaction",
    "pointsbank/database.py: analyze": "lets the database count its rows anew",
    "pointsbank/drift.py: _as_read": "lets PostgreSQL write a rule in its own words, no rows",
    "pointsbank/drift.py: change_kinds": "which kinds the logs of all villages have",
    "pointsbank/drift.py: _postgresql_checks": "reads constraints, no rows",
    "pointsbank/drift.py: replace_checks": "drops a constraint, reads no rows",
    "pointsbank/drift.py: set_aside": "moves rows of all villages out of an older program's way",
    "pointsbank/drift.py: take_back": "moves them back",
    "pointsbank/practice/servers.py: _drop": "drops tables, reads no rows",
    "pointsbank/villages/settings.py: stored_settings": "reads the one row of the village that is named",
    "pointsbank/guards.py: _triggers": "reads triggers, no rows",
    "pointsbank/guards.py: drop_guards": "drops triggers, reads no rows",
    "pointsbank/guards.py: existing_triggers": "reads triggers, no rows",
    "pointsbank/guards.py: replace_guards": "makes triggers, reads no rows",
    "pointsbank/jobs/taking.py: ": "a job is of the installation",
    "pointsbank/migrating.py: _check_foreign_keys": "looks for rows without their parents in all villages",
    "pointsbank/migrating.py: _migrating_connection": "begins a transaction",
    "pointsbank/outcomes.py: _by_transaction": "asks for a transaction's number, no rows",
    "pointsbank/outcomes.py: has_ended_well": "asks what became of a transaction, no rows",
    "pointsbank/practice/servers.py: ": "what lies in a database that may be anybody's; no village's rows",
    "pointsbank/staff/handing_back.py: end_what_others_made": "a second factor is of the installation",
    "pointsbank/staff/holding.py: lock_person": "a login is of the installation",
    "pointsbank/staff/owing.py: check_own_password": "a login is of the installation",
    "pointsbank/staff/second_factor.py: ": "a second factor is of the installation",
    "pointsbank/staff/second_factor.py: begin_enrolment": "a second factor is of the installation",
    "pointsbank/staff/second_factor.py: check_code": "a second factor is of the installation",
    "pointsbank/staff/second_factor.py: confirm_enrolment": "a second factor is of the installation",
    "pointsbank/staff/second_factor.py: enrolment": "a second factor is of the installation",
    "pointsbank/staff/second_factor.py: has_second_factor": "a second factor is of the installation",
    "pointsbank/staff/sessions.py: awaited_code": "a sign-in is of the installation",
    "pointsbank/storage_faults/servers.py: read_only_over": "asks the server whether it takes writes",
    "pointsbank/staff/accounts.py: change_password": "a login is of the installation",
    "pointsbank/staff/throttling.py: ": "counted guesses are of the installation",
    "pointsbank/village_tables.py: index": "the condition of an index",
    "pointsbank/villages/settings.py: change_settings": "the key is the village",
    "pointsbank/villages/village.py: create": "the key is the village",
    "pointsbank/web/pages/entrance.py: healthz": "asks whether the database answers",
}


def _out_of_sight() -> set[str]:
    """Return the places that speak to the database in a way that the other tests do not see."""
    return {
        f"{module.place}: {place}"
        for module in modules("pointsbank")
        for place, _ in out_of_sight(module.tree)
    }


def test_nothing_speaks_to_the_database_past_these_tests():
    assert _out_of_sight() == OUT_OF_SIGHT.keys()


@pytest.mark.parametrize(
    "line",
    [
        "session.query(GoodsRow).filter_by(code=code)",
        "session.exec(text('SELECT * FROM goods'))",
        "session.connection().exec_driver_sql('SELECT * FROM goods')",
        "session.get(GoodsRow, goods)",
    ],
)
def test_a_way_past_these_tests_is_found(line: str):
    assert out_of_sight(ast.parse(f"from sqlalchemy import text\ndef a():\n return {line}"))


def test_a_key_that_begins_with_the_village_is_no_way_past():
    source = "def a():\n key = (v, g)\n return session.get(GoodsRow, key) or session.get(GoodsRow, (v, g))"

    assert not out_of_sight(ast.parse(source))


@cache
def _nameless() -> list[str]:
    """Return the places of the statements that leave out a village, each place once for each statement."""
    return [
        f"{module.place}: {statement.place}"
        for module in modules("pointsbank")
        for statement in statements(module.tree, ROWS)
        if statement.unbound(WITHOUT_VILLAGE)
    ]


def test_every_statement_names_its_village():
    forgotten = [place for place in _nameless() if place not in NO_VILLAGE]

    assert not forgotten


def test_every_exception_is_needed():
    superfluous = NO_VILLAGE.keys() - set(_nameless())

    assert not superfluous


def test_statements_are_found_at_all():
    assert sum(len(statements(module.tree, ROWS)) for module in modules("pointsbank")) > 100


def _unbound(source: str) -> list[set[str]]:
    """Return, for each statement of a piece of source, the tables it does not bind."""
    imports = "from sqlmodel import select, update, delete, raw_rows, select as pick\n"
    return [one.unbound(WITHOUT_VILLAGE) for one in statements(ast.parse(imports + source), ROWS)]


@pytest.mark.parametrize(
    "source",
    [
        "select(GoodsRow).where(col(GoodsRow.code) == code)",
        "select(GoodsRow.village_id).where(col(GoodsRow.code) == code)",
        "session.exec(delete(OpeningHoursRow))",
        "update(GoodsRow).where(col(GoodsRow.id) == id).values(village_id=village)",
        "t = table_of(GoodsRow)\nS = select(t.c.id).where(t.c.code == code)",
        "raw_rows(session, table_of(GoodsRow), col(GoodsRow.code) == code)",
        # the subquery's village is not the statement's, nor the statement's the subquery's
        "select(GoodsRow).where(col(GoodsRow.id).in_(select(PriceRow.goods_id).where(PriceRow.in_village(v))))",
        "select(GoodsRow).where(GoodsRow.in_village(v), col(GoodsRow.id).in_(select(PriceRow.goods_id)))",
        # joined by id alone
        "select(GoodsRow).join(PriceRow, PriceRow.goods_id == GoodsRow.id).where(GoodsRow.in_village(v))",
        # joined in one village, but which
        "select(GoodsRow).join(PriceRow, PriceRow.in_village_of(GoodsRow))",
        # added to another function's statement
        "def a():\n q = select(GoodsRow)\n return q\ndef b(q):\n return q.where(GoodsRow.in_village(v))",
        "sqlalchemy.select(GoodsRow).where(col(GoodsRow.code) == code)",
        "pick(GoodsRow).where(col(GoodsRow.code) == code)",
        "_ALL = select(GoodsRow)\ndef a():\n _ALL.where(GoodsRow.in_village(v))\ndef b():\n s.exec(_ALL)",
        # one side of an OR binds nothing, nor does its opposite
        "select(GoodsRow).where(or_(GoodsRow.in_village(v), col(GoodsRow.code) == code))",
        "select(GoodsRow).where(GoodsRow.in_village(v) | (col(GoodsRow.code) == code))",
        "select(GoodsRow).where(~GoodsRow.in_village(v))",
        "def a():\n here = col(GoodsRow.code) == c\n return session.exec(select(GoodsRow).where(here))",
    ],
)
def test_a_statement_without_its_village_is_found(source: str):
    assert any(_unbound(source))


@pytest.mark.parametrize(
    "source",
    [
        "select(GoodsRow).where(GoodsRow.in_village(village))",
        "select(StaffRow).where(StaffRow.login == login)",
        "t = table_of(GoodsRow)\nS = select(t.c.id).where(t.c.village_id == bindparam('village'))",
        "select(GoodsRow).join(PriceRow, PriceRow.in_village_of(GoodsRow)).where(GoodsRow.in_village(v))",
        "def a():\n q = select(GoodsRow)\n q = q.where(GoodsRow.in_village(v))\n return q",
        "def a():\n return select(GoodsRow).where(*_is(v))\ndef _is(v):\n return (GoodsRow.in_village(v),)",
        "def a():\n return select(GoodsRow).where(_in(GoodsRow))\ndef _in(row):\n return row.in_village(v)",
        "_ALL = select(GoodsRow)\ndef a():\n return _ALL.where(GoodsRow.in_village(v))",
        "def a():\n return _all().where(GoodsRow.in_village(v))\ndef _all():\n return select(GoodsRow)",
        "def a():\n for row in (GoodsRow, PriceRow):\n  session.exec(delete(row).where(row.in_village(v)))",
    ],
)
def test_a_statement_with_its_village_is_not(source: str):
    assert not any(_unbound(source))
