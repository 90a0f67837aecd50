"""What one deed is worth, shape by shape."""

import pytest

from pointsbank.points import Points, show, whole
from pointsbank.scoring.item_shape import QuantityWrong, ScoreValueInvalid, StepsInvalid, read_steps
from pointsbank.scoring.shapes import VetoNotScored, points_for
from pointsbank.scoring.values import Item


def item(shape: str, **given: object) -> Item:
    """An item of one shape."""
    return Item(
        **(
            {"id": "", "code": "A", "category": "", "title": "好事", "direction": "plus", "shape": shape}
            | given
        )
    )  # type: ignore[arg-type]


FIXED = item("fixed", points=whole(5))
RANGE = item("range", terms={"least": whole(5), "most": whole(10)})
HOURLY = item("per_unit", points=Points(150), unit="小时")
FAULTS = item("full_mark", points=whole(25), terms={"per_fault": whole(5)})
LADDER = item("ladder", terms={"steps": "10=1;20=2;50=5"}, unit="小时")
DONATION = item("rate", points=whole(1), terms={"steps": "1000/100;5000/400"})


def test_a_fixed_item_is_worth_the_same_every_time():
    assert points_for(FIXED, None, None) == points_for(FIXED, 100, whole(5)) == whole(5)


def test_a_fixed_item_refuses_other_points_and_says_how_many_it_would_be():
    with pytest.raises(ScoreValueInvalid, match="应为5分，填的是6分"):
        points_for(FIXED, None, whole(6))


def test_a_fixed_item_refuses_a_quantity():
    with pytest.raises(QuantityWrong):
        points_for(FIXED, 300, None)


@pytest.mark.parametrize("judged", [5, 7, 10])
def test_both_bounds_of_a_range_belong_to_it(judged):
    assert points_for(RANGE, None, whole(judged)) == whole(judged)


@pytest.mark.parametrize("judged", [Points(499), Points(1001), whole(-7)])
def test_outside_the_range_is_refused(judged):
    with pytest.raises(ScoreValueInvalid, match="5至10分之间"):
        points_for(RANGE, None, judged)


def test_a_range_needs_the_panels_points():
    with pytest.raises(ScoreValueInvalid, match="请填写评定的分值"):
        points_for(RANGE, None, None)


def test_hours_count_with_their_fractions():
    assert show(points_for(HOURLY, 250, None)) == "3.75"


def test_a_hundredth_and_a_half_is_rounded_up():
    assert points_for(item("per_unit", points=Points(1), unit="元"), 150, None) == 2


@pytest.mark.parametrize("quantity", [None, 0])
def test_per_unit_needs_a_quantity_and_names_its_unit(quantity):
    with pytest.raises(QuantityWrong, match="小时"):
        points_for(HOURLY, quantity, None)


def test_each_fault_takes_from_the_full_mark_but_not_below_nothing():
    assert [show(points_for(FAULTS, faults * 100, None)) for faults in (0, 1, 4, 9)] == ["25", "20", "5", "0"]


def test_half_a_fault_is_refused():
    with pytest.raises(QuantityWrong, match="整数"):
        points_for(FAULTS, 50, None)


def test_a_ladder_gives_the_threshold_reached_not_the_sum():
    assert [show(points_for(LADDER, hours * 100, None)) for hours in (10, 19, 20, 50, 500)] == [
        "1",
        "1",
        "2",
        "5",
        "5",
    ]


def test_below_the_first_threshold_the_sentence_names_it():
    with pytest.raises(QuantityWrong, match="10小时"):
        points_for(LADDER, 999, None)


@pytest.mark.parametrize(
    ("yuan", "points"), [(100, "1"), (150, "1.5"), (1000, "10"), (1400, "11"), (5000, "20"), (9000, "20")]
)
def test_a_donation_counts_bracket_by_bracket(yuan, points):
    assert show(points_for(DONATION, yuan * 100, None)) == points


def test_a_veto_is_not_a_number():
    with pytest.raises(VetoNotScored, match="一票否决"):
        points_for(item("fixed", direction="veto"), None, None)


@pytest.mark.parametrize("steps", ["", "10", "20=2;10=1", "10=0", "10=1;10=2", "1000/0", "a=b"])
def test_steps_that_cannot_be_climbed_are_refused(steps):
    with pytest.raises(StepsInvalid):
        read_steps(steps)
