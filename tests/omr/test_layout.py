"""Boxes, bars and codes keep clear of each other on every size of sheet."""

from itertools import product

import pytest

from pointsbank.omr.layout import (
    BAR_HEIGHT,
    BOX,
    CODE_SIDE,
    FRAME,
    LABELS_RIGHT,
    MAXIMUM_COLUMNS,
    MAXIMUM_ROWS,
    PAGE,
    REMARKS_LEFT,
    bar_middles,
    box_middle,
    code_corners,
    page_slices,
)

QUIET = 4 * CODE_SIDE / 21
Rectangle = tuple[float, float, float, float]


def inked(rows: int, columns: int) -> list[Rectangle]:
    """Left, top, right, bottom of every box and bar."""
    out, bar = (BOX + FRAME) / 2, BAR_HEIGHT / 2
    boxes = [box_middle(*place) for place in product(range(rows), range(columns))]
    bars = [middle for column in range(columns) for middle in bar_middles(rows, column)]
    return [(x - out, y - out, x + out, y + out) for x, y in boxes] + [
        (x - BOX / 2, y - bar, x + BOX / 2, y + bar) for x, y in bars
    ]


def overlap(one: Rectangle, other: Rectangle) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def test_boxes_and_bars_keep_out_of_the_codes_quiet_zones() -> None:
    zones = []
    for corner in range(4):
        (left, top), _, (right, bottom), _ = code_corners(corner)
        zones.append((left - QUIET, top - QUIET, right + QUIET, bottom + QUIET))

    parts = inked(MAXIMUM_ROWS, MAXIMUM_COLUMNS)
    assert not [(part, zone) for part in parts for zone in zones if overlap(part, zone)]
    assert all(zone[0] >= 0 and zone[2] <= PAGE[0] and zone[3] <= PAGE[1] for zone in zones)


def test_a_bar_touches_no_box_and_labels_end_before_the_first() -> None:
    parts = inked(3, 2)

    assert not [(a, b) for at, a in enumerate(parts) for b in parts[at + 1 :] if overlap(a, b)]
    assert box_middle(0, 0).x - BOX / 2 - 2 > LABELS_RIGHT
    assert box_middle(0, MAXIMUM_COLUMNS - 1).x + BOX / 2 + 2 < REMARKS_LEFT


@pytest.mark.parametrize("rows", [0, 1, 57, 58, 59, 116, 117, 400])
def test_every_row_is_on_one_page_and_pages_are_alike(rows: int) -> None:
    pages = [list(range(400))[one] for one in page_slices(rows)]

    assert [row for page in pages for row in page] == list(range(rows))
    assert max(map(len, pages)) <= MAXIMUM_ROWS
    assert max(map(len, pages)) - min(map(len, pages)) < len(pages)
