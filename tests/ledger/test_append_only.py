"""What was written stays written: the database itself refuses to change it."""

from datetime import timedelta

import pytest
from sqlalchemy.exc import DBAPIError

from pointsbank import ledger
from tests.builders import NOW, VILLAGE, Chayuan

ORDERS = [
    "UPDATE \"transaction\" SET kind = 'gift'",
    "UPDATE posting SET amount = amount + 1",
    "UPDATE log_entry SET kind = 'gift'",
    "UPDATE log_private SET private = salt",
    "DELETE FROM posting",
    'DELETE FROM "transaction"',
    "DELETE FROM log_entry",
    "DELETE FROM log_private",
]


@pytest.mark.parametrize("order", ORDERS)
def test_the_database_refuses(village: Chayuan, order: str) -> None:
    village.give(village.wang, 5)

    with pytest.raises(DBAPIError, match="never changed or removed"), village.database.writing() as session:
        session.connection().exec_driver_sql(order)


def test_postgresql_refuses_to_truncate(village: Chayuan) -> None:
    if village.database.is_sqlite:
        return
    with pytest.raises(DBAPIError, match="never changed or removed"), village.database.writing() as session:
        session.connection().exec_driver_sql("TRUNCATE posting CASCADE")


def test_a_balance_below_zero_is_refused_by_the_database_too(village: Chayuan) -> None:
    order = f"UPDATE account SET balance = -1 WHERE id = '{village.wang.id}.points'"

    with pytest.raises(DBAPIError, match="not_overdrawn"), village.database.writing() as session:
        session.connection().exec_driver_sql(order)


def test_words_go_once_their_tombstone_stands_and_the_log_still_holds(village: Chayuan) -> None:
    village.give(village.wang, 5)
    order = f"DELETE FROM log_private WHERE village_id = '{VILLAGE}' AND log_index = 0"
    village.write(ledger.record, kind="erasure", words={"why": "本人申请"}, ref=0)
    with village.database.writing() as session:
        session.connection().exec_driver_sql(order)

    assert ledger.audit(village.database, village=VILLAGE).findings == []
    [line] = village.read(ledger.statement, participant=village.wang.id).lines
    assert line.words is None


def test_a_moment_comes_back_aware_and_in_utc(village: Chayuan) -> None:
    village.give(village.wang, 5)
    [line] = village.read(ledger.statement, participant=village.wang.id).lines

    assert (line.recorded_at, line.recorded_at.utcoffset()) == (NOW, timedelta(0))
