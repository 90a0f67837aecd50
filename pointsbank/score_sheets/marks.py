"""What stands in the boxes of a page, one character a box, row after row: pure functions over texts."""

from collections.abc import Collection, Mapping

from pointsbank.errors import Invalid

EMPTY, MARKED, UNCLEAR, CROSSED_OUT = ".", "x", "?", "/"
ASKED = (UNCLEAR, CROSSED_OUT)
"""What a person decides: whether there is a mark, and whether a mark was struck out again."""


class SheetBoxesOpen(Invalid):
    """Boxes that a person has to decide are not decided yet."""

    code = "sheet_boxes_open"
    sentence = "还有{count}格没有回答，请先逐格选“有勾”或“没有勾”，再核对。"
    fixed_by = "本人"


def open_boxes(answers: str) -> list[int]:
    """Return the places of the boxes that a person has to decide, from 0.

    Example:
        >>> open_boxes("x.?./")
        [2, 4]
    """
    return [place for place, one in enumerate(answers) if one in ASKED]


def ticked_boxes(ticks: str) -> list[int]:
    """Return the places of the boxes that are marked, from 0.

    Example:
        >>> ticked_boxes("x..x")
        [0, 3]
    """
    return [place for place, one in enumerate(ticks) if one == MARKED]


def decided(answers: str, ticked: Collection[int], chosen: Mapping[int, bool]) -> str:
    """Return the ticks of a page as a person confirms them: `x` or `.` for each box.

    Args:
        ticked: places of the clear boxes that are ticked; who confirms may have changed them.
        chosen: for each box that is asked about, whether it is ticked.

    Raises:
        SheetBoxesOpen: one of these is not among `chosen`.

    Example:
        >>> decided("x.?", {0}, {2: True}), decided("x.?", {1}, {2: False})
        ('x.x', '.x.')
    """
    waiting = [place for place in open_boxes(answers) if place not in chosen]
    if waiting:
        raise SheetBoxesOpen(count=len(waiting))
    asked = set(open_boxes(answers))
    marked = {
        place for place in range(len(answers)) if (chosen[place] if place in asked else place in ticked)
    }
    return "".join(MARKED if place in marked else EMPTY for place in range(len(answers)))
