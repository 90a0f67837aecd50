"""The practice database on a server: known by a row of its own, thrown away table by table.

Whoever writes a wrong address into the settings must lose nothing by it. So no database and no schema is ever
dropped, and nothing by CASCADE: only tables that this program makes, where a row says that this installation
made them for practice, and only if nothing else lies there. The triggers go with their tables.
"""

import hashlib
import hmac
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import psycopg
from sqlalchemy import Connection, make_url, text
from sqlalchemy.exc import DBAPIError

from pointsbank import storage_faults, tables
from pointsbank.config import Settings
from pointsbank.database import Database
from pointsbank.errors import Refused
from pointsbank.guards import existing_triggers

_MARK = "practice_mark"
_MAKE_MARK = text(f"CREATE TABLE {_MARK} (installation VARCHAR PRIMARY KEY)")
_WRITE_MARK = text(f"INSERT INTO {_MARK} (installation) VALUES (:installation)")
_READ_MARK = text(f"SELECT installation FROM {_MARK}")
_SCHEMA = text("SELECT current_schema()")
# Two addresses may be spelt differently and lead to one database: the cluster's number, its number in that.
_WHICH = text(
    "SELECT system_identifier, (SELECT oid FROM pg_database WHERE datname = current_database())"
    " FROM pg_control_system()"
)
# Tables, views and sequences of everybody but the server and its extensions; not what belongs to a table.
_RELATIONS = text(
    "SELECT nspname, relname FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace"
    " WHERE relkind IN ('r', 'p', 'v', 'm', 'f', 'S') AND nspname <> 'information_schema'"
    " AND nspname NOT LIKE 'pg\\_%' AND NOT EXISTS (SELECT 1 FROM pg_depend"
    " WHERE objid = pg_class.oid AND classid = 'pg_class'::regclass AND deptype IN ('a', 'e', 'i'))"
)
_NAMED = 3
_CONNECTS = "5"  # seconds


class PracticeIsReal(Refused):
    """The database named for practice is the village's own, spelt differently."""

    code = "practice_is_real"
    sentence = "设置 practice_database_url 指的就是村里的库，没有动它。请管理员另建一个空库，改这项设置。"
    fixed_by = "管理员"


class PracticeOfAnother(Refused):
    """The database named for practice is another installation's practice village."""

    code = "practice_of_another"
    sentence = (
        "设置 practice_database_url 指的库里是另一套积分银行的练习村，没有动它。"
        "请管理员另建一个空库，改这项设置，再重新启动。"
    )
    fixed_by = "管理员"


class PracticeNotEmpty(Refused):
    """The database named for practice holds something that is not a practice village."""

    code = "practice_not_empty"
    sentence = (
        "设置 practice_database_url 指的库里有别的数据（{what}），没有动它。"
        "请管理员另建一个空库，改这项设置，再重新启动。"
    )
    fixed_by = "管理员"


class PracticeGone(Refused):
    """The database named for practice is empty, though a practice village was made."""

    code = "practice_gone"
    sentence = "练习村的库里什么也没有了。请丢掉练习村，再建一个。"
    fixed_by = "村委"


class PracticeUnreachable(Refused):
    """The database named for practice cannot be opened or written to."""

    code = "practice_unreachable"
    sentence = "练习村的库（设置 practice_database_url）用不了，村里的数据没有动：{why}"
    fixed_by = "管理员"


@dataclass(frozen=True, slots=True)
class _Contents:
    """What lies in a database: our tables, what is not ours, whose practice village it is, if any."""

    ours: tuple[str, ...]
    others: tuple[str, ...]
    installation: str | None


