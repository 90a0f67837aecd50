"""What of one participant is under way: scores that are not posted, where they hang, who objected to what."""

from dataclasses import dataclass

from sqlmodel import Session

from pointsbank import objections as machine
from pointsbank import scoring
from pointsbank.publicity.notices import Notice, notices
from pointsbank.publicity.objections import SCORES, Objection, view
from pointsbank.scoring import Score


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
    found |= {score.id: score for score, _ in contested}
    if not found:
        return []
    # Few wait at a time: all notices are read at once.
    displayed = {one.meeting: one for one in notices(session, village=village)}
    objected = {score.id: objection for score, objection in contested}
    return [
        UnderWay(one, displayed.get(one.meeting_id), objected.get(one.id))
        for one in sorted(found.values(), key=lambda one: (one.occurred_on, one.id))
    ]


def _contested(session: Session, village: str, participant: str) -> list[tuple[Score, Objection]]:
    """Return the participant's scores that an objection is open to, with the objection."""
    waiting = [view(one) for one in machine.filed(session, SCORES, village=village, only_open=True)]
    scores = scoring.scores_by_id(session, village=village, ids=[one.score for one in waiting])
    return [(scores[one.score], one) for one in waiting if scores[one.score].participant_id == participant]
