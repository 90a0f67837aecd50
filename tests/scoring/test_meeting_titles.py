"""What the next meeting of a month is called follows from those that are called so already."""

from datetime import date

from pointsbank import scoring
from pointsbank.database import Database
from tests.builders import chayuan


def test_meetings_are_counted_that_are_called_so_or_so_and_more(database: Database) -> None:
    village = chayuan(database)
    for title in ("2026年9月评议会", "2026年9月评议会（第2次）", "2026年8月评议会", "2026年9月补充评议会"):
        village.write(scoring.open_meeting, held_on=date(2026, 9, 1), title=title, judges=["周明"])

    counted = [
        village.read(scoring.count_titled, title=title)
        for title in ("2026年9月评议会", "2026年8月评议会", "2026年7月评议会", "%月")
    ]

    assert counted == [2, 1, 0, 0]
