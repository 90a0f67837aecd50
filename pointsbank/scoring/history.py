"""What is on record of the participants and items a list names: the past that caps and repetition look at."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import bindparam, select
from sqlmodel import Session

from pointsbank.database import execute, table_of
from pointsbank.scoring.caps import Past
from pointsbank.scoring.judging import Claim, History
from pointsbank.scoring.models import StoredScoreRow
from pointsbank.scoring.periods import Span, months_later
from pointsbank.scoring.shapes import caps_of
from pointsbank.scoring.sheets import chunks
from pointsbank.scoring.values import WITHDRAWN

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
    watched, first, last = [], date.max, date.min
    for claim in claims:
        for since, until in _spans(claim):
            first, last = min(first, since), max(last, until)
            watched.append(claim)
    codes = sorted({claim.item.code for claim in watched})
    history: History = {}
    for people in chunks(sorted({claim.participant.id for claim in watched})):
        asked = {"village": village, "people": people, "codes": codes, "first": first, "last": last}
        for row in execute(session, _PAST, asked):
            past = Past(row.occurred_on, abs(row.counted_points))
            history.setdefault((row.participant_id, row.item_code), []).append(past)
    return history


def _spans(claim: Claim) -> list[Span]:
    """The stretches of days whose scores bear on a claim: those of its caps, and a bad deed's validity."""
    item, day = claim.item, claim.row.occurred_on
    spans = [limit.around(day) for limit in caps_of(item, claim.worth)]
    if item.double_months:
        spans.append((months_later(day, -item.double_months), day))
    return [around for around in spans if around is not None]
