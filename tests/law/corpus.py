"""Our own texts: those that may hang and those that may not, each for what it is to be used for."""

import csv
from pathlib import Path

from pointsbank import law

HERE = Path(__file__).parent


def rows(name: str) -> list[dict[str, str]]:
    """Return the texts of one file."""
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


MAY = rows("may_stand.csv")
MUST_NOT = rows("must_not_stand.csv")
ROUNDABOUT = rows("roundabout.csv")
"""Slang, dialect, hints, odd spellings; `written` says when: beside the rules, before them and read only for
the figure, or after them. What was written before and after stays as it was read: no rule is mended by it."""
EVERYDAY = rows("everyday.csv")
"""What a village writes day by day; `written` as above, but what was stopped in vain was mended."""
WRITTEN = ("beside", "before", "after")


def share(name: str, written: str) -> tuple[int, int]:
    """Return how many texts of one file and time are stopped, and of how many."""
    texts = [row for row in rows(name) if row["written"] == written]
    return sum(bool(law.findings(row["text"], law.Use(row["use"]))) for row in texts), len(texts)
