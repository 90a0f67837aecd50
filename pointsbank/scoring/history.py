"""What is on record of the participants and items a list names: the past that caps and repetition look at."""

from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy import bindparam, select
from sqlmodel import Session

from pointsbank.database import execute, table_of
from pointsbank.scoring.caps import Past
from pointsbank.scoring.judging import EARLIEST, Claim, History
from pointsbank.scoring.models import StoredScoreRow
from pointsbank.scoring.periods import months_later
from pointsbank.scoring.sheets import chunks
from pointsbank.scoring.values import WITHDRAWN, Item

_score = table_of(StoredScoreRow)
_PAST = select(
    _score.c.participant_id, _score.c.item_code, _score.c.occurred_on, _score.c.counted_points
).where(
    _score.c.village_id == bindparam("village"),
    _score.c.participant_id.in_(bindparam("people", expanding=True)),
    _score.c.item_code.in_(bindparam("codes", expanding=True)),
    _score.c.occurred_on.between(bindparam("first"), bindparam("last")),
    _score.c.status != WITHDRAWN,
)


def read_history(session: Session, claims: Sequence[Claim], *, village: str) -> History:
    """The scores on record that bear on these claims, under whichever version they were made."""
    watched = [claim for claim in claims if _is_watched(claim.item)]
    if not watched:
        return {}
    first, last = _window(watched)
    codes = sorted({claim.item.code for claim in watched})
    history: History = {}
    for people in chunks(sorted({claim.participant.id for claim in watched})):
        asked = {"village": village, "people": people, "codes": codes, "first": first, "last": last}
        for row in execute(session, _PAST, asked):
            past = Past(row.occurred_on, abs(row.counted_points))
            history.setdefault((row.participant_id, row.item_code), []).append(past)
    return history


def _is_watched(item: Item) -> bool:
    """Whether an item's worth depends on what was scored before."""
    limited = item.cap_points is not None or item.cap_times is not None
    return limited or bool(item.scored_in or item.double_months) or item.shape in ("once", "ladder")


def _window(claims: Iterable[Claim]) -> tuple[date, date]:
    """The days that matter: whole years, and as far back as a bad deed stays valid."""
    first, last = date.max, date.min
    for claim in claims:
        item, day = claim.item, claim.row.occurred_on
        ever = item.cap_period == "ever" or (item.shape == "once" and not item.cap_period)
        since = EARLIEST if ever else min(date(day.year, 1, 1), months_later(day, -item.double_months))
        first = min(first, since)
        last = max(last, date.max if ever else date(day.year, 12, 31))
    return first, last
