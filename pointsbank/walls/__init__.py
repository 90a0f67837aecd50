"""Walls: papers that hang, where, until when, and that they came off: one machine for every paper.

Owns wall_copy. Knows no name and prints nothing; never lists anybody, never ends a listing.
"""

from pointsbank.walls import problems
from pointsbank.walls.board_papers import put_up_listing, put_up_poster
from pointsbank.walls.copies import (
    A3,
    A4,
    CORRECTION,
    LISTING,
    NOTICE,
    POSTER,
    TITLE_NOTICE,
    WallCopy,
    put_up,
    take_down,
)
from pointsbank.walls.reading import (
    copies,
    copies_of_warning,
    hanging,
    one_copy,
    shown_no_more,
    to_take_down,
)
from pointsbank.walls.row_rules import ROW_RULES
