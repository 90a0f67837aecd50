"""Makes the practice village, finds it, throws it away."""

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass

from pointsbank import migrating, sample
from pointsbank.config import Settings
from pointsbank.database import Database
from pointsbank.durable import locked, sync_folder, writing_whole
from pointsbank.errors import Refused
from pointsbank.practice.places import Place, place_of
from pointsbank.practising import PracticeDatabase
from pointsbank.sample import CODE as CODE

PEOPLE = "practice_people.json"
"""Who can be played, with their passwords: for the acts that two people do. Nobody is real."""

_LOCK = "practising.lock"
_GROUPS = 6
"""Groups of the practice village: some 350 households. Boards, search and limits have something to do there,
at a quarter of the work of all twenty."""


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


class PracticeInHand(Refused):
    """Somebody makes the practice village, or throws it away, at this moment."""

    code = "practice_in_hand"
    sentence = "练习村正在建立，或者正在丢掉，请过一分钟再看。"
    fixed_by = "村委"


class PracticeMissing(Refused):
    """There is no practice village."""

    code = "practice_missing"
    sentence = "现在没有练习村，请先建立。"
    fixed_by = "村委"


class PracticeOutdated(Refused):
    """The practice village was made by another version of the program."""

    code = "practice_outdated"
    sentence = "练习村是别的版本的程序建的，打不开了，请丢掉它再建。"
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
    return place_of(settings) is not None


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
    """Open the practice village's database, if it is one; the caller disposes of it.

    Raises:
        PracticeNotOffered: there can be none.
        PracticeOutdated: another version made it; it is thrown away, not brought up to date: nothing counts.
        PracticeUnreachable, PracticeGone, PracticeNotEmpty, PracticeOfAnother, PracticeIsReal: on a server.

    Example:
        database = practice.open_database(settings)
    """
    place = _place(settings)
    with place.reached():
        place.check_own()
        database = PracticeDatabase(place.url, secret=settings.secret_key)
        if migrating.current(database) != migrating.head():
            database.dispose()
            raise PracticeOutdated()
    return database


def make(
    settings: Settings,
    *,
    progress: Callable[[str], object] = lambda sentence: None,
    lived: bool = True,
) -> None:
    """Make the practice village and fill it with a part of the sample, whole or not at all.

    Args:
        progress: called with one sentence for each step.
        lived: as `sample.load` takes it.

    Raises:
        PracticeNotOffered: there can be none here.
        PracticeExists: there is one.
        PracticeInHand: somebody else is at it.
        PracticeUnreachable, PracticeNotEmpty, PracticeOfAnother, PracticeIsReal: on a server.

    Example:
        practice.make(settings)
    """
    place = _place(settings)
    with _one_at_a_time(settings), place.reached():
        if exists(settings):
            raise PracticeExists()
        # What a process that was killed left half made.
        place.clear()
        database = PracticeDatabase(place.begin(), secret=settings.secret_key)
        try:
            migrating.upgrade(database)
            loaded = sample.load(database, progress=progress, lived=lived, groups=_GROUPS)
            database.analyze()
        finally:
            database.dispose()
        place.finish()
        rows = [asdict(Practitioner(one.login, one.name, one.role, one.password)) for one in loaded.people]
        with writing_whole(settings.data_dir / PEOPLE) as out:
            out.write(json.dumps(rows, ensure_ascii=False).encode())


def discard(settings: Settings) -> None:
    """Throw the practice village away: its file, or its tables on a server, are deleted. No other is touched.

    Raises:
        PracticeNotOffered, PracticeMissing: there is none.
        PracticeInHand: somebody else is at it.
        PracticeUnreachable, PracticeNotEmpty, PracticeOfAnother, PracticeIsReal: on a server.

    Example:
        practice.discard(settings)
    """
    place = _place(settings)
    with _one_at_a_time(settings), place.reached():
        if not exists(settings):
            raise PracticeMissing()
        place.check()
        (settings.data_dir / PEOPLE).unlink()
        sync_folder(settings.data_dir)
        place.clear()


def _place(settings: Settings) -> Place:
    """Return where the practice village lies.

    Raises:
        PracticeNotOffered: there can be none.
    """
    place = place_of(settings)
    if place is None:
        raise PracticeNotOffered()
    return place


@contextmanager
def _one_at_a_time(settings: Settings) -> Iterator[None]:
    """Keep every other process from making it, or throwing it away, for the length of the block.

    Raises:
        PracticeInHand: another is at it.
    """
    with ExitStack() as stack:
        try:
            stack.enter_context(locked(settings.data_dir / _LOCK, 0))
        except OSError:
            raise PracticeInHand() from None
        yield
