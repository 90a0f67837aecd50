"""Points: whole hundredths inside, short decimals outside, never a float."""

import re
from decimal import Decimal
from typing import NewType

from pointsbank.errors import Invalid

Points = NewType("Points", int)
"""An amount in hundredths of a point."""

LARGEST = 1_000_000_000
"""No single amount of points may exceed this many points: a thousand million is a typing slip, not a deed."""

_SHAPE = re.compile(r"[+-]?[0-9]{1,12}(\.[0-9]{1,2}0*)?")


class PointsInvalid(Invalid):
    """What was given is not a number of points."""

    code = "points_invalid"
    sentence = "“{given}”不是有效的积分，请填数字，最多两位小数，例如 5 或 2.5。"
    at = ("points",)


def parse(given: str | int | Decimal) -> Points:
    """Read points as people write them; nothing is rounded.

    Args:
        given: at most two decimals, at most `LARGEST` points either way.

    Raises:
        PointsInvalid: not a number, too many decimals, or too large.

    Example:
        >>> parse("2.5"), parse("-3"), parse(4)
        (250, -300, 400)
    """
    if isinstance(given, bool) or not isinstance(given, str | int | Decimal):
        raise PointsInvalid(given=str(given)[:30])
    text = format(given, "f") if isinstance(given, Decimal) and given.is_finite() else str(given).strip()
    if not _SHAPE.fullmatch(text):
        raise PointsInvalid(given=text[:30])
    amount = Decimal(text)
    if abs(amount) > LARGEST:
        raise PointsInvalid(given=text[:30])
    return Points(int(amount * 100))


def whole(points: int) -> Points:
    """Turn a number of whole points into points: 5 becomes 500 hundredths."""
    return Points(points * 100)


def to_decimal(points: int) -> Decimal:
    """Return hundredths of a point as an exact decimal number of points without trailing zeros.

    Example:
        >>> to_decimal(225), to_decimal(500)
        (Decimal('2.25'), Decimal('5'))
    """
    return Decimal(show(points))


def show(points: int) -> str:
    """Write hundredths of a point as people read points.

    Example:
        >>> show(500), show(250), show(-25)
        ('5', '2.5', '-0.25')
    """
    sign = "-" if points < 0 else ""
    units, hundredths = divmod(abs(points), 100)
    fraction = f"{hundredths:02d}".rstrip("0")
    return f"{sign}{units}.{fraction}" if fraction else f"{sign}{units}"
