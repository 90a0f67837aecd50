"""Points are read exactly, kept in hundredths and written without trailing zeros."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pointsbank import points
from pointsbank.points import Points, PointsInvalid


@pytest.mark.parametrize(
    ("given_", "hundredths"),
    [("5", 500), ("2.5", 250), ("-3", -300), ("+0.25", 25), (7, 700), (Decimal("1.10"), 110), (" 8 ", 800)],
)
def test_points_are_read_as_people_write_them(given_: Any, hundredths: int) -> None:
    assert points.parse(given_) == hundredths


@pytest.mark.parametrize(
    "given_",
    [
        "",
        "五",
        "１",
        "1.234",
        "1e3",
        "NaN",
        "1,000",
        "--1",
        "1.",
        ".5",
        True,
        None,
        1.5,
        Decimal("NaN"),
        Decimal("1e400"),
    ],
)
def test_what_is_no_number_of_points_is_refused(given_: Any) -> None:
    with pytest.raises(PointsInvalid):
        points.parse(given_)


def test_a_thousand_million_is_the_most() -> None:
    assert points.parse(10**9) == 10**11
    with pytest.raises(PointsInvalid):
        points.parse(10**9 + 1)


@given(st.integers(-(10**11), 10**11))
def test_what_is_shown_reads_back_the_same(hundredths: int) -> None:
    shown = points.show(Points(hundredths))

    assert points.parse(shown) == hundredths
    assert "." not in shown or not shown.endswith("0")
