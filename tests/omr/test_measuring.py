"""What a box says by its ink: a table of looks, and sheets that are marked nearly everywhere."""

import pytest

from pointsbank.omr.measuring import Answer, Ink, answer, answers, pen_strength

NOTHING = Ink(0, 0, 0, 0, 0)
TICK = Ink(inside=0.25, cells=0.6, left=0.01, right=0.05, whole=0.2)
FRAME = Ink(inside=0.04, cells=0.06, left=0.02, right=0.02, whole=0.25)


def on_paper(ink: Ink) -> Ink:
    """A mark with the shade of its frame."""
    return Ink(*(one + under for one, under in zip(ink, FRAME, strict=True)))


@pytest.mark.parametrize(
    ("ink", "strength", "says"),
    [
        (NOTHING, 1.0, Answer.EMPTY),
        (TICK, 1.0, Answer.MARKED),
        # The tail of the tick below: little, in one corner.
        (NOTHING._replace(inside=0.04, cells=0.2), 1.0, Answer.UNCLEAR),
        # A stroke beside the box.
        (NOTHING._replace(right=0.2), 1.0, Answer.UNCLEAR),
        # A dot of dust.
        (NOTHING._replace(inside=0.02, cells=0.12), 1.0, Answer.UNCLEAR),
        # Grey all over, dark nowhere: a smear.
        (NOTHING._replace(inside=0.2, cells=0.25, whole=0.2), 1.0, Answer.UNCLEAR),
        # Dark in one place only: half a stroke.
        (NOTHING._replace(inside=0.1, cells=0.5, whole=0.1), 1.0, Answer.UNCLEAR),
        # Scribbled over from side to side; a tail to one side alone is a tick's.
        (TICK._replace(left=0.2, right=0.3), 1.0, Answer.CROSSED_OUT),
        (TICK._replace(right=0.3), 1.0, Answer.MARKED),
        # Filled and signed beside: taken back. Filled alone, where others are ticks: asked about.
        (TICK._replace(inside=0.6, right=0.1), 1.0, Answer.CROSSED_OUT),
        (TICK._replace(inside=0.6), 1.0, Answer.CROSSED_OUT),
        # A third of a black pen's ink is a pencil's tick.
        (NOTHING._replace(inside=0.1, cells=0.2, whole=0.08), 0.4, Answer.MARKED),
        (NOTHING._replace(inside=0.1, cells=0.2, whole=0.08), 1.0, Answer.UNCLEAR),
    ],
)
def test_a_box_says_what_is_clear_and_nothing_else(ink: Ink, strength: float, says: Answer) -> None:
    assert answer(ink, strength=strength) is says


def test_where_every_mark_is_a_filled_box_one_that_is_signed_beside_is_asked_about() -> None:
    filled = FRAME._replace(inside=0.7, cells=0.9, whole=0.7)
    inks = [filled if column == 1 else FRAME for _ in range(20) for column in range(3)]
    inks[4] = filled._replace(right=0.2)

    found = answers(inks, rows=20, columns=3)

    assert [found[4], found[7]] == [Answer.CROSSED_OUT, Answer.MARKED]


def test_the_pen_is_measured_by_its_clear_marks_within_bounds() -> None:
    assert pen_strength([NOTHING, NOTHING]) == 1.0
    assert pen_strength([TICK._replace(cells=ink) for ink in (0.05, 0.3, 0.36, 0.42)]) == pytest.approx(0.6)
    assert pen_strength([TICK._replace(cells=0.9)]) == 1.0
    assert pen_strength([TICK._replace(cells=0.201)]) == 0.35


def test_a_column_ticked_whole_is_read_as_marked() -> None:
    inks = [on_paper(TICK) if column == 1 else FRAME for _ in range(20) for column in range(3)]

    found = answers(inks, rows=20, columns=3)

    assert found[1::3] == [Answer.MARKED] * 20
    assert set(found[::3]) == {Answer.EMPTY}


@pytest.mark.parametrize("columns", [1, 12])
def test_where_every_box_is_marked_none_is_read_as_empty(columns: int) -> None:
    """The emptiest boxes near by are what ink is measured against: here they are full of it."""
    found = answers([on_paper(TICK)] * (20 * columns), rows=20, columns=columns)

    assert Answer.EMPTY not in found
