"""The two papers of a statement: how large they are, and what stands in which column."""

from collections.abc import Callable
from dataclasses import dataclass

from pointsbank.points import show
from pointsbank.sheets.passbook.values import Words

Parts = tuple[str, ...]
"""What stands in a cell, part below part: the first in ink, the others paler."""


@dataclass(frozen=True, slots=True)
class Line:
    """What a line of the table says, in hundredths; None where a line says nothing of it.

    `honour` is what came and what went, one of them None for a single entry.
    """

    index: str
    day: str
    why: str
    came_in: int | None
    went_out: int | None
    points: int
    honour: tuple[int | None, int | None]
    honour_points: int
    is_sum: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its head, how wide it is in mm, whether it stands at the right, what it says of a line."""

    title: str
    wide: float
    is_number: bool
    parts: Callable[[Line], Parts]


@dataclass(frozen=True, slots=True)
class Form:
    """One paper: lengths in mm, sizes in points; `lines` are those of a cell at most."""

    wide: float
    high: float
    margin: float
    size: float
    title: float
    code: float
    lines: int
    columns: tuple[Column, ...]

    @property
    def space(self) -> float:
        """How wide the field of words is."""
        return self.wide - 2 * self.margin


def signed(amount: int) -> str:
    """Return points with their sign, a minus as wide as a plus.

    Example:
        >>> signed(200), signed(-450)
        ('+2', '−4.5')
    """
    return ("+" if amount > 0 else "") + shown(amount)


def shown(points: int | None) -> str:
    """Return points as they are read, nothing for none."""
    return "" if points is None else show(points).replace("-", "−")


def _moved(came_in: int | None, went_out: int | None) -> Parts:
    """Return what came and what went, signed; nothing where a line moved nothing.

    Example:
        >>> _moved(1200, 300), _moved(1200, 0), _moved(0, 0), _moved(None, None)
        (('+12', '−3'), ('+12',), ('0',), ())
    """
    if came_in is None and went_out is None:
        return ()
    return tuple(signed(each) for each in (came_in, -(went_out or 0)) if each) or (shown(0),)


def _columns(words: Words, widths: tuple[float, ...], *parts: Callable[[Line], Parts]) -> tuple[Column, ...]:
    titles = words.split()
    first_number = titles.index("事由") + 1
    return tuple(
        Column(title, wide, place >= first_number, each)
        for place, (title, wide, each) in enumerate(zip(titles, widths, parts, strict=True))
    )


LARGE = Form(
    wide=210,
    high=297,
    margin=16,
    size=10,
    title=24,
    code=27,
    lines=30,
    columns=_columns(
        Words.COLUMNS,
        (14, 22, 58, 16, 16, 18, 17, 17),
        lambda line: (line.index,),
        lambda line: (line.day,),
        lambda line: (line.why,),
        lambda line: (shown(line.came_in),),
        lambda line: (shown(line.went_out),),
        lambda line: (shown(line.points),),
        lambda line: _moved(*line.honour),
        lambda line: (shown(line.honour_points),),
    ),
)

SMALL = Form(
    wide=105,
    high=148,
    margin=7,
    size=9,
    title=15,
    code=24,
    lines=9,
    columns=_columns(
        Words.SMALL_COLUMNS,
        (20, 33, 19, 19),
        lambda line: (line.day, line.index and Words.INDEX.format(index=line.index)),
        lambda line: (line.why,),
        # What came and went altogether stands at the top: small paper carries the balance alone.
        lambda line: (
            *(() if line.is_sum else _moved(line.came_in, line.went_out)),
            Words.LEFT.format(balance=shown(line.points)),
        ),
        lambda line: (
            *(() if line.is_sum else _moved(*line.honour)),
            Words.SO_FAR.format(balance=shown(line.honour_points)),
        ),
    ),
)
