"""Two keepers, a list of two items that adds up to a hundred, and checks that go well or not."""

from datetime import date
from typing import Any

from pointsbank import keepers, roster
from pointsbank.database import Database
from pointsbank.keepers import CheckItem
from pointsbank.points import whole
from tests.builders import COMMITTEE, SUPERVISOR, VILLAGE
from tests.founding import founded_once
from tests.proof import month
from tests.proof.month import on

ITEMS = [CheckItem("地面干净", whole(60), whole(10)), CheckItem("垃圾桶", whole(40), whole(20))]
BY_LI: dict[str, Any] = {"village": VILLAGE, "by": COMMITTEE, "at": on(28)}
BY_ZHAO: dict[str, Any] = BY_LI | {"by": SUPERVISOR}
CHECK: dict[str, Any] = {"keeper": "G01", "place": "村口公厕", "checker": "李卫东"}


@founded_once
def hired(database: Database) -> None:
    """The village with its keepers and its list."""
    month.begin(database)
    with database.writing() as session:
        for code, name in (("G01", "周福生"), ("G02", "田桂香")):
            roster.add(session, **BY_LI, code=code, name=name, kind="keeper")
        day = {"resolution": "2026年村民会议", "from_date": date(2026, 9, 1)}
        keepers.adopt_list(session, **BY_LI, items=ITEMS, **day)


def checked(database: Database, day: int, faults: dict[int, int], **more: Any) -> str:
    """A check on a day of September."""
    with database.writing() as session:
        given = BY_LI | CHECK | {"checked_on": date(2026, 9, day), "faults": faults} | more
        return keepers.record_check(session, **given)
