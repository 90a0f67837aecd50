"""What every step of the sample shares: the village's code, its clock, its database, its people."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, TypeVar

from pointsbank.database import Database
from pointsbank.dates import SHANGHAI
from pointsbank.roster import Participant
from pointsbank.sample.people import HOUSEHOLDS

CODE = "chayuan"
SEED = 2026
OPERATOR = "operator"

Result = TypeVar("Result")


def moment(day: date, hour: int = 9, minute: int = 0) -> datetime:
    """Return a moment of a day in the village, in Beijing time."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=SHANGHAI)


@dataclass
class Stage:
    """Database, staff ids by login, participants, once-a-year deeds, panel (id), pieces of a full shelf."""

    database: Database
    staff: dict[str, str] = field(default_factory=dict)
    everyone: Sequence[Participant] = ()
    done_this_year: set[tuple[str, str]] = field(default_factory=set)
    panel: str = ""
    filled: dict[str, int] = field(default_factory=dict)

    def of_the_village(self, count: int) -> int:
        """Return how many of a whole village's baskets are those of the households that are here, >= 1."""
        here = sum(one.kind == "household" for one in self.everyone)
        return max(1, count * here // HOUSEHOLDS)

    def act(self, verb: Callable[..., Result], *, by: str, at: datetime, **given: Any) -> Result:
        """Let one of the staff (login) carry out a verb, in a transaction of its own."""
        with self.database.writing() as session:
            return verb(session, village=CODE, by=self.staff[by], at=at, **given)
