"""The red board of the last closed month: praise, under the names that households agreed to.

What stands on a standing board is shown there, once.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from pointsbank import boards, publicity, villages
from pointsbank.disclosure.base import Section
from pointsbank.publicity import RedPlace


@dataclass(frozen=True, slots=True)
class Praise:
    """The last closed month, empty before the first, and who is praised in it."""

    month: str
    places: tuple[RedPlace, ...]


def gather(session: Session, *, village: str, at: datetime) -> Praise:
    """Return the red board of the last closed month, as it hangs.

    Raises:
        MonthInvalid: never of a month that is closed.
    """
    closed = villages.closed_months(session, village=village)
    if not closed:
        return Praise("", ())
    places = publicity.public_red(session, village=village, month=closed[-1], at=at)
    kinds = boards.praise_kinds(session, village=village)
    standing = {one.name for one in kinds if one.span == boards.STANDING}
    return Praise(closed[-1], tuple(one for one in places if one.kind not in standing))


SECTION = Section(name="red_board", title="红榜", position=20, gather=gather, by_day=True)
