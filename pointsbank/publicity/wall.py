"""Which papers hang on the wall on a day, and by what it is seen that one of them says something else now."""

from collections.abc import Hashable, Iterable, Sequence
from datetime import date

from sqlmodel import Session, col, select

from pointsbank import boards, roster, scoring, villages, walls
from pointsbank.boards import Listing
from pointsbank.publicity.consent import consents_taken_back, shown_as
from pointsbank.publicity.gathered import meetings_of
from pointsbank.publicity.models import NoticeRow
from pointsbank.publicity.notices import Notice, notice_row, view
from pointsbank.walls import WallCopy


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


@walls.shown_no_more(walls.POSTER)
def _over(session: Session, *, village: str, hanging: Sequence[WallCopy]) -> set[str]:
    """Return the posters (ids) that say what is so no more.

    Somebody on it took a consent back, left all boards or came down since; or a month of its period was
    closed.
    """
    taken_back = consents_taken_back(session, village=village)
    left = boards.who_left(session, village=village)
    red = [one for one in boards.listings(session, village=village) if one.board == "red"]
    over = set()
    for paper in hanging:
        gone = {id for id, signed_on in left.items() if paper.hung_on <= signed_on}
        gone |= {
            id
            for id, spans in taken_back.items()
            if any(given <= paper.recorded_at < ended for given, ended in spans)
        }
        # A household may ask to come down from the red board, and a day says no hour: what ended on the
        # day of hanging counts as ended behind it.
        gone |= {one.participant.id for one in red if one.ended_on and one.ended_on >= paper.hung_on}
        named = gone and gone & set(_named(session, village, paper, red, also=len(left)))
        if named or _is_outdated(session, village, paper):
            over.add(paper.id)
    return over


def _is_outdated(session: Session, village: str, paper: WallCopy) -> bool:
    """Return whether a month of a period was closed behind its poster, which now counts more."""
    if not boards.is_period(paper.subject_id):
        return False
    months = boards.parse_period(paper.subject_id).months
    closed = [villages.closed_at(session, village=village, month=month) for month in months]
    return any(at is not None and at > paper.recorded_at for at in closed)


def _named(
    session: Session, village: str, paper: WallCopy, red: Sequence[Listing], *, also: int
) -> Iterable[str]:
    """Yield who (id) may stand on a poster: the praised of its months, on a period's also the first places.

    Args:
        also: how many places more count, since who left a board made place for the next; >= 0.
    """
    period = boards.is_period(paper.subject_id)
    months = boards.parse_period(paper.subject_id).months if period else (paper.subject_id,)
    for one in red:
        if one.month in months and one.decided_on is not None and one.decided_on <= paper.hung_on:
            yield one.participant.id
    if period:
        board = boards.period_board(session, village=village, period=paper.subject_id)
        wanted = villages.settings(session, village=village).red_places + also
        yield from (
            one.participant for one in board.lines if one.place and one.place <= wanted and one.figure > 0
        )
