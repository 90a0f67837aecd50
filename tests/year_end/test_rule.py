"""What becomes of points and honour, example by example: numbers in, numbers out."""

import pytest

from pointsbank.points import Points, whole
from pointsbank.year_end.rule import (
    ANEW,
    CEILING,
    CLEAR,
    STAY,
    TO_HONOUR,
    Move,
    Parting,
    Terms,
    old_honour,
    old_points,
    part,
)

TURN = 100


def moved(kind: str, amount: int, *, index: int = 110, root: int | None = None, root_amount: int = 0) -> Move:
    """A move of the new year, which goes back to nothing but itself unless said."""
    own = root is None
    return Move(index, kind, amount, index if root is None else root, amount if own else root_amount)


@pytest.mark.parametrize(
    ("moves", "left"),
    [
        ([], 100),
        ([moved("award", 30)], 100),
        ([moved("gift", 30)], 100),
        ([moved("base", 12)], 100),
        ([moved("redemption", -30)], 70),
        ([moved("deduction", -10)], 90),
        ([moved("donation", -10)], 90),
        ([moved("transfer", -40)], 60),
        ([moved("award", 30), moved("redemption", -120)], -20),
        # What is put right counts where the entry stood that it puts right.
        ([moved("reversal", -15, root=40)], 85),
        ([moved("correction", 8, root=40)], 108),
        ([moved("reversal", 5, root=40)], 105),
        ([moved("award", 30), moved("reversal", -30, root=110, root_amount=30)], 100),
        ([moved("redemption", -30), moved("reversal", 30, root=110, root_amount=-30)], 100),
        ([moved("redemption", -30), moved("goods_return", 10, root=110, root_amount=-30)], 80),
        # Goods that were bought in the old year come back.
        ([moved("goods_return", 10, root=-1)], 110),
        # Another household came to it: 25 of its 40 were old.
        ([Move(110, "transfer", 40, 110, 40, old_part=25)], 125),
    ],
)
def test_old_points_are_spent_first_and_new_ones_stay_new(moves: list[Move], left: int) -> None:
    assert old_points(100, moves, turn=TURN) == left


@pytest.mark.parametrize(
    ("moves", "left"),
    [
        ([moved("deduction", -10)], 100),
        ([moved("award", 30)], 100),
        ([moved("reversal", -15, root=40)], 85),
        # A licence's rest was taken back, a new one given.
        ([moved("clearing", -9), moved("base", 12)], 91),
        ([moved("transfer", -40)], 60),
        ([Move(110, "transfer", 40, 110, 40, old_part=25)], 125),
    ],
)
def test_old_honour_is_what_stood_at_the_turn(moves: list[Move], left: int) -> None:
    assert old_honour(100, moves, turn=TURN) == left


HALF = Terms(TO_HONOUR, rate=50)


@pytest.mark.parametrize(
    ("terms", "points", "old", "apart", "wanted"),
    [
        (Terms(STAY), 120, 120, 0, (0, 0)),
        (Terms(CLEAR), 120, 120, 0, (120, 0)),
        (Terms(CLEAR), 125, 120, 0, (120, 0)),
        (Terms(CLEAR), 60, 120, 0, (60, 0)),
        (Terms(CLEAR), 120, 120, 50, (70, 0)),
        (Terms(CLEAR), 30, 30, 50, (0, 0)),
        (Terms(CLEAR), 20, -10, 0, (0, 0)),
        (Terms(CLEAR), -40, -40, 0, (0, 0)),
        (Terms(CLEAR), 0, 0, 0, (0, 0)),
        (Terms(CEILING, ceiling=whole(100)), 120, 120, 0, (20, 0)),
        (Terms(CEILING, ceiling=whole(100)), 100, 100, 0, (0, 0)),
        (Terms(CEILING, ceiling=whole(100)), 160, 120, 0, (20, 0)),
        (Terms(CEILING, ceiling=whole(100)), 190, 190, 60, (30, 0)),
        (Terms(TO_HONOUR, rate=100), 120, 120, 0, (120, 120)),
        (HALF, 120, 120, 20, (100, 50)),
    ],
)
def test_what_goes_is_never_more_than_what_is_there(
    terms: Terms, points: int, old: int, apart: int, wanted: tuple[int, int]
) -> None:
    found = part(terms, points=points * 100, old=old * 100, apart=apart * 100)

    assert found == Parting(whole(wanted[0]), whole(wanted[1]), Points(0))


def test_of_a_hundredth_half_a_hundredth_of_honour_falls_away() -> None:
    assert part(HALF, points=1, old=1).honour == 0


@pytest.mark.parametrize(("terms", "gone"), [(Terms(STAY, honour=ANEW), 90), (Terms(STAY), 0)])
def test_honour_goes_only_where_it_begins_anew(terms: Terms, gone: int) -> None:
    assert part(terms, points=0, old=0, old_honour=90).honour_gone == gone


def test_who_has_less_than_no_honour_keeps_that() -> None:
    assert part(Terms(STAY, honour=ANEW), points=0, old=0, old_honour=-50).honour_gone == 0
