"""Everything that is imported from files: one module an import, found here by page and command.

An import is a module of this package, named as the import is, that declares `IMPORT` (see `imports.base`):
its columns, the verb that takes a table in, who may, the rows of its empty table. Adding one is adding its
file. `kept` keeps files between preview and take-over. Knows neither flask nor click.
"""

from collections.abc import Sequence
from functools import cache

from pointsbank.errors import NotFound
from pointsbank.imports import kept
from pointsbank.imports.base import Import, blank, place_of
from pointsbank.imports.kept import Kept, Looked
from pointsbank.registers import discover
from pointsbank.spreadsheets import Column, Table, columns_found


class ImportUnknown(NotFound):
    """Nothing of this name is imported."""

    code = "import_unknown"
    sentence = "没有叫“{name}”的导入，可以导入的有：{known}。"
    fixed_by = "村委"


@cache
def every() -> tuple[Import, ...]:
    """Return all imports, in the order in which a village needs them."""
    found = (getattr(module, "IMPORT", None) for module in discover(__name__))
    return tuple(sorted((one for one in found if isinstance(one, Import)), key=lambda one: one.order))


_SHEETS, _ROWS = 3, 30
"""Of a table that was refused so much is looked at: five imports would read a large one five times."""


def note_likelier(table: Table, columns: Sequence[Column]) -> None:
    """Note in what was found in a refused table that it has more of another import's columns."""
    some = table.beginning(_SHEETS, _ROWS)
    known, likely = columns_found(some, columns, whole=False), None
    for one in every():
        if (count := columns_found(some, one.columns)) > known:
            known, likely = count, one
    if likely is not None:
        table.found.append(
            f"这份表像是“{likely.title}”的表：没有选错文件的话，请到“导入”里选“{likely.title}”。"
        )


def find(name: str) -> Import:
    """Return the import of this name.

    Raises:
        ImportUnknown: there is none.
    """
    known = {one.name: one for one in every()}
    if name not in known:
        raise ImportUnknown(name=name[:40], known="、".join(known))
    return known[name]
