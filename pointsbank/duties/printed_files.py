"""Printed files in `out/`, which go by themselves: a list beside them says after how many days.

Some hold the codes of cards in clear. The list says what the sheets sentence, so that a start of the server
need not load them. What a print that was killed left half written goes after a day.
"""

import contextlib
import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

from pointsbank import sheets
from pointsbank.durable import locked, writing_whole

_LIST, _LOCK, _WAITS = "kept-days.json", "kept-days.lock", 8.0
_DAY = timedelta(days=1)
_DAYS_OF_A_CARD = 7
_DAMAGED = (OSError, ValueError, TypeError, AttributeError)


def list_for_removal(out_dir: Path, files: Sequence[Path], *, days: int) -> None:
    """List those of these files that lie in `out/`, or soon will, to be removed after so many days.

    Raises:
        OSError: the list cannot be written, or others write to it for seconds.
    """
    named = {file.name: days for file in files if file.parent.resolve() == out_dir.resolve()}
    if named:
        # Two who print at once would each write the list without the other's file, which then stays for ever.
        with locked(out_dir / _LOCK, _WAITS):
            kept = json.dumps(_listed(out_dir) | named)
            with writing_whole(out_dir / _LIST) as file:
                file.write(kept.encode())


def too_old(out_dir: Path, *, at: datetime) -> list[Path]:
    """Return the files in `out/` that were listed there when they were printed and have had their days."""
    ages = {out_dir / name: days for name, days in _listed(out_dir).items()}
    found = []
    for file, days in (ages | dict.fromkeys(out_dir.glob("*.part"), 1)).items():
        with contextlib.suppress(OSError):
            if at.timestamp() - file.stat().st_mtime > (days * _DAY).total_seconds():
                found.append(file)
    return found


def remove_old(out_dir: Path, *, at: datetime) -> int:
    """Remove what is too old, and return how many files that were."""
    removed = 0
    for file in too_old(out_dir, at=at):
        # One that somebody holds open, or removes at this moment, goes next time.
        with contextlib.suppress(OSError):
            file.unlink()
            removed += 1
    return removed


def complaint(out_dir: Path) -> str:
    """Return a sentence that says that the list is damaged, empty if it is not."""
    try:
        _read(out_dir / _LIST)
    except FileNotFoundError:
        return ""
    except _DAMAGED:
        return f"{out_dir / _LIST} 已损坏，out 里的打印文件都按七天到期处理"
    return ""


def _listed(out_dir: Path) -> dict[str, int]:
    """Return after how many days each file goes, by name."""
    try:
        return _read(out_dir / _LIST)
    except FileNotFoundError:
        # Prints of a version that kept no list, or somebody removed it.
        if not any(out_dir.glob("*.pdf")):
            return {}
    except _DAMAGED:
        pass  # who prints next is told, see `complaint`
    # What a print would have made is known by its name.
    prints = [each.name for sheet in sheets.every() for each in out_dir.glob(f"{sheet.name}*.pdf")]
    return dict.fromkeys(prints, _DAYS_OF_A_CARD)


def _read(file: Path) -> dict[str, int]:
    """Read the list; raises one of _DAMAGED if it is not whole."""
    return {Path(name).name: int(days) for name, days in json.loads(file.read_text("utf-8")).items()}
