"""Statements run by the driver itself: nothing is lost on the way; a server that let go is no error."""

from dataclasses import dataclass
from typing import Any, NamedTuple

import psycopg
import pytest
from sqlalchemy import bindparam, delete, event, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm.exc import StaleDataError
from sqlmodel import Session, col, select

from pointsbank import database as databases
from pointsbank import ledger, villages
from pointsbank.database import Database, execute
from pointsbank.ledger.accounts import LOCK_ACCOUNTS, LockedAccount
from pointsbank.ledger.log import lock_head
from pointsbank.ledger.models import AccountRow
from pointsbank.ledger.posting import SET_BALANCE
from pointsbank.market.models import AttemptRow
from pointsbank.prepared import execute_many, fetch, writes_together
from tests.builders import VILLAGE, Chayuan, chayuan
from tests.ledger.moves import award


@pytest.fixture(params=["driver", "sqlalchemy"])
def village(request: pytest.FixtureRequest, database: Database) -> Chayuan:
    """茶源村, whose statements the driver runs, or SQLAlchemy because somebody listens."""
    if request.param == "sqlalchemy":
        event.listen(database.engine, "before_cursor_execute", lambda *_: None)
    return chayuan(database)


def balance_of(village: Chayuan, account: str) -> int:
    """What an account holds."""
    with village.database.writing() as session:
        asked = {"village": VILLAGE, "ids": [account]}
        [found] = fetch(session, LOCK_ACCOUNTS, asked, into=LockedAccount).all()
        return found.balance


def set_to(account: str, balance: int) -> dict[str, Any]:
    """The values of a balance written anew."""
    key = {"key_village": VILLAGE, "key_account": account}
    return key | {"new_balance": balance, "new_may_overdraw": False}


@pytest.fixture
def own(village: Chayuan) -> str:
    """王's account of points."""
    return ledger.account_of(village.wang.id, ledger.POINTS)


def test_a_change_that_finds_no_row_is_an_error_and_changes_nothing(village: Chayuan, own: str) -> None:
    with pytest.raises(StaleDataError), village.database.writing() as session:
        execute_many(session, SET_BALANCE, set_to(own, 500))
        execute_many(session, SET_BALANCE, set_to("nobody.points", 500))

    assert balance_of(village, own) == 0


def test_changes_that_travel_together_find_their_rows_too(village: Chayuan, own: str) -> None:
    with pytest.raises(StaleDataError), village.database.writing() as session, writes_together(session):
        execute_many(session, SET_BALANCE, set_to(own, 500))
        execute_many(session, SET_BALANCE, set_to("nobody.points", 500))

    assert balance_of(village, own) == 0


def test_two_changes_of_one_row_that_travel_together_are_both_made(village: Chayuan, own: str) -> None:
    with village.database.writing() as session, writes_together(session):
        execute_many(session, SET_BALANCE, set_to(own, 500), set_to(own, 700))
        execute_many(session, SET_BALANCE, set_to(own, 600))

    assert balance_of(village, own) == 600


_own_account = AccountRow.in_village(bindparam("key_village")) & (
    col(AccountRow.id) == bindparam("key_account")
)
_DOUBLE = update(AccountRow).where(_own_account).values(balance=2 * col(AccountRow.balance))
_TOP_UP = update(AccountRow).where(_own_account, col(AccountRow.balance) < 600).values(balance=1000)


@pytest.mark.parametrize("second", [_DOUBLE, _TOP_UP])
def test_a_write_that_builds_on_one_it_travels_with_finds_it_made(
    village: Chayuan, own: str, second: Any
) -> None:
    with village.database.writing() as session, writes_together(session):
        execute_many(session, SET_BALANCE, set_to(own, 500))
        execute_many(session, second, {"key_village": VILLAGE, "key_account": own})

    assert balance_of(village, own) == 1000


