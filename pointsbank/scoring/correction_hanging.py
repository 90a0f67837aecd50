"""When the paper of a correction hangs: written once at its row, and told in the log."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from sqlmodel import Session, col, select

from pointsbank import ledger
from pointsbank.scoring.correcting import CorrectionEnded, CorrectionUnknown
from pointsbank.scoring.correction_reading import UNHUNG, Correction
from pointsbank.scoring.models import CorrectionRow
from pointsbank.scoring.reading import score as find_score
from pointsbank.scoring.values import is_id


def record_hanging(
    session: Session,
    *,
    village: str,
    score: str,
    place: str,
    hung_on: date,
    ends_on: date,
    by: str,
    at: datetime,
) -> Correction:
    """Write down that the paper of a correction hangs, by its new version (id), and when its days end.

    The caller has checked the day, and holds the notice of its meeting.

    Raises:
        CorrectionUnknown: no correction made this version.
        CorrectionEnded: its days have begun before, or it needs none.
        ScoreUnknown: raised by `score`.

    And those of `ledger.record`.

    Example:
        scoring.record_hanging(session, village="cy", score=new, place="村务公开栏", hung_on=day,
                               ends_on=last, by="li", at=now).status  # "hanging"
    """
    key = (village, score)
    row = (
        session.get(CorrectionRow, key, with_for_update=True, populate_existing=True)
        if is_id(score)
        else None
    )
    if row is None:
        raise CorrectionUnknown()
    if row.into(Correction).status != UNHUNG or row.days is None:
        raise CorrectionEnded()
    row.place, row.hung_on, row.hung_at, row.hung_by, row.ends_on = place, hung_on, at, by, ends_on
    session.flush()
    words = {
        "participant": find_score(session, village=village, score_id=row.corrects).participant_id,
        "score": score,
        "place": place,
        "hung_on": hung_on.isoformat(),
        "hung_at": at.astimezone(UTC).isoformat(),
        "ends_on": ends_on.isoformat(),
    }
    ledger.record(session, village=village, kind="correction_hung", by=by, at=at, words=words)
    return row.into(Correction)


@ledger.describes("correction_hung")
def _hung(words: Mapping[str, Any], names: ledger.Names) -> str:
    """Return e.g. 王建国的更正：村务公开栏，2026-09-05张贴，公示到2026-09-08."""
    when = f"{words['hung_on']}张贴，公示到{words['ends_on']}"
    return f"{names(words['participant'])}的更正：{words['place']}，{when}"


def unhung_corrections(session: Session, *, village: str) -> list[Correction]:
    """Return the corrections of a village whose paper hangs nowhere yet, the oldest first.

    Example:
        scoring.unhung_corrections(session, village="cy")[0].days  # 3
    """
    query = select(CorrectionRow).where(
        CorrectionRow.in_village(village),
        col(CorrectionRow.days).is_not(None),
        col(CorrectionRow.hung_on).is_(None),
        col(CorrectionRow.dropped_at).is_(None),
    )
    oldest = query.order_by(col(CorrectionRow.corrected_at), col(CorrectionRow.score_id))
    return [row.into(Correction) for row in session.exec(oldest)]
