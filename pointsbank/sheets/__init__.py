"""What can be printed: one module a sheet, found here by all who list, offer or print sheets.

A sheet is a module of this package, named as the sheet is, that declares `SHEET` (see `sheets.base`).
The command line, the print page, the API, the table of permissions, the benchmark and the tests loop
over `every`; adding a sheet is adding its file. Sheets may read every capability; they know neither
flask nor click.

Importing this package loads no sheet: `every` does at its first call, because what draws takes a quarter
of a second to load, and a server that is started again must be ready at once.
"""

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, Any

from pointsbank.config import Settings
from pointsbank.errors import NotFound
from pointsbank.lazy import LazyModule
from pointsbank.practising import MARK
from pointsbank.registers import discover

if TYPE_CHECKING:
    from pointsbank import printing
    from pointsbank.sheets.base import Sheet as Sheet
    from pointsbank.sheets.base import SheetValue as SheetValue
else:
    printing = LazyModule("pointsbank.printing", seldom=True)


class SheetUnknown(NotFound):
    """No sheet has this name."""

    code = "sheet_unknown"
    sentence = "没有叫“{name}”的打印件，可以打印的有：{known}。"
    fixed_by = "村委"


@cache
def every() -> tuple["Sheet[Any]", ...]:
    """Return all sheets, ordered by name.

    Raises:
        AttributeError: a module of this package declares no sheet.
    """
    return tuple(module.SHEET for module in discover(__name__) if module.__name__ != f"{__name__}.base")


def find(name: str) -> "Sheet[Any]":
    """Return the sheet of this name.

    Raises:
        SheetUnknown: there is none.
    """
    known = {sheet.name: sheet for sheet in every()}
    if name not in known:
        raise SheetUnknown(name=name, known="、".join(known))
    return known[name]


def fonts_of(settings: Settings) -> "printing.Fonts":
    """Return the fonts of an installation: ours, the village's own, and the folder that keeps cut faces."""
    mark = MARK if settings.practice else ""
    text, title = (*settings.official_fonts, None, None)[:2]
    official = (text, title or text)
    return printing.Fonts(settings.data_dir / "fonts", settings.fonts, mark=mark, official=official)


def lacking_of(settings: Settings) -> Callable[[str], str]:
    """Return what tells which characters of a text no font of an installation draws; loads them when asked.

    Example:
        sheets.lacking_of(settings)("ꆈꌠ")  # "ꆈꌠ" where no font of the village's own has them
    """
    return lambda text: fonts_of(settings).lacking(text)
