"""Which entries ten dice draw, by a published rule of the standard library alone: anybody may copy it.

A ticket is SHA-256 over four lines: the rule's name, the month's code in 64 hexadecimal digits, the ten dice,
the entry's number in the log. The entries with the smallest tickets are drawn. Who wants an entry left out
would have to know the dice before they fall; who throws them cannot know what they lead to.
"""

import hashlib
from collections.abc import Iterable

RULE = "pointsbank-draw-v1"
DICE = 10
"""So many dice: 6^10, some sixty million ways to fall."""

KINDS = ("award", "deduction")
"""What is drawn from: entries (`k` of a public line) by which a score gave or took points.

Of a month they are those whose number (`i`) is the size of the month before's seal, 0 for the first month, or
more, and less than the size of its own.
"""


def ticket(digest: str, dice: str, index: int) -> str:
    """Return an entry's ticket, 64 hexadecimal digits.

    Args:
        digest: the month's whole code, 64 hexadecimal digits as in the poster's QR.
        dice: ten digits from 1 to 6, as they were thrown.
        index: the entry's number in the log, >= 0.

    Example:
        >>> ticket("00" * 32, "1234561234", 7)[:16]
        '6807f7c9c324d2d0'
    """
    lines = (RULE, digest, dice, str(index))
    return hashlib.sha256("\n".join(lines).encode("ascii")).hexdigest()


def drawn(digest: str, dice: str, indices: Iterable[int], size: int) -> list[int]:
    """Return the entries with the `size` smallest tickets, the smallest first.

    Example:
        >>> drawn("00" * 32, "1234561234", range(100), 5)
        [88, 59, 54, 0, 85]
    """
    return sorted(indices, key=lambda index: ticket(digest, dice, index))[:size]
