"""The household's statement of one month: each line with why, what was there after it, and where it hung."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from pointsbank import boards, dates, grades, ledger, publicity, scoring
from pointsbank.card_page.wording import reasons
from pointsbank.card_visits import CardVisit
from pointsbank.labels.transaction_kind import TRANSACTION_KIND
from pointsbank.ledger import Moved, StatementLine


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
    """A month's lines of one unit, the latest first, and what stood before and after them.

    `months`: those that have lines, down to the one before this. `grades`: those that are settled, in words.
    """

    month: str
    unit: str
    lines: tuple[Line, ...]
    before: int
    after: int
    months: tuple[str, ...]
    grades: tuple[str, ...] = ()


def statement(session: Session, *, visit: CardVisit, month: str, unit: str, at: datetime) -> Statement:
    """Return what was entered in a month in the books of the visit's household, by the day of entry.

    Args:
        month: YYYY-MM; empty for the latest in which something was entered, else this one.
        unit: points or honour.

    Raises:
        MonthInvalid: the month is written otherwise.
        TableUnknown, GradePeriodInvalid, PeriodNotGraded: never of the village's own tables of grades.

    Example:
        statement.statement(session, visit=visit, month="2026-09", unit="points", at=now).lines[0].why
        # "参加环境清扫（清理河道）"
    """
    if month:
        dates.parse_month(month)
    here = {**_whose(visit), "unit": unit}
    newest = ledger.statement(session, **here, limit=1).lines
    month = month or dates.month_of(dates.day_of(newest[0].recorded_at if newest else at))
    begun = dates.start_of_day(dates.first_day(month))
    moved = [(one.log_index, _month(one)) for one in ledger.moved_since(session, begun, **here)]
    own = [index for index, one in moved if one == month]
    of_month = ledger.statement(session, **here, before=_from(own[0]), limit=len(own)).lines if own else []
    # Of what is older one line is enough: it says which month comes before, and what was left then.
    earlier = ledger.statement(session, **here, before=f"{moved[-1][0]}.0" if moved else None, limit=1).lines
    before = earlier[0].balance if earlier else 0
    left = boards.who_left(session, village=visit.village)
    graded = grades.settled_grades(session, **_whose(visit), left=left, at=at)
    return Statement(
        month=month,
        unit=unit,
        lines=tuple(_lines(session, of_month, visit)),
        before=before,
        after=of_month[0].balance if of_month else before,
        months=tuple(dict.fromkeys([*(one for _, one in moved), *map(_month, earlier)])),
        grades=tuple(one.in_words for one in graded),
    )


def line_of_entry(session: Session, *, visit: CardVisit, index: int) -> Line:
    """Return the line that an entry of the log is on the household's statement, of points if it moved any.

    Raises:
        LogEntryUnknown: it moved nothing of theirs.

    Example:
        statement.line_of_entry(session, visit=visit, index=17).why  # "参加环境清扫（清理河道）"
    """
    for unit in (ledger.POINTS, ledger.HONOUR):
        found = ledger.statement(session, **_whose(visit), unit=unit, before=_from(index), limit=1).lines
        if found and found[0].index == index:
            return next(iter(_lines(session, found, visit)))
    raise ledger.problems.LogEntryUnknown()


def _whose(visit: CardVisit) -> dict[str, str]:
    return {"village": visit.village, "participant": visit.participant}


def _from(index: int) -> str:
    """Return the place from which a statement begins with an entry."""
    return f"{index + 1}.0"


def _month(one: StatementLine | Moved) -> str:
    """Return the month in which something was entered."""
    return dates.month_of(dates.day_of(one.recorded_at))


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
    return f"，到{dates.day_in_words(notice.ends_on)}"
