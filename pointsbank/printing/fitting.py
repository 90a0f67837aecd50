"""Words that must find room: one size smaller after the other, never smaller than can be read.

Nine points is the smallest print that a village reads at arm's length; what hangs is read from afar, and its
letters are measured in millimetres for that. What does not fit is refused by name or goes on elsewhere
(`Passage.split`); it is never drawn smaller.
"""

from reportlab.lib.colors import Color

from pointsbank.errors import Refused
from pointsbank.printing.fonts import FontSet
from pointsbank.printing.glyphs import REGULAR
from pointsbank.printing.paper import INK, SMALLEST
from pointsbank.printing.passages import Passage

CELL_LEADING = 1.2
"""Of the lines of a cell, times their size."""

CELL_LINE = SMALLEST * CELL_LEADING * 25.4 / 72
"""Millimetres that each further line of a cell takes."""

_STEP = 0.5
_CAP_A_METRE = 4.0


class TextTooLong(Refused):
    """Words do not fit into their place on paper at the smallest size that can be read."""

    code = "text_too_long_for_paper"
    sentence = "“{text}”太长，打印件上写不下（字号不能小于{smallest}磅）。请改短一些，再打印。"
    fixed_by = "村委"


def size_in(
    case: FontSet, words: str, *, width: float, size: float, weight: int = REGULAR, smallest: float = SMALLEST
) -> float | None:
    """Return the size in points, `size` at most, at which words fit on a line; None below `smallest`.

    Args:
        width: of the line, in mm.

    Example:
        size_in(case, "茶源村", width=40, size=20)  # 20
        size_in(case, "茶源村股份经济合作社", width=40, size=20)  # 11.3
    """
    wide = case.width(words, weight, 1) * 25.4 / 72
    fitting = min(size, width / wide) if wide else size
    return fitting if fitting >= smallest else None


def fitted(
    case: FontSet,
    words: str,
    *,
    width: float,
    height: float,
    size: float,
    smallest: float = SMALLEST,
    weight: int = REGULAR,
    ink: Color = INK,
    leading: float = 1.2,
    centred: bool = False,
) -> Passage:
    """Set words as large as they fit into a width and a height (mm): `size` points, or by half points less.

    Raises:
        TextTooLong: they do not fit at `smallest` points.

    Example:
        fitted(case, name, width=60, height=9, size=16, weight=BOLD).draw(paper, x, y)
    """
    while True:
        passage = Passage(
            case, words, width=width, size=size, weight=weight, ink=ink, leading=leading, centred=centred
        )
        if passage.height <= height + 0.01:
            return passage
        if size <= smallest:
            raise TextTooLong(text=words, smallest=f"{smallest:g}")
        size = max(size - _STEP, smallest)


def wrapped(
    case: FontSet,
    words: str,
    *,
    width: float,
    size: float,
    weight: int = REGULAR,
    ink: Color = INK,
    lines: int | None = None,
) -> Passage | None:
    """Set words on several lines of a cell, at 9 points; None where one line does, maybe a little smaller.

    Args:
        width: of the cell, in mm.
        size: points, of a line.
        lines: no more than so many; only where a code beside the words says whose they are.

    Example:
        wrapped(case, "王建国", width=29, size=10.5)  # None: `Paper.text(…, fit=29)` draws it
    """
    if size_in(case, words, width=width, size=size, weight=weight, smallest=min(size, SMALLEST)):
        return None
    return Passage(
        case, words, width=width, size=SMALLEST, weight=weight, ink=ink, leading=CELL_LEADING, lines=lines
    )


def size_read_from(case: FontSet, metres: float, *, weight: int = REGULAR) -> float:
    """Return the size in points whose capitals are 4 mm high for each metre they are read from.

    Example:
        size_read_from(case, 2)  # 30.9 with Noto Sans SC: a poster's names for who stands two metres away
    """
    return metres * _CAP_A_METRE / case.cap_height(weight, 1)
