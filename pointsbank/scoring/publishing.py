"""Moves scores from closed minutes towards the ledger: published, contested, withdrawn."""

from datetime import datetime

from sqlalchemy import update
from sqlmodel import Session, col

from pointsbank.errors import Refused
from pointsbank.labels.score_status import SCORE_STATUS
from pointsbank.scoring.meetings import MeetingOpen, lock_open
from pointsbank.scoring.meetings import meeting as find_meeting
from pointsbank.scoring.models import StoredScoreRow
from pointsbank.scoring.reading import ScoreUnknown
from pointsbank.scoring.reading import score as find_score
from pointsbank.scoring.values import CONTESTED, ENTERED, PUBLISHED, WITHDRAWN, Score, is_id
from pointsbank.text import clean


class ScoreNotReady(Refused):
    """The score is not in the state this step begins from."""

    code = "score_not_ready"
    sentence = "这条评分现在是“{state}”，不能{act}，请刷新后查看。"
    fixed_by = "本人"


def publish(session: Session, *, village: str, meeting: str) -> int:
    """Mark every score of a closed meeting as published; return how many.

    Raises:
        MeetingOpen: its minutes are not closed yet.
        MeetingUnknown: as `meeting`.

    Example:
        publish(session, village="chayuan", meeting=meeting.id)  # 40
    """
    if find_meeting(session, village=village, meeting_id=meeting, or_day_book=True).status == "open":
        raise MeetingOpen()
    entered = update(StoredScoreRow).where(
        StoredScoreRow.in_village(village),
        col(StoredScoreRow.meeting_id) == meeting,
        col(StoredScoreRow.status) == ENTERED,
    )
    return session.exec(entered.values(status=PUBLISHED)).rowcount


def publish_entry(session: Session, *, village: str, score: str) -> Score:
    """Mark one score of a day book as published: what is entered at the counter is posted at once.

    Raises:
        ScoreUnknown: there is no such score.
        ScoreNotReady: it is published already; and those of `clean`.

    Example:
        publish_entry(session, village="chayuan", score=id).status  # "published"
    """
    return _step(session, village=village, score=score, begins=(ENTERED,), ends=PUBLISHED, act="入账")


def contest(session: Session, *, village: str, score: str) -> Score:
    """Freeze one score while an objection to it is open.

    Raises:
        ScoreUnknown: there is no such score.
        ScoreNotReady: it is not published; and those of `clean`.

    Example:
        contest(session, village="chayuan", score=id).status  # "contested"
    """
    return _step(session, village=village, score=score, begins=(PUBLISHED,), ends=CONTESTED, act="提出异议")


def uncontest(session: Session, *, village: str, score: str) -> Score:
    """Publish a frozen score again: the objection was turned down.

    Raises:
        ScoreUnknown: there is no such score.
        ScoreNotReady: it is not contested; and those of `clean`.

    Example:
        uncontest(session, village="chayuan", score=id).status  # "published"
    """
    return _step(session, village=village, score=score, begins=(CONTESTED,), ends=PUBLISHED, act="维持")


def withdraw(session: Session, *, village: str, score: str, reason: str) -> Score:
    """Withdraw a published or contested score: it stays in the minutes and never reaches the ledger.

    Raises:
        ScoreUnknown: there is no such score.
        ScoreNotReady: it is neither published nor contested.
        TextInvalid: the reason cannot be stored; and those of `score`.

    Example:
        withdraw(session, village="chayuan", score=id, reason="记错了户").status  # "withdrawn"
    """
    return _step(
        session,
        village=village,
        score=score,
        begins=(PUBLISHED, CONTESTED),
        ends=WITHDRAWN,
        act="撤销",
        why=reason,
    )


def withdraw_score(
    session: Session, *, village: str, score: str, reason: str = "", by: str, at: datetime
) -> Score:
    """Withdraw a score while its meeting is open; it stays readable.

    Raises:
        ScoreUnknown: there is no such score.
        MeetingClosed: the minutes are closed; and those of `lock_open` and `score`.
        ScoreNotReady: it is withdrawn already.
        TextInvalid: the reason cannot be stored.

    Example:
        withdraw_score(session, village="chayuan", score=id, by="li", at=now).status  # "withdrawn"
    """
    lock_open(
        session, village=village, meeting=find_score(session, village=village, score_id=score).meeting_id
    )
    return _step(
        session, village=village, score=score, begins=(ENTERED,), ends=WITHDRAWN, act="撤回", why=reason
    )


def _step(
    session: Session,
    *,
    village: str,
    score: str,
    begins: tuple[str, ...],
    ends: str,
    act: str,
    why: str = "",
) -> Score:
    """Move one score on, if its status is one of `begins`; raise ScoreNotReady or ScoreUnknown."""
    if not is_id(score):
        raise ScoreUnknown()
    reason = clean(why, maximum=200)
    values = {"status": ends} | ({"remark": f"{act}：{reason}"} if reason else {})
    mine = (StoredScoreRow.in_village(village), col(StoredScoreRow.id) == score)
    ready = update(StoredScoreRow).where(*mine, col(StoredScoreRow.status).in_(begins))
    changed = session.exec(ready.values(**values))
    found = find_score(session, village=village, score_id=score)
    if changed.rowcount != 1:
        raise ScoreNotReady(state=SCORE_STATUS.name(found.status), act=act)
    return found