def test_writes_that_travel_together_are_each_counted(village: Chayuan, own: str) -> None:
    honour = ledger.account_of(village.wang.id, ledger.HONOUR)
    nobody = set_to("nobody.points", 1)
    for some in ([set_to(own, 1)], [nobody]), ([set_to(own, 2), nobody], [set_to(honour, 2)]):
        with pytest.raises(StaleDataError), village.database.writing() as session, writes_together(session):
            for rows in some:
                execute_many(session, SET_BALANCE, *rows)

    for first, second in (
        ([own], [honour]),
        ([own, honour], [own]),
        ([own], [own, honour]),
        ([own] * 9, [honour]),
    ):
        with village.database.writing() as session, writes_together(session):
            execute_many(session, SET_BALANCE, *(set_to(one, 30) for one in first))
            execute_many(session, SET_BALANCE, *(set_to(one, 40) for one in second))
        assert balance_of(village, second[-1]) == 40


def test_a_question_sees_what_was_written_before_it(village: Chayuan, own: str) -> None:
    asked = {"village": VILLAGE, "ids": [own]}
    with village.database.writing() as session, writes_together(session):
        execute_many(session, SET_BALANCE, set_to(own, 500))
        [found] = fetch(session, LOCK_ACCOUNTS, asked, into=LockedAccount).all()
        assert found.balance == 500
        execute_many(session, SET_BALANCE, set_to(own, 700))

    assert balance_of(village, own) == 700


def test_a_constraint_speaks_at_the_end_of_what_travels_together(village: Chayuan, own: str) -> None:
    writing = village.database.writing()
    with pytest.raises(DBAPIError, match="balance"), writing as session, writes_together(session):
        execute_many(session, SET_BALANCE, set_to(own, -1))

    assert balance_of(village, own) == 0


def test_where_writes_travel_together_the_session_runs_nothing_itself(own_village: Chayuan) -> None:
    asked = select(AccountRow).where(AccountRow.in_village(VILLAGE))
    for run in (
        lambda session: session.exec(asked).all(),
        lambda session: execute(session, asked),
        lambda session: session.get(AccountRow, (VILLAGE, "none")),
    ):
        writing = own_village.database.writing()
        with pytest.raises(AssertionError, match="prepared"), writing as session, writes_together(session):
            run(session)


def test_after_a_refusal_the_same_connection_goes_on(village: Chayuan) -> None:
    for _ in range(3):
        with pytest.raises(villages.problems.VillageUnknown), village.database.writing() as session:
            lock_head(session, village=VILLAGE)
            lock_head(session, village="nowhere")

        village.write(ledger.post, entries=[award(village.wang, 1)])


def test_lists_of_many_lengths_fill_no_server_s_memory(village: Chayuan, own: str) -> None:
    with village.database.writing() as session:
        for length in range(1, 330):
            asked = {"village": VILLAGE, "ids": [own] * length}
            assert len(fetch(session, LOCK_ACCOUNTS, asked, into=LockedAccount).all()) == 1
        if not village.database.is_sqlite:
            kept = session.connection().exec_driver_sql("SELECT count(*) FROM pg_prepared_statements")
            assert kept.scalar_one() <= 300


def test_a_look_writes_nothing(village: Chayuan, own: str) -> None:
    try:
        with village.database.reading() as session:
            execute_many(session, SET_BALANCE, set_to(own, 500))
    except DBAPIError:
        assert not village.database.is_sqlite

    assert balance_of(village, own) == 0


def test_a_wrong_set_of_values_is_refused_before_the_driver(village: Chayuan, own: str) -> None:
    with pytest.raises(TypeError), village.database.writing() as session:
        fetch(session, LOCK_ACCOUNTS, {"village": VILLAGE, "ids": [own], "more": 1}, into=LockedAccount)


_NOBODY = delete(AttemptRow).where(AttemptRow.__table__.c.id == bindparam("attempt"))


def test_a_removal_that_finds_no_row_is_an_error(village: Chayuan) -> None:
    with pytest.raises(StaleDataError), village.database.writing() as session:
        execute_many(session, _NOBODY, {"attempt": "none"})


def test_rows_are_made_into_a_named_tuple_or_a_dataclass(village: Chayuan, own: str) -> None:
    @dataclass(frozen=True, slots=True)
    class AsDataclass:
        id: str
        unit: str
        balance: int
        closed: bool

    asked = {"village": VILLAGE, "ids": [own]}
    with village.database.writing() as session:
        named = fetch(session, LOCK_ACCOUNTS, asked, into=LockedAccount).first()
        data = fetch(session, LOCK_ACCOUNTS, asked, into=AsDataclass).first()
        assert fetch(session, LOCK_ACCOUNTS, asked | {"ids": ["none"]}, into=LockedAccount).first() is None

    assert named == LockedAccount(own, "points", 0, closed=False)
    assert data == AsDataclass(own, "points", 0, closed=False)


