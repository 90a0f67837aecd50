"""The pay sheet (签领表) of hired keepers: A4 across; checks, score, grade and step, to be signed.

What is paid is stated as the band says it, in words; the program pays nothing.
"""

from collections.abc import Sequence
from datetime import date, datetime

from sqlmodel import Session

from pointsbank import boards, grades, keepers, roster, villages
from pointsbank.dates import month_of
from pointsbank.errors import Refused
from pointsbank.grades import PeriodGrades
from pointsbank.keepers import RUNNING, Check
from pointsbank.labels.shown_absence import SHOWN_ABSENCE, shown_absence
from pointsbank.points import Points, show
from pointsbank.schemas.options import OneOf, Options
from pointsbank.scoring import period_in_words
from pointsbank.sheets.base import Sheet, example_names
from pointsbank.sheets.keeper_pay.drawing import draw
from pointsbank.sheets.keeper_pay.values import NOTHING, Line, PaySheet, Words
from pointsbank.staff import Permission
from pointsbank.text import Replaceable

_MONTHS = 4
"""So many months stand on a line of the sheet; of more their sum does."""
LEFT = ("closed", "away", "left")
"""Why a keeper who was checked has no grade."""


class NoPaySheet(Refused):
    """No table grades keepers by their checks yet."""

    code = "no_keeper_pay_sheet"
    sentence = "还没有给管护员评等级的表：先在“等级”页登记一张，给管护员评，按检查平均分。"
    fixed_by = "村委"


def _periods(session: Session, village: str) -> list[tuple[str, str]]:
    found = grades.frozen_periods(session, village=village)
    return [
        (f"{table.number}.{period.code}", f"{table.name} {period.in_words}")
        for table, period in found
        if table.measured_on == "patrol"
    ]


class PayOptions(Options):
    """Which period."""

    period = OneOf(
        _periods,
        blank="最近一期",
        load_default=None,
        label="哪一期",
        note="表的编号和期，如 1.2026-Q3；默认最近一期",
    )


def gather(
    session: Session, *, village: str, by: str, at: datetime, public_url: str, period: str | None = None
) -> PaySheet:
    """Return the sheet of a period, the latest frozen one unless one is named.

    Raises:
        NoPaySheet: no table grades keepers by their checks.
        TableUnknown, GradePeriodInvalid, PeriodNotGraded: no such table, or none of its periods.
    """
    known = [
        (table, one)
        for table, one in grades.periods(session, village=village, at=at)
        if table.measured_on == "patrol"
    ]
    if not known:
        raise NoPaySheet()
    left = boards.who_left(session, village=village)

    def graded(table: int, code: str) -> PeriodGrades:
        return grades.grades_of(session, village=village, table=table, period=code, left=left, at=at)

    if period is None:
        every = (graded(table.number, one.code) for table, one in known)
        latest = graded(known[0][0].number, known[0][1].code)
        found = next((one for one in every if one.frozen), latest)
    else:
        number, _, code = period.partition(".")
        found = graded(grades.table_number(number), code)
    return PaySheet(
        title=Words.TITLE.format(
            village=villages.get(session, village).name, period=period_in_words(found.period)
        ),
        how=Words.HOW.format(table=found.table.name, resolution=found.table.resolution),
        open="" if found.frozen else Words.OPEN,
        lines=_lines(session, village, found),
        period=found.period,
    )


def _lines(session: Session, village: str, found: PeriodGrades) -> tuple[Line, ...]:
    """Return the lines of keepers in the order of their codes."""
    people = roster.by_ids(session, village=village, ids={one.participant_id for one in found.lines})
    failing = keepers.failing(session, village=village)
    first, last = grades.span_of(found.table.period, found.period)
    of_keeper: dict[str, list[Check]] = {}
    for check in keepers.checks(session, village=village, first=first, last=last):
        if check.struck_at is None:
            of_keeper.setdefault(check.participant_id, []).append(check)
    # Who left in the middle of the period was checked, too: what is owed is for people to say.
    graded = [one for one in found.lines if one.absence != "closed" or one.value is not None]
    graded.sort(key=lambda one: people[one.participant_id].sort_key)
    return tuple(
        _line(
            place,
            people[one.participant_id],
            of_keeper.get(one.participant_id, []),
            (one, found.band(one)),
            _failed_in(failing.get(one.participant_id, []), first, last),
        )
        for place, one in enumerate(graded, start=1)
    )


def _line(
    place: int,
    who: roster.Participant,
    checks: Sequence[Check],
    graded: tuple[grades.Grade, grades.Band | None],
    failed: int,
) -> Line:
    """Return one keeper's line."""
    (value, absence), band = (graded[0].value, graded[0].absence), graded[1]
    months, later = _months(checks)
    has_left = value is not None and absence in LEFT
    return Line(
        number=str(place),
        keeper=Replaceable(who.name, f"户号{who.code}"),
        code=f"{who.code}（{SHOWN_ABSENCE.name(shown_absence(who.kind, absence))}）"
        if has_left
        else who.code,
        months=months,
        later=later,
        checks=str(len(checks)),
        score=NOTHING if value is None else show(Points(value)),
        grade=band.name if band else NOTHING,
        step=str(Words.ABSENT) if has_left else (band.measure if band else "") or NOTHING,
        warned=Words.WARNED.format(count=failed) if failed >= RUNNING else "",
    )


def _failed_in(running: Sequence[Check], first: date, last: date) -> int:
    """Return how many failed running, where the last of them is of the period."""
    return len(running) if running and first <= running[-1].checked_on <= last else 0


def _months(checks: Sequence[Check]) -> tuple[str, str]:
    """Return how often each month was checked, and how well, on two lines: 7月2次85."""
    months: dict[str, list[int]] = {}
    for check in sorted(checks, key=lambda one: one.checked_on):
        months.setdefault(month_of(check.checked_on), []).append(check.score)
    by_month = [
        Words.MONTH.format(month=int(month[5:]), count=len(scores), mean=show(keepers.mean_of(scores)))
        for month, scores in months.items()
    ]
    if len(by_month) > _MONTHS:
        return Words.MANY.format(months=len(by_month), count=len(checks)), ""
    return "　".join(by_month[:2]) or Words.NONE, "　".join(by_month[2:])


def example(households: int) -> PaySheet:
    """Return the sheet of twelve keepers, or as many as there are households."""
    names = example_names(min(households, 12))
    return PaySheet(
        title=Words.TITLE.format(village="茶源村", period="2026年9月"),
        how=Words.HOW.format(table="管护员三档", resolution="2026年6月村民代表会议"),
        open="",
        lines=tuple(
            Line(
                number=str(number),
                keeper=Replaceable(name, f"户号G{number:02}"),
                code=f"G{number:02}",
                months="7月2次85　8月2次90.5",
                later="9月3次77.25",
                checks="7",
                score="83.75",
                grade="B级",
                step="每月1200元",
                warned=Words.WARNED.format(count=3) if number == 2 else "",
            )
            for number, name in enumerate(names, start=1)
        ),
        period="2026-09",
    )


SHEET = Sheet(
    name="keeper_pay",
    title="管护员签领表",
    about="A4 横排，一期的检查次数、得分、等级和按决议发多少，本人签字。",
    permission=Permission.BOARD_VIEW,
    options=PayOptions,
    words=Words,
    gather=gather,
    draw=draw,
    example=example,
    caution="签领表上有全名和分数，签完存档，不要张贴。",
    seconds=0.4,
)
