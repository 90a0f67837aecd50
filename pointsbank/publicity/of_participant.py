"""What of one participant is under way: scores that are not posted, where they hang, what is put right."""

from dataclasses import dataclass

from sqlmodel import Session

from pointsbank import objections as machine
from pointsbank import scoring
from pointsbank.points import Points
from pointsbank.publicity.gathered import gathered
from pointsbank.publicity.missing import MissingDeed, missing_deeds
from pointsbank.publicity.notices import Notice, notices
from pointsbank.publicity.objections import SCORES, Objection, view
from pointsbank.scoring import Correction, Score


@dataclass(frozen=True, slots=True)
class UnderWay:
    """A score that somebody still decides about.

    Attributes:
        notice: where it hangs; None before its meeting has ended.
        objection: what waits for an answer; None where nobody objects.
    """

    score: Score
    notice: Notice | None
    objection: Objection | None


def under_way(session: Session, *, village: str, participant: str) -> list[UnderWay]:
    """Return the scores of a participant (id) that are not posted or that an objection is open to, by day.

    Example:
        under_way(session, village="chayuan", participant=wang.id)[0].notice.ends_on  # date(2026, 9, 4)
    """
    contested = _contested(session, village, participant)
    found = {one.id: one for one in scoring.unposted(session, village=village, participant=participant)}
    # What is said against a correction that hangs is shown with the correction.
    corrected = scoring.hanging_corrections(session, village=village, participant=participant)
    published = {made.score_id for made, _, _ in corrected}
    found |= {score.id: score for score, _ in contested if score.id not in published}
    if not found:
        return []
    # Few wait at a time: all notices are read at once.
    displayed = {one.meeting: one for one in notices(session, village=village)}
    books = gathered(session, village=village)
    displayed |= {book: one for one in displayed.values() for book in books.get(one.id, ())}
    objected = {score.id: objection for score, objection in contested}
    return [
        UnderWay(one, displayed.get(one.meeting_id), objected.get(one.id))
        for one in sorted(found.values(), key=lambda one: (one.occurred_on, one.id))
    ]


def promised(session: Session, *, village: str, participant: str) -> tuple[list[Score], list[MissingDeed]]:
    """Return what an objection owes a participant (id): posted scores without an answer, deeds left out.

    A score that is not posted is not among them: `scoring.unsettled` counts it.

    Example:
        promised(session, village="chayuan", participant=wang.id)  # ([Score(…)], [])
    """
    contested = [score for score, _ in _contested(session, village, participant)]
    missing = missing_deeds(session, village=village)
    return (
        [one for one in contested if one.status == scoring.POSTED],
        [one for one in missing if one.participant_id == participant],
    )


@dataclass(frozen=True, slots=True)
class CorrectionUnderWay:
    """A correction that has to hang before it counts; `objection` is what waits for an answer, None if none.

    Attributes:
        had, gets: what the score counts for the participant who is asked about, and would count afterwards,
            signed hundredths; 0 where it stands or would stand for somebody else.
    """

    correction: Correction
    score: Score
    had: Points
    gets: Points
    objection: Objection | None


def corrections_under_way(session: Session, *, village: str, participant: str) -> list[CorrectionUnderWay]:
    """Return the corrections about a participant (id) that wait: to be hung, for their days, for an answer.

    Example:
        corrections_under_way(session, village="chayuan", participant=wang.id)[0].gets  # 0
    """
    made = scoring.hanging_corrections(session, village=village, participant=participant)
    if not made:
        return []
    waiting = (view(one) for one in machine.filed(session, SCORES, village=village, only_open=True))
    objected = {one.score: one for one in waiting}

    def counts(score: Score) -> Points:
        return score.counted_points if score.participant_id == participant else Points(0)

    return [
        CorrectionUnderWay(one, was, counts(was), counts(new), objected.get(new.id)) for one, was, new in made
    ]


def _contested(session: Session, village: str, participant: str) -> list[tuple[Score, Objection]]:
    """Return the participant's scores that an objection is open to, with the objection."""
    if not machine.open_subjects(session, SCORES, village=village):
        return []
    waiting = [view(one) for one in machine.filed(session, SCORES, village=village, only_open=True)]
    scores = scoring.scores_by_id(session, village=village, ids=[one.score for one in waiting])
    return [(scores[one.score], one) for one in waiting if scores[one.score].participant_id == participant]
