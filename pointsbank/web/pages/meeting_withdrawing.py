"""Taking an entry back while its meeting is open."""

from sqlmodel import Session

from pointsbank import ceremonies, roster, scoring
from pointsbank.staff import Permission
from pointsbank.web import access
from pointsbank.web.forms import BoundForm
from pointsbank.web.page import Page
from pointsbank.web.pages.meetings import one_meeting

page = Page()


@page.action(
    "/v/<village>/meetings/<meeting>/scores/<score>/withdraw",
    Permission.SCORE_ENTER,
    on=one_meeting,
    in_group=True,
)
def withdraw_score(session: Session, form: BoundForm, village: str, meeting: str, score: str) -> str:
    """Withdraw a score while the meeting is open; who leads a group, one that he entered for it himself.

    Raises:
        ScoreUnknown: there is no such score for who asks.
    """
    if access.groups() is not None:
        _refuse_others(session, village, score)
    gone = ceremonies.withdraw_score(session, village=village, score=score, **access.by_and_at())
    left = scoring.cut_by_deed(session, village=village, score=gone)
    again = "".join(
        f"同一件事的{one.called}“{one.title}”只计了{scoring.signed(one.counted)}，" for one in left
    )
    return "已撤回这一条。" + (f"{again}要按它计，请撤回再录。" if again else "")


def _refuse_others(session: Session, village: str, score: str) -> None:
    """Refuse whoever leads a group what he did not enter himself, or what is of another group.

    Raises:
        ScoreUnknown: it is so, or there is no such score.
    """
    found = scoring.score(session, village=village, score_id=score)
    if found.entered_by != access.by() or not _shown(session, village, [found]):
        raise scoring.problems.ScoreUnknown()


def _shown(session: Session, village: str, scores: list[scoring.Score]) -> list[scoring.Score]:
    """Return the scores of those whom this visit may see."""
    if access.groups() is None:
        return scores
    known = roster.by_ids(session, village=village, ids={score.participant_id for score in scores})
    return [one for one in scores if roster.is_within(known[one.participant_id], access.groups())]
