"""Makes the practice village, finds it, throws it away."""

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from sqlalchemy import text

from pointsbank import migrating, sample
from pointsbank.config import Settings
from pointsbank.database import Database, execute
from pointsbank.durable import put_in_place, sync_folder, writing_whole
from pointsbank.errors import Refused
from pointsbank.practising import PracticeDatabase
from pointsbank.sample import CODE as CODE

FILE = "practice.sqlite3"
PEOPLE = "practice_people.json"
"""Who can be played, with their passwords: for the acts that two people do. Nobody is real."""


_FOR_PRACTICE = "pointsbank practice"
_SAY = text(f"COMMENT ON SCHEMA public IS '{_FOR_PRACTICE}'")
_SAYS = text("SELECT obj_description('public'::regnamespace, 'pg_namespace')")
_DROP, _ANEW = text("DROP SCHEMA public CASCADE"), text("CREATE SCHEMA public")


class PracticeNotOffered(Refused):
    """The data is on a server and no second database is named."""

    code = "practice_not_offered"
    sentence = (
        "数据在 PostgreSQL 上，练习村要另一个库：请管理员建一个空库，"
        "写进设置 practice_database_url，再重新启动。"
    )
    fixed_by = "管理员"


class PracticeExists(Refused):
    """There is a practice village already."""

    code = "practice_exists"
    sentence = "已经有练习村了。想从头再来，请先丢掉它。"
    fixed_by = "村委"


class PracticeNotEmpty(Refused):
    """The database named for practice holds something that is not a practice village."""

    code = "practice_not_empty"
    sentence = "设置 practice_database_url 指的库里已有别的数据，没有动它。请管理员另建一个空库。"
    fixed_by = "管理员"


class PracticeMissing(Refused):
    """There is no practice village."""

    code = "practice_missing"
    sentence = "现在没有练习村，请先建立。"
    fixed_by = "村委"


@dataclass(frozen=True, slots=True)
class Practitioner:
    """Somebody of the practice village whom one can play."""

    login: str
    name: str
    role: str
    password: str


def is_offered(settings: Settings) -> bool:
    """Return whether there can be a practice village: beside a file always, on a server if one is named.

    Example:
        practice.is_offered(settings)  # True
    """
    return bool(_url(settings))


def exists(settings: Settings) -> bool:
    """Return whether there is a practice village, whole.

    Example:
        practice.exists(settings)  # False until somebody made one
    """
    # What says so is written last, and removed first.
    return is_offered(settings) and (settings.data_dir / PEOPLE).exists()


def version(settings: Settings) -> tuple[int, int] | None:
    """Return what tells one practice village from the next that took its place; None where there is none.

    Example:
        practice.version(settings) == practice.version(settings)
    """
    try:
        found = (settings.data_dir / PEOPLE).stat()
    except OSError:
        return None
    return found.st_ino, found.st_mtime_ns


def people(settings: Settings) -> tuple[Practitioner, ...]:
    """Return whom one can play.

    Raises:
        PracticeMissing: there is no practice village.

    Example:
        [one.name for one in practice.people(settings)]  # ["孙管理员", "李主任", …]
    """
    if not exists(settings):
        raise PracticeMissing()
    return tuple(Practitioner(**one) for one in json.loads((settings.data_dir / PEOPLE).read_text("utf-8")))


def open_database(settings: Settings) -> Database:
    """Open the practice village's database; the caller disposes of it.

    Raises:
        PracticeNotOffered: there can be none.

    Example:
        database = practice.open_database(settings)
    """
    if not is_offered(settings):
        raise PracticeNotOffered()
    return PracticeDatabase(_url(settings), secret=settings.secret_key)


def make(
    settings: Settings,
    *,
    progress: Callable[[str], object] = lambda sentence: None,
    lived: bool = True,
) -> None:
    """Make the practice village and fill it with the sample, whole or not at all; takes up to a minute.

    Args:
        progress: called with one sentence for each step.
        lived: as `sample.load` takes it.

    Raises:
        PracticeNotOffered: there can be none here.
        PracticeExists: there is one.
        PracticeNotEmpty: what the settings name holds something else.

    Example:
        practice.make(settings)
    """
    if not is_offered(settings):
        raise PracticeNotOffered()
    if exists(settings):
        raise PracticeExists()
    _clear(settings)
    file = settings.data_dir / FILE
    building = _building(file)
    url = f"sqlite:///{building}" if _is_file(settings) else _url(settings)
    database = PracticeDatabase(url, secret=settings.secret_key)
    try:
        _mark(database)
        migrating.upgrade(database)
        loaded = sample.load(database, progress=progress, lived=lived)
        database.analyze()
    finally:
        database.dispose()
    if _is_file(settings):
        put_in_place(building, file)
        for left in _files(building):
            left.unlink(missing_ok=True)
    rows = [asdict(Practitioner(one.login, one.name, one.role, one.password)) for one in loaded.people]
    with writing_whole(settings.data_dir / PEOPLE) as out:
        out.write(json.dumps(rows, ensure_ascii=False).encode())


def discard(settings: Settings) -> None:
    """Throw the practice village away: its database is deleted. The real one is not touched.

    Raises:
        PracticeNotOffered, PracticeMissing: there is none.

    Example:
        practice.discard(settings)
    """
    if not is_offered(settings):
        raise PracticeNotOffered()
    if not exists(settings):
        raise PracticeMissing()
    _clear(settings)


def _url(settings: Settings) -> str:
    """Return the address of the practice database; empty where there can be none."""
    return f"sqlite:///{settings.data_dir / FILE}" if _is_file(settings) else settings.practice_database_url


def _is_file(settings: Settings) -> bool:
    return settings.database_url.startswith("sqlite")


def _clear(settings: Settings) -> None:
    """Delete the practice database, and first of all what says that there is one."""
    (settings.data_dir / PEOPLE).unlink(missing_ok=True)
    sync_folder(settings.data_dir)
    if _is_file(settings):
        file = settings.data_dir / FILE
        for left in [*_files(file), *_files(_building(file))]:
            left.unlink(missing_ok=True)
        return
    database = PracticeDatabase(settings.practice_database_url)
    try:
        with database.writing() as session:
            if execute(session, _SAYS).scalar() == _FOR_PRACTICE:
                # The tables go with all their guards; none is taken off a table that stays.
                execute(session, _DROP)
                execute(session, _ANEW)
    finally:
        database.dispose()


def _mark(database: Database) -> None:
    """Write into a server's empty database that it is for practice: no other is ever deleted.

    Raises:
        PracticeNotEmpty: it holds something.
    """
    if not migrating.is_empty(database):
        raise PracticeNotEmpty()
    if not database.is_sqlite:
        with database.writing() as session:
            execute(session, _SAY)


def _files(file: Path) -> list[Path]:
    """Return a database's file with what SQLite keeps beside it."""
    return [file.with_name(file.name + ending) for ending in ("", "-journal", "-wal", "-shm")]


def _building(file: Path) -> Path:
    """Return where a database is made before it gets its name."""
    return file.with_name(f"{file.name}.new")
