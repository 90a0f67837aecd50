"""The same races at a server whose locks were taken out: a race that cannot be lost proves nothing."""

import re

import pytest

from tests.faults.conftest import Serve
from tests.faults.races import ENDS, Race, last_points, stock_moves_during_sales, two_reversals

# On SQLite the word for a broken rule is IntegrityError, on PostgreSQL a CHECK is one and a guard is not.
DEFECTS = re.compile(r"^sqlalchemy\.[\w.]+: .*$", re.MULTILINE)
SECOND_WALLS = (
    "ck_goods_stock_not_negative",
    "rows are never changed or removed",
    # A move of stock takes the log's lock for its rows: without the lock on goods before it, in no order.
    "deadlock detected",
    # SQLite turns away who read before another wrote and then wants to write (SQLITE_BUSY_SNAPSHOT).
    "database is locked",
)

# On SQLite one lock stands before every verb: one race shows that it is what decides.
races = pytest.mark.parametrize(
    ("race", "kind"),
    [
        pytest.param(
            race,
            kind,
            id=f"{kind}-{race.__name__}",
            marks=[] if kind == "postgresql" or race is last_points else pytest.mark.full,
        )
        for race in ENDS
        for kind in ("sqlite", "postgresql")
    ],
)


@races
def test_without_its_locks_the_same_race_ends_badly(race: Race, kind: str, serve: Serve) -> None:
    # On PostgreSQL both reversals change the same shelf, and an UPDATE locks as well as FOR UPDATE does;
    # moves and sales also wait for each other at the log, which tells of both.
    untied = race in (two_reversals, stock_moves_during_sales) and kind == "postgresql"
    scene = serve(kind, in_memory=True, flaws=("untied" if untied else "unlocked",))

    # Each try is a race: the control need only ever be lost once.
    assert any(race(scene).betrays(ENDS[race]) for _ in range(25))
    # What a CHECK or a guard stopped is a defect to the program; no other defect may pass for a lost race.
    assert [line for line in DEFECTS.findall(scene.server.log()) if not _is_second_wall(line)] == []


def _is_second_wall(line: str) -> bool:
    """Return True if a line of the log tells of a rule of the database that stands behind the locks."""
    return any(wall in line for wall in SECOND_WALLS)
