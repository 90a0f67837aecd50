"""Places with ties, and who comes onto the red board."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from pointsbank.boards.ranking import front_runners, rank


def test_equal_marks_share_a_place_and_the_next_is_left_out() -> None:
    assert rank({"a": 500, "b": 500, "c": 300}) == {"a": 1, "b": 1, "c": 3}


def test_averages_are_compared_exactly() -> None:
    assert rank({"a": Fraction(1, 3), "b": Fraction(33, 100)}) == {"a": 1, "b": 2}


def test_nobody_has_a_place_where_there_is_nobody() -> None:
    assert rank({}) == {}


@given(st.dictionaries(st.text(max_size=3), st.integers(-1000, 1000)))
def test_a_place_is_one_more_than_the_number_of_better_marks(marks: dict[str, int]) -> None:
    places = rank(marks)

    assert places == {key: 1 + sum(other > mark for other in marks.values()) for key, mark in marks.items()}


def test_a_tie_at_the_edge_comes_in_whole() -> None:
    places = rank({"a": 9, "b": 5, "c": 5, "d": 1})

    assert front_runners(places, 2) == ["a", "b", "c"]


def test_a_tie_that_would_flood_the_board_stays_out_whole() -> None:
    places = rank({"a": 9, **{f"t{n}": 5 for n in range(10)}})

    assert front_runners(places, 2) == ["a"]
