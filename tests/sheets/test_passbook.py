"""A household's statement: what stood, came and went makes what stands, on as many pages as it takes."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from pointsbank import staff
from pointsbank.database import Database
from pointsbank.printing import Fonts
from pointsbank.sheets.passbook import SHEET, example
from pointsbank.sheets.passbook.period import PeriodInvalid, period_of
from pointsbank.sheets.passbook.sums import StatementAstray, Sums, add_up
from pointsbank.sheets.passbook.values import Passbook
from tests.builders import CLERK, NOW, VILLAGE
from tests.printing.reading import codes_on, page_count, squeezed, text_of
from tests.proof import month
from tests.sheets.prints import printed

TODAY = date(2026, 10, 20)


def statement(database: Database, **options: Any) -> Passbook:
    """王建国's statement, printed by the shop's clerk on the twentieth of October."""
    given: dict[str, Any] = {"village": VILLAGE, "by": CLERK, "at": month.on(20, month=10), "public_url": ""}
    return SHEET.gather_from(database, participant=["0101"], **given, **options)


@pytest.mark.parametrize(
    ("opening", "moves", "closing", "expected"),
    [
        (0, [], 0, Sums(0, 0, 0, 0)),
        (1000, [(200, 1200), (-450, 750)], 750, Sums(1000, 200, 450, 750)),
        (100, [(-300, -200)], -200, Sums(100, 0, 300, -200)),
        (1000, [(200, 1200)], 1300, None),
        (1000, [(200, 1300), (-450, 750)], 750, None),
        (1000, [], 0, None),
    ],
)
def test_what_stood_came_and_went_makes_what_stands(
    opening: int, moves: list[tuple[int, int]], closing: int, expected: Sums | None
) -> None:
    if expected is None:
        with pytest.raises(StatementAstray):
            add_up(opening, moves, closing)
    else:
        assert add_up(opening, moves, closing) == expected


@pytest.mark.parametrize(
    ("given", "first", "last"),
    [
        ({}, date(2026, 1, 1), TODAY),
        ({"span": "2026-09"}, date(2026, 9, 1), date(2026, 9, 30)),
        ({"span": "2026-Q4"}, date(2026, 10, 1), TODAY),
        ({"span": "2025", "first": date(2026, 9, 2)}, date(2026, 9, 2), TODAY),
        ({"until": date(2025, 3, 1)}, date(2025, 1, 1), date(2025, 3, 1)),
        ({"first": date(2026, 9, 9), "until": date(2026, 9, 8)}, None, None),
        ({"span": "2026-11"}, None, None),
    ],
)
def test_a_statement_is_of_days_that_have_come(
    given: dict[str, Any], first: date | None, last: date | None
) -> None:
    named: dict[str, Any] = {"span": None, "first": None, "until": None} | given
    if first is None:
        with pytest.raises(PeriodInvalid):
            period_of(**named, today=TODAY)
    else:
        found = period_of(**named, today=TODAY)
        assert (found.first, found.last) == (first, last)


def test_a_month_s_statement_says_every_entry_and_what_became_of_it(
    sqlite_database: Database, fonts: Fonts
) -> None:
    lived = month.live(sqlite_database)
    every, september = statement(sqlite_database), statement(sqlite_database, span="2026-09", size="A6")
    before = statement(sqlite_database, until=date(2026, 7, 1))
    why = " ".join(row.why for row in every.rows)

    assert before.rows == () and before.points == Sums(0, 0, 0, 0)
    assert september.points.opening == 2000 and september.rows
    assert [row.index for row in every.rows] == sorted({row.index for row in every.rows})
    assert every.points.closing == every.rows[-1].points_left
    assert "食盐" in why and "（已撤销）" in why and "撤销" in why.replace("（已撤销）", "")
    assert every.seal is not None and every.seal.digits == lived.anchor.digits
    with sqlite_database.writing() as session:
        SHEET.finish(session, every, village=VILLAGE, by=CLERK, at=NOW)
        looked = staff.access_records(session, village=VILLAGE, participant=every.participant)
    assert len(looked) == 1
    [code] = codes_on(printed(every, fonts))
    assert code.text == lived.anchor.code


@pytest.mark.parametrize(("is_small", "pages"), [(False, 18), (True, 51)])
def test_a_long_statement_goes_on_with_what_is_carried(fonts: Fonts, is_small: bool, pages: int) -> None:
    pdf = printed(replace(example(400), is_small=is_small), fonts)
    words = squeezed(text_of(pdf, as_drawn=True))

    assert page_count(pdf) == pages
    assert words.count("过次页") == words.count("承前页") == pages - 1
    assert words.count("合计") == 1 and len(codes_on(pdf)) == 1