def test_a_row_class_with_other_fields_than_the_columns_is_refused(village: Chayuan, own: str) -> None:
    class Misspelt(NamedTuple):
        id: str
        unit: str
        ballance: int
        closed: bool

    with pytest.raises(TypeError, match="ballance"), village.database.writing() as session:
        fetch(session, LOCK_ACCOUNTS, {"village": VILLAGE, "ids": [own]}, into=Misspelt)


def test_what_the_session_has_pending_is_written_first(village: Chayuan, own: str) -> None:
    with village.database.writing() as session:
        account = session.get_one(AccountRow, (VILLAGE, own))
        account.balance = 300
        [found] = fetch(session, LOCK_ACCOUNTS, {"village": VILLAGE, "ids": [own]}, into=LockedAccount).all()

    assert found.balance == 300


def test_statements_are_logged_while_the_engine_echoes(
    database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    chayuan(database)
    database.engine.echo = True
    with database.reading() as session:
        villages.settings(session, village=VILLAGE)
    database.engine.echo = False

    logged = [record.getMessage() for record in caplog.records if record.name.startswith("sqlalchemy.engine")]
    assert any("FROM village_settings" in message for message in logged)


@pytest.fixture
def own_village(postgresql_database: Database) -> Chayuan:
    """茶源村 on PostgreSQL."""
    return chayuan(postgresql_database)


def end_all_connections(database: Database) -> None:
    """The server lets go of everybody else, as it does when it is restarted."""
    url = database.engine.url
    with psycopg.connect(
        host=str(url.query["host"]), user=url.username, dbname="postgres", autocommit=True
    ) as other:
        other.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = %s", [url.database]
        )


def found(session: Session) -> str:
    """Anything that asks the server."""
    return villages.get(session, VILLAGE).name


def test_a_server_that_let_go_of_idle_connections_is_no_error(own_village: Chayuan) -> None:
    database = own_village.database
    with database.writing() as one, database.writing() as two:
        assert found(one) == found(two)

    end_all_connections(database)

    with database.writing() as one, database.writing() as two:
        assert found(one) == found(two)


def test_a_connection_closed_on_our_side_is_replaced_too(own_village: Chayuan) -> None:
    with own_village.database.writing() as session:
        driver = session.connection().connection.dbapi_connection
        found(session)
    assert driver is not None
    driver.close()

    with own_village.database.writing() as session:
        assert found(session) == "茶源村"


def test_after_a_long_rest_the_server_is_asked(own_village: Chayuan, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(databases, "_LONG_REST", -1.0)
    monkeypatch.setattr(databases, "_spoke", lambda _connection: False)
    with own_village.database.writing() as session:
        found(session)

    end_all_connections(own_village.database)

    with own_village.database.writing() as session:
        assert found(session) == "茶源村"


def test_unless_nobody_looks(own_village: Chayuan) -> None:
    database = own_village.database
    event.remove(database.engine, "checkout", databases._see_whether_alive)
    with database.writing() as session:
        found(session)

    end_all_connections(database)

    with pytest.raises(DBAPIError), database.writing() as session:
        found(session)


def test_many_rows_travel_together_and_are_counted(village: Chayuan, own: str) -> None:
    with village.database.writing() as session:
        execute_many(session, SET_BALANCE, *[set_to(own, number) for number in range(250)])

    assert balance_of(village, own) == 249

    with pytest.raises(StaleDataError), village.database.writing() as session:
        execute_many(session, SET_BALANCE, *[set_to(own, 300)] * 200, set_to("nobody.points", 1))

    assert balance_of(village, own) == 249


def test_one_bad_row_among_many_is_an_error_and_the_connection_goes_on(village: Chayuan, own: str) -> None:
    for _ in range(2):
        with pytest.raises(DBAPIError, match="balance"), village.database.writing() as session:
            execute_many(
                session, SET_BALANCE, *[set_to(own, 300)] * 120, set_to(own, -1), *[set_to(own, 300)] * 120
            )

        assert balance_of(village, own) == 0
