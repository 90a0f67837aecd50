"""The household's statement of one month: each line with why, what was there after it, and where it hung."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from pointsbank import dates, ledger, publicity, scoring
from pointsbank.card_page.wording import reasons
from pointsbank.card_visits import CardVisit
from pointsbank.labels.transaction_kind import TRANSACTION_KIND
from pointsbank.ledger import StatementLine

_TOGETHER = 200


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its day, why, how much and what was there after it, in signed hundredths.

    `index` is its number in the village's log. `meeting` and `notice` say in words at which meeting a score
    was decided and until when it hung; both are empty for what is no score. `taken_back`: it was posted back.
    """

    index: int
    day: date
    kind: str
    why: str
    amount: int
    balance: int
    meeting: str
    notice: str
    taken_back: bool


@dataclass(frozen=True, slots=True)
class Statement:
    """A month's lines of one unit, the latest first, what stood before and after them, and all months."""

    month: str
    unit: str
    lines: tuple[Line, ...]
    before: int
    after: int
    months: tuple[str, ...]


def statement(session: Session, *, visit: CardVisit, month: str, unit: str, at: datetime) -> Statement:
    """Return what was entered in a month in the books of the visit's household, by the day of entry.

    Args:
        month: YYYY-MM; empty for the latest in which something was entered, else this one.
        unit: points or honour.

    Raises:
        MonthInvalid: the month is written otherwise.

    Example:
        statement.statement(session, visit=visit, month="2026-09", unit="points", at=now).lines[0].why
        # "参加环境清扫（清理河道）"
    """
    every = _every(session, visit, unit)
    months = tuple(dict.fromkeys(dates.month_of(dates.day_of(one.recorded_at)) for one in every))
    if month:
        dates.parse_month(month)
    else:
        month = months[0] if months else dates.month_of(dates.day_of(at))
    of_month = [one for one in every if dates.month_of(dates.day_of(one.recorded_at)) == month]
    earlier = [one for one in every if dates.month_of(dates.day_of(one.recorded_at)) < month]
    before = earlier[0].balance if earlier else 0
    return Statement(
        month=month,
        unit=unit,
        lines=tuple(_lines(session, of_month, visit)),
        before=before,
        after=of_month[0].balance if of_month else before,
        months=months,
    )


def line_of_entry(session: Session, *, visit: CardVisit, index: int) -> Line:
    """Return the line that an entry of the log is on the household's statement, of points if it moved any.

    Raises:
        LogEntryUnknown: it moved nothing of theirs.

    Example:
        statement.line_of_entry(session, visit=visit, index=17).why  # "参加环境清扫（清理河道）"
    """
    for unit in (ledger.POINTS, ledger.HONOUR):
        found = [one for one in _every(session, visit, unit) if one.index == index][:1]
        if found:
            return next(iter(_lines(session, found, visit)))
    raise ledger.problems.LogEntryUnknown()


def _every(session: Session, visit: CardVisit, unit: str) -> tuple[StatementLine, ...]:
    """Return all lines of a unit, newest first, kept while nothing is posted in the village."""
    return ledger.kept(
        session,
        village=visit.village,
        about=("own statement", visit.participant, unit),
        make=lambda: tuple(_read(session, visit, unit)),
        size=len,
        entries_alone=True,
    )


def _read(session: Session, visit: CardVisit, unit: str) -> Iterable[StatementLine]:
    """Yield all lines of a unit, newest first."""
    before: str | None = None
    while True:
        page = ledger.statement(
            session,
            village=visit.village,
            participant=visit.participant,
            unit=unit,
            before=before,
            limit=_TOGETHER,
        )
        yield from page.lines
        before = page.next
        if before is None:
            return


def _lines(session: Session, found: list[StatementLine], visit: CardVisit) -> Iterable[Line]:
    """Yield the lines of a month in words."""
    scores = scoring.scores_by_id(
        session,
        village=visit.village,
        ids=[one.source[1] for one in found if one.source and one.source[0] == "score"],
    )
    wanted = {one.meeting_id for one in scores.values()}
    hung = {
        one.meeting: one
        for one in (publicity.notices(session, village=visit.village) if wanted else [])
        if one.meeting in wanted
    }
    for one, why in zip(found, reasons(session, found, visit=visit), strict=True):
        score = scores.get(one.source[1]) if one.source and one.source[0] == "score" else None
        notice = hung.get(score.meeting_id) if score else None
        yield Line(
            index=one.index,
            day=one.occurred_on,
            kind=TRANSACTION_KIND.name(one.kind),
            why=why,
            amount=one.amount,
            balance=one.balance,
            meeting=notice.title if notice else "",
            notice=_hung(notice),
            taken_back=one.reversed_by is not None,
        )


def _hung(notice: publicity.Notice | None) -> str:
    """Return until when the notice of a line hung, in words."""
    if notice is None or notice.ends_on is None:
        return ""
    return f"公示到{dates.day_in_words(notice.ends_on)}"
