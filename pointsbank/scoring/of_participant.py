"""What one participant was scored: what is not posted yet, and what each month came to."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import bindparam, exists, or_
from sqlalchemy import select as select_columns
from sqlmodel import Session, col, select

from pointsbank import ledger
from pointsbank.database import execute
from pointsbank.once import once_a_reading
from pointsbank.scoring.correction_effects import taken_back
from pointsbank.scoring.correction_reading import Correction
from pointsbank.scoring.models import CorrectionRow, StoredScoreRow
from pointsbank.scoring.month_sums import NOTHING, SUMS
from pointsbank.scoring.reading import SCORES, scores_by_id, views
from pointsbank.scoring.superseded import PUTS_RIGHT, TAKEN_BACK_AT_ONCE
from pointsbank.scoring.values import CONTESTED, ENTERED, POSTED, PUBLISHED, MonthTotal, Score

_MONTHS = (
    select_columns(col(StoredScoreRow.counted_in), *SUMS)
    .where(
        StoredScoreRow.in_village(bindparam("village")),
        col(StoredScoreRow.participant_id) == bindparam("who"),
        col(StoredScoreRow.status) == POSTED,
        ~TAKEN_BACK_AT_ONCE,
    )
    .group_by(col(StoredScoreRow.counted_in))
)
_TAKEN_BACK = (
    select_columns(col(CorrectionRow.taken_back_in), col(StoredScoreRow.counted_points))
    .join(
        CorrectionRow,
        CorrectionRow.in_village_of(StoredScoreRow) & (col(CorrectionRow.corrects) == col(StoredScoreRow.id)),
    )
    .where(
        StoredScoreRow.in_village(bindparam("village")),
        col(StoredScoreRow.participant_id) == bindparam("who"),
        col(CorrectionRow.taken_back_in) != col(StoredScoreRow.counted_in),
    )
)


_UNPOSTED = SCORES.where(
    StoredScoreRow.in_village(bindparam("village")),
    col(StoredScoreRow.participant_id) == bindparam("who"),
    col(StoredScoreRow.status).in_((ENTERED, PUBLISHED, CONTESTED)),
    ~PUTS_RIGHT,
)


def unposted(session: Session, *, village: str, participant: str) -> list[Score]:
    """Return the scores of a participant (id) that are entered, hang or are contested, by the deed's day.

    Corrections that hang are not among them: what they put right is posted, and counts until then.

    Example:
        [one.title for one in unposted(session, village="chayuan", participant=wang.id)]  # ["门前整洁"]
    """
    asked = {"village": village, "who": participant}
    found = views(session, execute(session, _UNPOSTED, asked).all(), village=village)
    return sorted(found, key=lambda one: (one.occurred_on, one.id))


_HANG = (
    col(CorrectionRow.days).is_not(None),
    col(CorrectionRow.posted_at).is_(None),
    col(CorrectionRow.dropped_at).is_(None),
)


def _any_hang(session: Session, village: str) -> bool:
    """Return whether any correction of the village waits for its days: most days none does."""

    def find() -> bool:
        query = select(CorrectionRow.score_id).where(CorrectionRow.in_village(village), *_HANG)
        return session.exec(query.limit(1)).first() is not None

    return ledger.kept(session, village=village, about="corrections hang", make=find, but_sales=True)


@once_a_reading
def hanging_corrections(
    session: Session, *, village: str, participant: str
) -> list[tuple[Correction, Score, Score]]:
    """Return the corrections that take from or give to a participant (id) once they have hung, oldest first.

    Each with the score that still counts and the version that would stand for it. Those whose paper hangs
    nowhere yet are among them.

    Example:
        [(made, was, new)] = scoring.hanging_corrections(session, village="chayuan", participant=wang.id)
        made.ends_on, was.counted_points, new.counted_points  # date(2026, 9, 8), 500, 0
    """
    concerned = or_(
        col(StoredScoreRow.id) == col(CorrectionRow.corrects),
        col(StoredScoreRow.id) == col(CorrectionRow.score_id),
    )
    if not _any_hang(session, village):
        return []
    his = exists().where(
        StoredScoreRow.in_village_of(CorrectionRow),
        concerned,
        col(StoredScoreRow.participant_id) == participant,
    )
    query = select(CorrectionRow).where(CorrectionRow.in_village(village), *_HANG, his)
    oldest = query.order_by(col(CorrectionRow.corrected_at), col(CorrectionRow.score_id))
    made = [row.into(Correction) for row in session.exec(oldest)]
    ids = [id for one in made for id in (one.corrects, one.score_id)]
    known = scores_by_id(session, village=village, ids=ids)
    return [(one, known[one.corrects], known[one.score_id]) for one in made]


def months_of(
    session: Session, *, village: str, participant: str, last: int = 12
) -> list[tuple[str, MonthTotal]]:
    """Return what a participant's (id) posted scores came to, month by month, oldest first.

    Counted as `month_totals` does, with what a closed month had taken back in the month in which that was
    posted.

    Args:
        last: the latest so many months that have any, >= 1.

    Example:
        months_of(session, village="chayuan", participant=wang.id)[-1][1].honour  # 1500 hundredths
    """
    # What is posted and posted back is in the entries of the log; a look at the file is not.
    months = ledger.kept(
        session,
        village=village,
        about=("months of", participant),
        make=lambda: _months(session, village, participant),
        size=len,
        entries_alone=True,
        but_sales=True,
    )
    return months[-last:]


def _months(session: Session, village: str, participant: str) -> list[tuple[str, MonthTotal]]:
    """Return what all months came to, as it is counted now."""
    asked = {"village": village, "who": participant}
    found: Sequence[Any] = execute(session, _MONTHS, asked).all()
    months = {row[0]: MonthTotal(*row[1:]) for row in found}
    back: Sequence[Any] = execute(session, _TAKEN_BACK, asked).all()
    for month, counted in back:
        months[month] = taken_back(months.get(month, NOTHING), counted)
    return sorted(months.items())
