"""Which meetings a notice is about: its own, or the day books (柜台登记) that it gathers."""

from collections.abc import Sequence

from sqlmodel import Session, col, select

from pointsbank import ledger
from pointsbank.publicity.models import GatheredRow, NoticeRow


def gathered(session: Session, *, village: str, notice: str | None = None) -> dict[str, list[str]]:
    """Return by notice (id) the day books (ids) that it gathers; other notices are left out.

    Args:
        notice: of this one alone.

    Example:
        publicity.gathered(session, village="chayuan")  # {"a7…": ["k2…", "m4…"]}
    """
    return ledger.kept(
        session,
        village=village,
        about=("gathered", notice),
        make=lambda: _gathered(session, village, notice),
        size=len,
        but_sales=True,
    )


def _gathered(session: Session, village: str, notice: str | None) -> dict[str, list[str]]:
    """Return by notice the day books that it gathers, as they are read now."""
    query = select(GatheredRow).where(GatheredRow.in_village(village))
    if notice is not None:
        query = query.where(col(GatheredRow.notice_id) == notice)
    found: dict[str, list[str]] = {}
    for row in session.exec(query.order_by(col(GatheredRow.meeting_id))):
        found.setdefault(row.notice_id, []).append(row.meeting_id)
    return found


def meetings_of(session: Session, *, village: str, notice: str, meeting: str) -> Sequence[str]:
    """Return the meetings (ids) whose scores hang on a notice (id): its own `meeting`, or its day books.

    Example:
        publicity.meetings_of(session, village="chayuan", notice=found.id, meeting=found.meeting)  # ["a7…"]
    """
    return gathered(session, village=village, notice=notice).get(notice, [meeting])


def notice_row_of(session: Session, village: str, meeting: str, *, lock: bool = False) -> NoticeRow | None:
    """Return the notice on which the scores of a meeting or a day book (id) hang, if there is one yet."""
    book = select(GatheredRow.notice_id).where(
        GatheredRow.in_village(village), col(GatheredRow.meeting_id) == meeting
    )
    gathering = session.exec(book).first()
    its_own = col(NoticeRow.meeting_id) == meeting if gathering is None else col(NoticeRow.id) == gathering
    query = select(NoticeRow).where(NoticeRow.in_village(village), its_own)
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    return session.exec(query).first()
