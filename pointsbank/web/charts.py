"""Charts that the server draws: bars within a table, whose numbers stand beside them.

The table is the chart: who cannot see the bars reads the same, and so do paper and a browser without
pictures. Bars have no colours of their own but the theme's, and need no script.
"""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bar:
    """Where a bar lies on a line of 100.

    Attributes:
        start: from 0, the left edge, to 100.
        length: 0 where there is nothing to show.
        is_below: it stands for a number below nothing, left of the line that marks nothing.
    """

    start: float
    length: float
    is_below: bool


def bars(values: Sequence[int]) -> list[Bar]:
    """Return a bar for each value, the longest as long as there is room; all start where nothing is.

    Example:
        >>> bars([50, 100])[0]
        Bar(start=0.0, length=50.0, is_below=False)
    """
    lowest, highest = min(0, *values, 0), max(0, *values, 0)
    whole = (highest - lowest) or 1
    zero = -lowest * 100 / whole
    return [
        Bar(round(zero + min(0, value) * 100 / whole, 2), round(abs(value) * 100 / whole, 2), value < 0)
        for value in values
    ]
