"""Files that wait between preview and take-over: on disk, each its sender's alone, and gone after two hours.

Two files each, named by chance, readable by their owner only: what was sent, and what is known of it. Nothing
of them is in the database, and no other person, village or import ever gets one.
"""

import contextlib
import json
import os
import secrets
import shutil
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

from pointsbank.durable import opened_for_owner, writing_whole
from pointsbank.errors import NotFound

LASTS = timedelta(hours=2)
MAXIMUM_OF_ONE = 3
"""Files of one person; a fourth takes the place of the oldest."""
MAXIMUM = 32
"""Files of all people together, of at most 8 MiB each."""

_ABOUT, _TABLE = ".json", ".table"


class UploadGone(NotFound):
    """A kept file has had its time, was taken over, or was never this person's."""

    code = "upload_gone"
    sentence = "这个文件已经导入过，或者放了两小时以上，已经删掉。请重新选择文件。"
    fixed_by = "本人"


@dataclass(frozen=True, slots=True)
class Looked:
    """What a look at a file found, in words.

    Attributes:
        lines: counts first, then what was found, left out, and warned of.
        problems: each bad cell, or each question.
        sentence: why it cannot be taken over, where that is no bad cell.
        fixed_by: who can mend that.
        asks: the problems are questions; somebody may say that it is meant so.
        counts: new, changed and unchanged rows, and whether they become a request.
        first: the first rows as they were read: the row in words, and each cell's column, value and what
            stands in the file where that is something else.
        requests: taking it over requests what another person has to confirm; nothing is taken in.
        waits: nobody has looked yet, for the program was busy when the file came.
    """

    lines: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    sentence: str = ""
    fixed_by: str = ""
    asks: bool = False
    counts: list[int] = field(default_factory=list)
    first: list[tuple[str, list[tuple[str, str, str]]]] = field(default_factory=list)
    requests: bool = False
    waits: bool = False

    @property
    def can_be_taken(self) -> bool:
        """Whether it was looked at and nothing stands against taking it over, but perhaps a question."""
        return not self.waits and not self.sentence and (self.asks or not self.problems)


@dataclass(frozen=True, slots=True)
class Kept:
    """A file that waits; `at` in seconds since 1970, `answers` as they were typed beside it."""

    id: str
    staff: str
    village: str
    what: str
    name: str
    at: float
    answers: dict[str, str] = field(default_factory=dict)
    looked: Looked = field(default_factory=Looked)


def keep(folder: Path, file: Path, kept: Kept) -> Kept:
    """Keep a copy of a file and what is known of it; what is too old, or too many, goes."""
    folder.mkdir(mode=0o700, exist_ok=True)
    kept = replace(kept, id=secrets.token_hex(16))
    remove_old(folder, at=kept.at)
    known = sorted(_every(folder), key=lambda one: one.at)
    own = [one for one in known if one.staff == kept.staff]
    same = [one for one in own if (one.village, one.what) == (kept.village, kept.what)]
    rest = [one for one in own if one not in same]
    for one in [*same, *rest[: len(rest) - MAXIMUM_OF_ONE + 1], *known[: len(known) - MAXIMUM + 1]]:
        remove(folder, one.id)
    with file.open("rb") as source, opened_for_owner(folder / f"{kept.id}{_TABLE}") as target:
        shutil.copyfileobj(source, target)
    os.utime(folder / f"{kept.id}{_TABLE}", (kept.at, kept.at))
    note(folder, kept)
    return kept


def note(folder: Path, kept: Kept) -> None:
    """Write down what is known of a kept file."""
    about = folder / f"{kept.id}{_ABOUT}"
    with writing_whole(about) as target:
        target.write(json.dumps(asdict(kept), ensure_ascii=False).encode())
    os.utime(about, (kept.at, kept.at))


def find(folder: Path, id: str, *, staff: str, village: str, what: str, at: datetime) -> Kept:
    """Return a kept file of this person.

    Raises:
        UploadGone: there is none, or it is another's.
    """
    kept = _read(folder / f"{id}{_ABOUT}") if id.isalnum() and id.isascii() else None
    if kept is None or (kept.staff, kept.village, kept.what) != (staff, village, what) or _is_old(kept, at):
        raise UploadGone()
    return kept


def last_of(folder: Path, *, staff: str, village: str, what: str, at: datetime) -> Kept | None:
    """Return the file of this person that waits for this import, if any."""
    wanted = (staff, village, what)
    found = [one for one in _every(folder) if (one.staff, one.village, one.what) == wanted]
    return next((one for one in found if not _is_old(one, at)), None)


def path_of(folder: Path, kept: Kept) -> Path:
    """Return where a kept file lies."""
    return folder / f"{kept.id}{_TABLE}"


def remove(folder: Path, id: str) -> None:
    """Remove a kept file and what is known of it."""
    for ending in (_ABOUT, _TABLE):
        with contextlib.suppress(OSError):
            (folder / f"{id}{ending}").unlink()


def too_old(folder: Path, *, at: float) -> list[Path]:
    """Return the files that have had their time; `at` in seconds since 1970."""
    found = []
    for path in folder.glob("*"):
        with contextlib.suppress(OSError):
            # By the file's own time: what is known of it may be damaged.
            if not -60 < at - path.stat().st_mtime < LASTS.total_seconds():
                found.append(path)
    return found


def remove_old(folder: Path, *, at: float) -> int:
    """Remove what has had its time and return how many files that were."""
    removed = 0
    for path in too_old(folder, at=at):
        with contextlib.suppress(OSError):
            path.unlink()
            removed += path.suffix == _TABLE
    return removed


def _is_old(kept: Kept, at: datetime) -> bool:
    return not -60 < at.timestamp() - kept.at < LASTS.total_seconds()


def _every(folder: Path) -> Iterator[Kept]:
    for path in folder.glob(f"*{_ABOUT}"):
        if kept := _read(path):
            yield kept


def _read(path: Path) -> Kept | None:
    try:
        known = json.loads(path.read_text("utf-8"))
        return Kept(**known | {"looked": Looked(**known["looked"])})
    except (OSError, ValueError, TypeError, KeyError):
        return None