@dataclass(frozen=True, slots=True)
class OnServer:
    """A second database of a server, which the settings name."""

    settings: Settings

    @property
    def url(self) -> str:
        """How SQLAlchemy opens it: a page that waits for it is answered within seconds."""
        found = make_url(self.settings.practice_database_url)
        return found.set(query={"connect_timeout": _CONNECTS, **found.query}).render_as_string(
            hide_password=False
        )

    @contextmanager
    def reached(self) -> Iterator[None]:
        """Say of an error of the server that it is the practice database's.

        Raises:
            PracticeUnreachable: it is away, or takes no writes.
        """
        try:
            storage_faults.check_address(self.settings.practice_database_url)
            with storage_faults.explained(self.url):
                yield
        except storage_faults.DatabaseUnusable as problem:
            raise PracticeUnreachable(why=problem.detail) from problem

    def check(self) -> None:
        """Refuse to touch whatever is neither empty nor a practice village of this installation.

        Raises:
            PracticeIsReal, PracticeOfAnother, PracticeNotEmpty: what it is instead.
        """
        self._looked_at()

    def check_own(self) -> None:
        """Refuse to open whatever is no practice village of this installation.

        Raises:
            PracticeIsReal, PracticeOfAnother, PracticeNotEmpty: what it is instead.
            PracticeGone: nothing is there.
        """
        if self._looked_at().installation is None:
            raise PracticeGone()

    def clear(self) -> None:
        """Drop the practice village's tables, all in one transaction, and the functions of their triggers.

        Raises:
            PracticeIsReal, PracticeOfAnother, PracticeNotEmpty: it is something else, which stays as it is.
        """
        with self._opened() as database, database.engine.begin() as connection:
            # Looked at in the transaction that drops: what was there a moment ago is not what is there.
            found = self._refuse_foreign(connection)
            if found.installation is None:
                return
            functions = [name for name in existing_triggers(connection) if name.startswith("guard_")]
            _drop(connection, "TABLE", found.ours)
            _drop(connection, "FUNCTION", functions)

    def begin(self) -> str:
        """Mark the empty database as this installation's for practice; return its address."""
        with self._opened() as database, database.engine.begin() as connection:
            connection.execute(_MAKE_MARK)
            connection.execute(_WRITE_MARK, {"installation": self._installation})
        return self.url

    def finish(self) -> None:
        """Do nothing: it was made where it is found."""

    def _looked_at(self) -> _Contents:
        with self._opened() as database, database.engine.connect() as connection:
            found = self._refuse_foreign(connection)
            connection.rollback()
        return found

    @contextmanager
    def _opened(self) -> Iterator[Database]:
        database = Database(self.url)
        try:
            yield database
        finally:
            database.dispose()

    def _refuse_foreign(self, connection: Connection) -> _Contents:
        """Return what lies in the database, if it is nothing or this installation's practice village.

        Raises:
            PracticeIsReal, PracticeOfAnother, PracticeNotEmpty: it is something else.
        """
        if connection.execute(_WHICH).one() == self._real():
            raise PracticeIsReal()
        found = _contents(connection)
        if found.installation is not None and found.installation != self._installation:
            raise PracticeOfAnother()
        # Without the row our own tables are a village that counts.
        others = found.others if found.installation is not None else (*found.ours, *found.others)
        if others:
            raise PracticeNotEmpty(what="、".join(others[:_NAMED]))
        return found

    def _real(self) -> object:
        """Return which database the village's own is."""
        real = Database(self.settings.database_url)
        try:
            with real.engine.connect() as connection:
                return connection.execute(_WHICH).one()
        finally:
            real.dispose()

    @property
    def _installation(self) -> str:
        """Return what names this installation and gives nothing of its secret away."""
        return hmac.new(self.settings.secret_key.encode(), b"practice database", hashlib.sha256).hexdigest()


def _contents(connection: Connection) -> _Contents:
    """Return what lies in the database."""
    schema = connection.execute(_SCHEMA).scalar_one()
    known = {*tables.metadata.tables, "alembic_version", _MARK}
    rows = sorted((str(place), str(name)) for place, name in connection.execute(_RELATIONS))
    ours = tuple(name for place, name in rows if place == schema and name in known)
    others = tuple(name for place, name in rows if place != schema or name not in known)
    mark = connection.execute(_READ_MARK).scalar() if _MARK in ours else None
    return _Contents(ours, others, mark)


def _drop(connection: Connection, kind: str, names: Sequence[str]) -> None:
    """Drop tables or functions; others that lean on them keep all of them.

    Raises:
        PracticeNotEmpty: something leans on one, which no list of tables shows.
    """
    quoted = ", ".join(f'"{name}"' for name in names)
    try:
        if names:
            connection.exec_driver_sql(f"DROP {kind} {quoted}")
    except DBAPIError as error:
        if not isinstance(error.orig, psycopg.errors.DependentObjectsStillExist):
            raise
        raise PracticeNotEmpty(what=str(error.orig.diag.message_detail or error.orig)) from error
