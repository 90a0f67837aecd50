"""Which papers hang on the wall on a day, and by what it is seen that one of them says something else now."""

from collections.abc import Hashable
from datetime import date

from sqlmodel import Session, col, select

from pointsbank import roster, scoring, villages
from pointsbank.publicity.consent import shown_as
from pointsbank.publicity.gathered import meetings_of
from pointsbank.publicity.models import NoticeRow
from pointsbank.publicity.notices import Notice, notice_row, view


def is_on_wall(notice: Notice, day: date) -> bool:
    """Return whether the paper of a notice hangs on a day: from its hanging to its last day, both included.

    Example:
        publicity.is_on_wall(notice, date(2026, 9, 4))  # True
    """
    return notice.hung_on is not None and notice.hung_on <= day and not notice.over_on(day)


def hanging_on(session: Session, *, village: str, day: date) -> list[Notice]:
    """Return the notices whose paper hangs on a day, the one that hangs longest last.

    Example:
        publicity.hanging_on(session, village="chayuan", day=today)[0].title  # "九月评议会公示"
    """
    query = select(NoticeRow).where(NoticeRow.in_village(village), col(NoticeRow.ends_on) >= day)
    newest = query.order_by(col(NoticeRow.published_at).desc(), col(NoticeRow.id).desc())
    return [one for one in map(view, session.exec(newest)) if is_on_wall(one, day)]


def wall_state(session: Session, *, village: str, notice_id: str) -> Hashable:
    """Return what everything that a notice says in public depends on, so that two readings can be compared.

    To read it takes a fiftieth of what it takes to write the notice's lines anew.

    Raises:
        NoticeUnknown: there is no such notice.

    Example:
        publicity.wall_state(session, village="chayuan", notice_id=id) == before  # it says the same
    """
    notice = view(notice_row(session, village, notice_id))
    meetings = meetings_of(session, village=village, notice=notice_id, meeting=notice.meeting)
    return (
        notice,
        scoring.standing_as_text(session, village=village, meetings=list(meetings)),
        scoring.correction_counts(session, village=village),
        roster.persons(session, village=village),
        tuple((one.code, one.name, one.kind) for one in roster.not_persons(session, village=village)),
        tuple(sorted(shown_as(session, village=village).items())),
        tuple((one.id, one.name) for one in villages.groups(session, village=village, also_closed=True)),
    )
