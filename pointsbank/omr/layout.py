"""Where things stand on a score sheet: A4, lengths in millimetres from the top left corner.

A code in each corner, up to 58 rows of up to 12 boxes between them, and a bar above and below each column of
boxes, which says where its first and its last row are on a page that is not flat. Sizes were measured with
photos: smaller codes are lost at 2 megapixels, smaller boxes mix crosses up, grey frames are not found.
"""

from collections.abc import Iterator
from typing import NamedTuple

PAGE = (210.0, 297.0)
"""Width and height of the paper."""

CODE_SIDE = 18.0
"""A corner's code without its quiet zone."""

CODE_INSET = 6.0
"""From a code to the two edges beside it: outside the 4.2 mm that printers leave white."""

BOX = 3.0
"""A box, from the middle of one line of its frame to the middle of the other."""

FRAME = 0.25
"""How thick a frame's lines are; they are black, for grey ones are not found."""

ROW_PITCH = 4.0
COLUMN_PITCH = 10.0
"""From the middle of a box to that of the next: ticks run up and to the right, where space is."""

MAXIMUM_ROWS = 58
MAXIMUM_COLUMNS = 12

FIRST_BOX = (66.0, 39.5)
"""The middle of the first box of the first row."""

BAR_HEIGHT = 1.2
BAR_AWAY = 3.1
"""From the middle of a column's first or last box to the middle of its bar, which is as wide as a box."""

LABELS_LEFT = 9.0
LABELS_RIGHT = 62.0
"""What a row is called stands between these."""

REMARKS_LEFT = 181.0
REMARKS_RIGHT = 203.0
"""Beside the rows, for signatures and remarks."""


class Point(NamedTuple):
    """A place on the paper, in millimetres from its top left corner."""

    x: float
    y: float


def box_middle(row: int, column: int) -> Point:
    """Return the middle of a box; rows and columns count from 0.

    Example:
        >>> box_middle(1, 1)
        Point(x=76.0, y=43.5)
    """
    return Point(FIRST_BOX[0] + COLUMN_PITCH * column, FIRST_BOX[1] + ROW_PITCH * row)


def bar_middles(rows: int, column: int) -> tuple[Point, Point]:
    """Return the middles of the bars above the first and below the last of so many rows of a column.

    Example:
        >>> bar_middles(58, 0)
        (Point(x=66.0, y=36.4), Point(x=66.0, y=270.6))
    """
    first, last = box_middle(0, column), box_middle(rows - 1, column)
    return first._replace(y=first.y - BAR_AWAY), last._replace(y=last.y + BAR_AWAY)


def code_corners(corner: int) -> tuple[Point, Point, Point, Point]:
    """Return a code's own corners, top left first and then clockwise.

    Args:
        corner: 0 the paper's top left, 1 top right, 2 bottom right, 3 bottom left.

    Example:
        >>> code_corners(2)[0]
        Point(x=186.0, y=273.0)
    """
    far_x, far_y = (side - CODE_INSET - CODE_SIDE for side in PAGE)
    left = far_x if corner in (1, 2) else CODE_INSET
    top = far_y if corner in (2, 3) else CODE_INSET
    right, bottom = left + CODE_SIDE, top + CODE_SIDE
    return Point(left, top), Point(right, top), Point(right, bottom), Point(left, bottom)


def page_slices(rows: int) -> Iterator[slice]:
    """Yield the rows of each page: at most 58, shared evenly, so that no page holds a single row.

    Example:
        >>> list(page_slices(60))
        [slice(0, 30, None), slice(30, 60, None)]
    """
    pages = max(1, -(-rows // MAXIMUM_ROWS))
    each = -(-rows // pages) if rows else 0
    for page in range(pages):
        yield slice(page * each, min(rows, (page + 1) * each))
