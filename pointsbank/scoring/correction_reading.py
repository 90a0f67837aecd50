"""Reads what was put right: of one score, with all its versions, or everything."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, or_, select

from pointsbank.prepared import chunks
from pointsbank.scoring.models import CorrectionRow
from pointsbank.scoring.reading import score as find_score
from pointsbank.scoring.values import Score, is_id

UNHUNG, ON_DISPLAY, POSTED, DROPPED, DECIDED = "unhung", "hanging", "posted", "dropped", "decided"
OVER = "over"
"""On display, and its days are over: so a day sees it, it is stored nowhere."""


@dataclass(frozen=True, slots=True)
class Correction:
    """One score put right: the version `score_id` stands for the one it `corrects`.

    Attributes:
        version: of the new one; the first correction of a score makes version 2.
        struck: there should have been no score.
        reverses: the old one was posted, and is posted back.
        days: how many it hangs first, after the day on which its paper was hung; None where nobody is worse
            off.
        hung_on, ends_on: the day of the recorded hanging in `place`, and the last day; None until then. One
            from before hangings were recorded has the last day alone.
        taken_back_in: the month from which the old one was taken back.
        reversal_index: the log entry that posted the old one back; None where it had moved nothing.
    """

    score_id: str
    corrects: str
    version: int
    struck: bool
    reverses: bool
    reason: str
    requested_by: str
    confirmed_by: str
    corrected_at: datetime
    days: int | None
    place: str | None
    hung_on: date | None
    hung_at: datetime | None
    hung_by: str | None
    ends_on: date | None
    posted_at: datetime | None
    dropped_at: datetime | None
    taken_back_in: str | None
    reversal_index: int | None

    @property
    def status(self) -> str:
        """Return where it stands: not hung yet, hanging, posted, dropped, or decided before posting."""
        if self.dropped_at is not None:
            return DROPPED
        if not self.reverses:
            return DECIDED
        if self.posted_at is not None:
            return POSTED
        return UNHUNG if self.ends_on is None else ON_DISPLAY

    def status_on(self, day: date) -> str:
        """Return where it stands on a day, a code of `labels.correction_state`: `over` once its days are."""
        waits = self.status == ON_DISPLAY and self.ends_on is not None and day > self.ends_on
        return OVER if waits else self.status


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a score, with the correction that made it; None for the first."""

    score: Score
    correction: Correction | None


def corrections(session: Session, *, village: str, scores: Iterable[str] | None = None) -> list[Correction]:
    """Return what was put right of these scores (ids), old or new ones, or of all; the newest first.

    Example:
        scoring.corrections(session, village="chayuan", scores=[score.id])[0].status  # "posted"
    """
    query = select(CorrectionRow).where(CorrectionRow.in_village(village))
    if scores is None:
        rows = list(session.exec(query))
    else:
        found: dict[str, CorrectionRow] = {}
        for some in chunks([id for id in scores if is_id(id)]):
            about = or_(col(CorrectionRow.corrects).in_(some), col(CorrectionRow.score_id).in_(some))
            found |= {row.score_id: row for row in session.exec(query.where(about))}
        rows = list(found.values())
    rows.sort(key=lambda row: (row.corrected_at, row.score_id), reverse=True)
    return [row.into(Correction) for row in rows]


def correction(session: Session, *, village: str, score: str) -> Correction | None:
    """Return the correction that made this version (id) of a score; None for a first version.

    Example:
        scoring.correction(session, village="chayuan", score=new).corrects  # id of the old one
    """
    row = session.get(CorrectionRow, (village, score)) if is_id(score) else None
    return row.into(Correction) if row is not None else None


def replaced_by(session: Session, *, village: str, score: str) -> Correction | None:
    """Return the correction, posted or hanging, whose new version stands for this score (id); None if none.

    Example:
        scoring.replaced_by(session, village="chayuan", score=old)  # Correction(score_id="…", …)
    """
    every = corrections(session, village=village, scores=[score])
    return next((one for one in every if one.corrects == score and one.status != DROPPED), None)


def versions(session: Session, *, village: str, score: str) -> list[Version]:
    """Return all versions of a score, the first one first, dropped ones among them; by any of their ids.

    Raises:
        ScoreUnknown: there is no such score.

    Example:
        [one.score.counted_points for one in scoring.versions(session, village="chayuan", score=id)]
        # [200, 600]
    """
    first = find_score(session, village=village, score_id=score)
    while (made := correction(session, village=village, score=first.id)) is not None:
        first = find_score(session, village=village, score_id=made.corrects)
    found, heads = [Version(first, None)], [first.id]
    while heads:
        some = [
            one for one in corrections(session, village=village, scores=heads) if one.corrects in set(heads)
        ]
        some.reverse()
        heads = [one.score_id for one in some]
        found += [Version(find_score(session, village=village, score_id=one.score_id), one) for one in some]
    return found
