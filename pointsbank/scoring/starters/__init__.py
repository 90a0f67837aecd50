"""Schemes to start from, in the project's own words: one file each, deeds only.

A file is a table as villages send them: its title, a line that says for whom it is, the headers, the items.
It is read by the rules for a village's own file, so that whatever can be started from can also be imported.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pointsbank.errors import NotFound
from pointsbank.scoring.scheme_rows import read_items
from pointsbank.scoring.values import Item
from pointsbank.spreadsheets import Table, read_table

_FOLDER = Path(__file__).parent


class StarterUnknown(NotFound):
    """There is no scheme of this name to start from."""

    code = "starter_unknown"
    sentence = "没有这一套现成的细则，请从列表中选择。"
    fixed_by = "本人"


@dataclass(frozen=True, slots=True)
class Starter:
    """A scheme to start from: its name in addresses, its title, for whom it is, its items."""

    name: str
    title: str
    about: str
    items: tuple[Item, ...]


@cache
def starters() -> tuple[Starter, ...]:
    """Return every scheme to start from, the shortest first.

    Raises:
        BadRows, RowsInDoubt, FileUnreadable: a file of this folder is no scheme; tests read them all.

    Example:
        [one.title for one in scoring.starters()]  # ["小村20条", …]
    """
    found = [_read(file) for file in _FOLDER.glob("*.csv")]
    return tuple(sorted(found, key=lambda one: (len(one.items), one.name)))


def starter_table(name: str) -> Table:
    """Return a scheme to start from as the table that `import_scheme` takes.

    Raises:
        StarterUnknown: there is none of this name.
        BadRows, FileUnreadable, RowsInDoubt: as `starters`.

    Example:
        scoring.starter_table("small_village")
    """
    if name not in {one.name for one in starters()}:
        raise StarterUnknown()
    file = _FOLDER / f"{name}.csv"
    return read_table(file.name, file.read_bytes())


def _read(file: Path) -> Starter:
    """Return what one file holds."""
    title, about, _headers = file.read_text("utf-8").split("\n", 2)
    items = read_items(read_table(file.name, file.read_bytes())).items
    return Starter(file.stem, title, about, tuple(items))
