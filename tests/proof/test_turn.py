"""Whose turn it is: one month after another, each from its last day on."""

from datetime import date

import pytest

from pointsbank.proof.turn import Turn, turn


@pytest.mark.parametrize(
    ("closed", "month", "today", "stands"),
    [
        ([], "2026-09", date(2026, 9, 29), Turn(False, "2026-09", date(2026, 9, 30), False)),
        ([], "2026-09", date(2026, 9, 30), Turn(False, "2026-09", date(2026, 9, 30), True)),
        ([], "2026-02", date(2026, 3, 1), Turn(False, "2026-02", date(2026, 2, 28), True)),
        (["2026-08"], "2026-09", date(2026, 10, 1), Turn(False, "2026-09", date(2026, 9, 30), True)),
        (["2026-08"], "2026-10", date(2026, 11, 1), Turn(False, "2026-09", date(2026, 10, 31), True)),
        (
            ["2025-11", "2025-12"],
            "2026-01",
            date(2026, 1, 5),
            Turn(False, "2026-01", date(2026, 1, 31), False),
        ),
        (
            ["2026-08", "2026-09"],
            "2026-08",
            date(2026, 10, 1),
            Turn(True, "2026-10", date(2026, 8, 31), True),
        ),
        (["2026-08"], "2026-07", date(2026, 10, 1), Turn(False, "2026-09", date(2026, 7, 31), True)),
    ],
)
def test_a_month_stands_where_it_stands(closed: list[str], month: str, today: date, stands: Turn) -> None:
    assert turn(closed, month, today) == stands
