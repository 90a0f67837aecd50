"""Our own texts: those that may hang and those that may not, each for what it is to be used for."""

import csv
from pathlib import Path

HERE = Path(__file__).parent


def rows(name: str) -> list[dict[str, str]]:
    """Return the texts of one file."""
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


MAY = rows("may_stand.csv")
MUST_NOT = rows("must_not_stand.csv")
