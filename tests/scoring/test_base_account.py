"""What is left of base points: the rule as a table, on paper."""

import random

import pytest

from pointsbank.scoring.base_account import Move, left_of, to_take_back, used_up_by

GRANT = 10
"""The entry of a grant of 12 points; amounts here are whole points."""


def left(*moves: Move, ends: int | None = None) -> int:
    """What is left of 12."""
    return left_of(12, moves, begins=GRANT, ends=ends)


def corrected(index: int, put_right: int, back: int, now: int, score: str = "n") -> list[Move]:
    """A correction of an entry: what it moved comes back, and what should have been moves."""
    return [
        Move(index, "reversal", back, put_right, ("score_correction", score)),
        Move(index + 1, "correction", now, None, ("score", score)),
    ]


@pytest.mark.parametrize(
    ("moves", "expected"),
    [
        ([], 12),
        ([Move(11, "deduction", -3)], 9),
        ([Move(11, "deduction", -3), Move(12, "deduction", -9)], 0),
        ([Move(11, "deduction", -30)], 0),
        # Before the grant, and what is no deduction.
        ([Move(9, "deduction", -3)], 12),
        ([Move(11, "award", 5), Move(12, "transfer", -5), Move(13, "clearing", -5)], 12),
        # An award taken back is no deduction.
        ([Move(11, "award", 5), Move(12, "reversal", -5, 11)], 12),
        # A deduction put back gives back; one from before the grant does not.
        ([Move(11, "deduction", -3), Move(12, "reversal", 3, 11)], 12),
        ([Move(12, "reversal", 3, 9)], 12),
        ([Move(11, "deduction", -20), Move(12, "reversal", 20, 11), Move(13, "deduction", -2)], 10),
        # Corrected once and again.
        ([Move(11, "deduction", -10), *corrected(12, 11, 10, -4)], 8),
        ([Move(11, "deduction", -10), *corrected(12, 11, 10, -4), *corrected(14, 13, 4, -1, "m")], 11),
        ([Move(11, "award", 5), *corrected(12, 11, -5, -4)], 8),
        # A deduction of before the grant, put right since, is none of this grant.
        (corrected(12, 9, 10, -4), 12),
        # What is spent counts first too, and pieces that came back count back.
        ([Move(11, "redemption", -5, None, ("redemption", "s"))], 7),
        (
            [
                Move(11, "redemption", -5, None, ("redemption", "s")),
                Move(12, "goods_return", 2, None, ("redemption_return", "s.1")),
            ],
            9,
        ),
        ([Move(12, "goods_return", 2, None, ("redemption_return", "s.1"))], 12),
    ],
)
def test_what_is_left(moves: list[Move], expected: int) -> None:
    assert left(*moves) == expected


def test_after_its_end_a_grant_hears_only_what_is_put_right() -> None:
    before, since = Move(11, "deduction", -10), Move(21, "deduction", -1)

    assert left(before, since, ends=20) == 2
    assert left(before, since, *corrected(22, 11, 10, -4), ends=20) == 8


def test_the_order_in_which_moves_are_read_changes_nothing() -> None:
    moves = [Move(11, "deduction", -10), Move(14, "deduction", -1), *corrected(12, 11, 10, -4)]

    assert {left(*random.Random(seed).sample(moves, 4)) for seed in range(9)} == {7}


def test_it_is_used_up_by_the_last_one_that_left_nothing() -> None:
    first, back, second = Move(11, "deduction", -12), Move(12, "reversal", 12, 11), Move(13, "deduction", -13)

    assert used_up_by(12, [first], begins=GRANT) == first
    assert used_up_by(12, [first, back], begins=GRANT) is None
    assert used_up_by(12, [first, back, second, Move(14, "deduction", -1)], begins=GRANT) == second


@pytest.mark.parametrize(
    ("rest", "there", "taken"), [(9, 20, 9), (9, 4, 4), (9, 0, 0), (9, -5, 0), (0, 5, 0)]
)
def test_never_more_is_taken_back_than_is_there(rest: int, there: int, taken: int) -> None:
    assert to_take_back(rest, there) == taken
