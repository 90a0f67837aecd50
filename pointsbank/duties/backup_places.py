"""The backups that the program makes by itself: where they lie, how old they are, which ones go.

A backup's moment is read from its name, never from the file: a stick (FAT) keeps local time without a zone,
and a copy has the time of its copying. One whose name lies in the future was made by a wrong clock: it is
kept, and counts as no newest.

What leaves the machine is locked: on a stick lies every household's name. Nobody is there at night to type a
passphrase, so it lies beside the data, which a thief of the stick does not have, and on paper.

Two installations may share a stick: a copy's name ends with a mark of the passphrase that opens it. Those of
another mark are another's, neither counted as ours nor removed by us.
"""

import hashlib
import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from pointsbank.config import Settings
from pointsbank.dates import SHANGHAI
from pointsbank.durable import locked, writing_whole
from pointsbank.errors import Refused

_NAME = re.compile(r"pointsbank-([0-9]{8}-[0-9]{6})(?:-([0-9a-f]{8}))?\.sqlite3\.gz")
_SHAPE = "%Y%m%d-%H%M%S"
_AHEAD = timedelta(minutes=5)

NEWEST, MONTHS = 14, 12
"""Backups that are kept: so many newest ones, and the last of each of so many months."""

DAY_BEGINS = timedelta(hours=2)
"""A backup a day, from two in the morning on: what is entered late in the evening is of the day before."""


_PASSPHRASE = "backup_passphrase"
_LETTERS = "0123456789abcdefghjkmnpqrstvwxyz"
_GROUPS, _OF_A_GROUP = 6, 4
_WAITS = 8.0


class BackupsNotLocked(Refused):
    """No folder is set whose backups would be locked."""

    code = "backups_not_locked"
    sentence = "没有设其他的备份文件夹，程序自己做的备份都没有加密，不用口令。"
    fixed_by = "管理员"


@dataclass(frozen=True, slots=True)
class Kept:
    """One backup file; `size` in bytes."""

    file: Path
    made_at: datetime
    size: int


@dataclass(frozen=True, slots=True)
class PlaceOfBackups:
    """A folder of backups: whether it is there now, and its newest backup."""

    folder: Path
    is_here: bool
    newest: Kept | None
    is_own: bool


def name_of(at: datetime, mark: str = "") -> str:
    """Return the file name of a backup made at this moment.

    Args:
        mark: of the passphrase that opens it; empty for one that is not locked.

    Example:
        >>> from datetime import UTC
        >>> name_of(datetime(2026, 9, 1, 18, 30, tzinfo=UTC))
        'pointsbank-20260902-023000.sqlite3.gz'
    """
    return f"pointsbank-{at.astimezone(SHANGHAI):{_SHAPE}}{mark and f'-{mark}'}.sqlite3.gz"


def kept_in(folder: Path, mark: str = "") -> list[Kept]:
    """Return the backups in a folder that the program made by itself, newest first; none where it is away.

    Args:
        mark: theirs; those of another mark are another installation's.
    """
    found = []
    for file in folder.glob("pointsbank-*.sqlite3.gz") if folder.is_dir() else ():
        if (named := _NAME.fullmatch(file.name)) and (named[2] or "") == mark:
            try:
                made_at = datetime.strptime(named[1], _SHAPE).replace(tzinfo=SHANGHAI)
                found.append(Kept(file, made_at, file.stat().st_size))
            except (ValueError, OSError):
                continue
    return sorted(found, key=lambda one: one.made_at, reverse=True)


def newest_of(kept: Sequence[Kept], *, at: datetime) -> Kept | None:
    """Return the newest of some backups that is not of the future."""
    return next((one for one in kept if one.made_at <= at + _AHEAD), None)


def places(settings: Settings, *, at: datetime) -> list[PlaceOfBackups]:
    """Return the folders of backups: the data directory's own first, then those that are set."""
    return [
        PlaceOfBackups(
            folder,
            is_here=folder.is_dir(),
            newest=newest_of(kept_in(folder, mark_in(folder, settings)), at=at),
            is_own=folder == settings.backups_dir,
        )
        for folder in (settings.backups_dir, *settings.backup_to)
    ]


def is_due(newest: Kept | None, *, at: datetime) -> bool:
    """Return whether a new backup is due: the newest is not of today, which begins at two in the morning.

    Example:
        >>> from datetime import UTC
        >>> made = Kept(Path("a"), datetime(2026, 9, 1, 17, tzinfo=UTC), 1)  # one in the morning of the 2nd
        >>> [is_due(made, at=made.made_at + timedelta(hours=hours)) for hours in (0, 1, 25)]
        [False, True, True]
    """
    return newest is None or _day(newest.made_at) != _day(at)


def surplus(kept: Sequence[Kept], *, at: datetime) -> list[Kept]:
    """Return the backups that go: neither among the newest nor the last of one of the newest months.

    Those of the future are kept, and push none out.

    Example:
        >>> from datetime import UTC
        >>> days = [datetime(2026, 1, 1, tzinfo=UTC) + timedelta(days=day) for day in range(59)]
        >>> gone = surplus([Kept(Path(name_of(day)), day, 1) for day in days], at=days[-1])
        >>> len(gone), [one.made_at.day for one in gone if one.made_at.month == 1][:2]  # 31 January stays
        (44, [30, 29])
    """
    made = [one for one in kept if one.made_at <= at + _AHEAD]
    ordered = sorted(made, key=lambda one: one.made_at, reverse=True)
    last_of: dict[str, Kept] = {}
    for one in ordered:
        last_of.setdefault(f"{one.made_at.astimezone(SHANGHAI):%Y-%m}", one)
    staying = {one.file for one in [*ordered[:NEWEST], *list(last_of.values())[:MONTHS]]}
    return [one for one in ordered if one.file not in staying]


def _day(moment: datetime) -> str:
    return f"{moment.astimezone(SHANGHAI) - DAY_BEGINS:%Y-%m-%d}"


def mark_in(folder: Path, settings: Settings) -> str:
    """Return the mark of this installation's backups in a folder: none in its own, where they are not locked.

    Where no passphrase was made yet, a mark that nothing bears.
    """
    if folder == settings.backups_dir:
        return ""
    file = settings.data_dir / _PASSPHRASE
    return _mark_of(file.read_text("ascii").strip()) if file.exists() else "-"


def copy_in(folder: Path, made: Kept, settings: Settings) -> Path:
    """Return the file that is the copy of a backup in another folder; makes the passphrase that opens it."""
    return folder / name_of(made.made_at, _mark_of(passphrase(settings)))


def _mark_of(phrase: str) -> str:
    # 32 of 256 bits of a secret of 120: enough to tell a stick's owners apart, of no use to guess it by.
    return hashlib.sha256(phrase.encode()).hexdigest()[:8]


def passphrase(settings: Settings) -> str:
    """Return what locks the backups in other folders, made once of 120 random bits."""
    file = settings.data_dir / _PASSPHRASE
    if not file.exists():
        # Two who make one at once: a backup locked by the first would open by neither that is kept.
        with locked(file.with_name(f"{_PASSPHRASE}.lock"), _WAITS):
            if not file.exists():
                groups = (
                    "".join(secrets.choice(_LETTERS) for _ in range(_OF_A_GROUP)) for _ in range(_GROUPS)
                )
                with writing_whole(file) as out:
                    out.write("-".join(groups).encode())
    return file.read_text("ascii").strip()
