"""What reaches a database while something is done: its statements, in order."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import event

from pointsbank.database import Database


@contextmanager
def asked_of(database: Database) -> Iterator[list[str]]:
    """The statements that reach the database meanwhile."""
    statements: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        statements.append(statement)

    event.listen(database.engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(database.engine, "before_cursor_execute", note)
