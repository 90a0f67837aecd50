"""The lines of a statement's table: an entry, what is carried overleaf, the sum. Pure."""

from collections.abc import Sequence

from pointsbank.sheets.passbook.form import Line
from pointsbank.sheets.passbook.values import Passbook, Row, Words


def line_of(row: Row) -> Line:
    """Return the line of one entry."""
    came, went = _apart(row.points)
    return Line(
        index=str(row.index),
        day=row.day,
        why=row.why,
        came_in=came,
        went_out=went,
        points=row.points_left,
        honour=_apart(row.honour),
        honour_points=row.honour_left,
    )


def carried(rows: Sequence[Row], value: Passbook, words: Words) -> Line:
    """Return what has come, gone and stands after these rows, the first of the statement's.

    Example:
        >>> from pointsbank.sheets.passbook.examples import example
        >>> value = example(3)
        >>> one = carried(value.rows[:2], value, Words.OVERLEAF)
        >>> one.came_in, one.went_out, one.points == value.rows[1].points_left
        (400, 0, True)
    """
    points, honour = [row.points or 0 for row in rows], [row.honour or 0 for row in rows]
    return Line(
        index="",
        day="",
        why=str(words),
        came_in=sum(each for each in points if each > 0),
        went_out=-sum(each for each in points if each < 0),
        points=rows[-1].points_left if rows else value.points.opening,
        honour=(sum(each for each in honour if each > 0), -sum(each for each in honour if each < 0)),
        honour_points=rows[-1].honour_left if rows else value.honour.opening,
        is_sum=True,
    )


def total(value: Passbook) -> Line:
    """Return the sum below the last entry."""
    return carried(value.rows, value, Words.TOTAL)


def _apart(amount: int | None) -> tuple[int | None, int | None]:
    """Return a signed amount as what came and what went; one of them is None.

    Example:
        >>> _apart(200), _apart(-450), _apart(None)
        ((200, None), (None, 450), (None, None))
    """
    if amount is None:
        return None, None
    return (amount, None) if amount >= 0 else (None, -amount)
