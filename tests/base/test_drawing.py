"""What is drawn of many odd values is the same in every run, other at other places, and misses none."""

from tests.drawing import drawn

VALUES = ["NaN", "-1", "%00", "王"]
PLACES = [f"/v/<village>/page-{number}" for number in range(40)]


def test_every_value_is_drawn_somewhere_and_every_place_gets_one() -> None:
    once = [drawn(VALUES, place, 1) for place in PLACES]

    assert {len(one) for one in once} == {1}
    assert {value for one in once for value in one} == set(VALUES)
    assert once == [drawn(VALUES, place, 1) for place in PLACES]


def test_all_of_them_are_all_whatever_the_place() -> None:
    assert {tuple(sorted(drawn(VALUES, place, None))) for place in PLACES} == {tuple(sorted(VALUES))}
    assert len(drawn(VALUES, PLACES[0], 9)) == len(VALUES)
