"""What somebody with the database's password can do: drop the triggers and write what they like."""

from sqlalchemy import inspect

from pointsbank import tables
from pointsbank.database import Database


def drop_guards(database: Database) -> None:
    """Take every trigger away, as whoever owns the database can."""
    with database.engine.begin() as connection:
        existing = set(inspect(connection).get_table_names())
        for guard in tables.GUARDS:
            if guard.table in existing:
                on_table = "" if database.is_sqlite else f' ON "{guard.table}"'
                connection.exec_driver_sql(f'DROP TRIGGER IF EXISTS "{guard.name}"{on_table}')


def tamper(database: Database, *orders: str) -> None:
    """Run SQL with no guard and no foreign key in the way."""
    drop_guards(database)
    write_unguarded(database, *orders)


def write_unguarded(database: Database, *orders: str) -> None:
    """Run SQL with no foreign key in the way, once the guards are gone."""
    with database.engine.connect() as connection:
        off = "PRAGMA foreign_keys=OFF" if database.is_sqlite else "SET session_replication_role = replica"
        raw = connection.connection.dbapi_connection
        assert raw is not None
        cursor = raw.cursor()
        cursor.execute(off)
        for order in orders:
            cursor.execute(order)
        raw.commit()
    database.dispose()
