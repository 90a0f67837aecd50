"""The pay sheet (签领表) of hired keepers: A4 across; checks, score, grade and step, to be signed.

What is paid is stated as the band says it, in words; the program pays nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import BinaryIO

from sqlmodel import Session

from pointsbank import boards, grades, keepers, roster, villages
from pointsbank.dates import month_of
from pointsbank.errors import Refused
from pointsbank.grades import PeriodGrades
from pointsbank.keepers import RUNNING, Check
from pointsbank.points import Points, show
from pointsbank.printing import BOLD, GREY, HAIR, INK, FontSet, Paper
from pointsbank.schemas.options import OneOf, Options
from pointsbank.scoring import period_in_words
from pointsbank.sheets.base import CommonWords, Sheet, SheetValue, example_names
from pointsbank.staff import Permission
from pointsbank.text import Replaceable

_WIDTH, _HEIGHT = 297.0, 210.0
_MARGIN, _TOP = 15.0, 18.0
_RIGHT = _WIDTH - _MARGIN
_ROW = 13.0
_ROWS = 9
_COLUMNS = (15.0, 27.0, 79.0, 137.0, 152.0, 171.0, 195.0, 245.0, _RIGHT)
"""Where the columns begin, in mm, and where the last one ends."""


class Words(StrEnum):
    """Fixed wording of the sheet."""

    TITLE = "{village}管护员{period}评分签领表"
    HOW = "{table}：{resolution}。得分是这一期各次检查的平均分，发多少照决议，由村里核定、发放。"
    NUMBER = "序号"
    KEEPER = "管护员"
    MONTHS = "各月检查（次数，平均分）"
    CHECKS = "次数"
    SCORE = "得分"
    GRADE = "等级"
    STEP = "按决议"
    SIGNED = "本人签字"
    MONTH = "{month}月{count}次{mean}"
    NONE = "没有检查"
    WARNED = "连续{count}次不合格，怎么办由会议定"
    OPEN = "这一期还没有月结，分数还会变，不能照此发放。"
    MADE = "制表"
    AGREED = "审核"
    PAID = "发放"
    SUM = "实发合计（大写）"
    NO_STEP = "—"


class NoPaySheet(Refused):
    """No table grades keepers by their checks yet."""

    code = "no_keeper_pay_sheet"
    sentence = "还没有给管护员评等级的表：先在“等级”页登记一张，给“管护员”评，按“检查平均分”。"
    fixed_by = "村委"


@dataclass(frozen=True, slots=True)
class Line:
    """One keeper's line."""

    number: str
    keeper: Replaceable
    code: str
    months: str
    checks: str
    score: str
    grade: str
    step: str
    warned: str


@dataclass(frozen=True, slots=True)
class PaySheet(SheetValue):
    """What keepers sign; names in full, for the village's folder."""

    title: str
    how: str
    open: str
    lines: tuple[Line, ...]
    period: str

    @property
    def description(self) -> str:
        """Which period's sheet it is."""
        return f"{period_in_words(self.period)}的管护员签领表"

    @property
    def file_label(self) -> str:
        """The period."""
        return self.period.lower()

    @property
    def facts(self) -> dict[str, object]:
        """The period, and how many keepers stand on it."""
        return {"period": self.period, "keepers": len(self.lines)}


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
        TableUnknown, GradePeriodInvalid: there is no such table or period.
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
    graded = [one for one in found.lines if one.absence not in ("closed",)]
    graded.sort(key=lambda one: people[one.participant_id].sort_key)
    return tuple(
        _line(
            place,
            people[one.participant_id],
            of_keeper.get(one.participant_id, []),
            (one.value, found.band(one)),
            len(failing.get(one.participant_id, [])),
        )
        for place, one in enumerate(graded, start=1)
    )


def _line(
    place: int,
    who: roster.Participant,
    checks: Sequence[Check],
    graded: tuple[int | None, grades.Band | None],
    failed: int,
) -> Line:
    """Return one keeper's line."""
    value, band = graded
    return Line(
        number=str(place),
        keeper=Replaceable(who.name, f"户号{who.code}"),
        code=who.code,
        months=_months(checks),
        checks=str(len(checks)),
        score=Words.NO_STEP if value is None else show(Points(value)),
        grade=band.name if band else Words.NO_STEP,
        step=(band.measure if band else "") or Words.NO_STEP,
        warned=Words.WARNED.format(count=failed) if failed >= RUNNING else "",
    )


def _months(checks: Sequence[Check]) -> str:
    """Return how often each month was checked, and how well: 7月2次85."""
    months: dict[str, list[int]] = {}
    for check in sorted(checks, key=lambda one: one.checked_on):
        months.setdefault(month_of(check.checked_on), []).append(check.score)
    said = [
        Words.MONTH.format(month=int(month[5:]), count=len(scores), mean=show(keepers.mean_of(scores)))
        for month, scores in months.items()
    ]
    return "　".join(said) or Words.NONE


def draw(value: PaySheet, case: FontSet, out: BinaryIO) -> int:
    """Write the sheet; each page has its head, the last one who made, agreed and paid."""
    paper = Paper(out, case, width=_WIDTH, height=_HEIGHT, title=value.title)
    starts = range(0, max(1, len(value.lines)), _ROWS)
    for page, start in enumerate(starts, start=1):
        _draw_head(paper, value)
        y = _TOP + 30
        for line in value.lines[start : start + _ROWS]:
            _draw_line(paper, line, y)
            y += _ROW
        _draw_rules(paper, _TOP + 22, y)
        if page == len(starts):
            _draw_foot(paper)
        foot = CommonWords.PAGE.format(page=page, pages=len(starts))
        paper.text(_RIGHT, 203, foot, size=9.5, ink=GREY, align=1)
        paper.turn()
    paper.finish()
    return len(starts)


def _draw_head(paper: Paper, value: PaySheet) -> None:
    paper.text(_WIDTH / 2, _TOP + 5, value.title, size=20, weight=BOLD, align=0.5, fit=_RIGHT - _MARGIN)
    paper.text(_MARGIN, _TOP + 13, value.how, size=10.5, ink=GREY, fit=_RIGHT - _MARGIN)
    if value.open:
        paper.text(_MARGIN, _TOP + 19, value.open, size=11.5, weight=BOLD, fit=_RIGHT - _MARGIN)
    heads = (
        *(Words.NUMBER, Words.KEEPER, Words.MONTHS, Words.CHECKS),
        *(Words.SCORE, Words.GRADE, Words.STEP, Words.SIGNED),
    )
    for left, right, words in zip(_COLUMNS, _COLUMNS[1:], heads, strict=False):
        paper.text(left + 1.5, _TOP + 27.5, words, size=10.5, ink=GREY, fit=right - left - 2)


def _draw_line(paper: Paper, line: Line, top: float) -> None:
    """Draw one keeper: name over code, the months over what is said of failed checks."""
    middle = top + 8.2
    cells = (
        *((line.number, 12, False), (line.keeper, 12.5, True), (line.months, 11, False)),
        *((line.checks, 12, False), (line.score, 14, True), (line.grade, 12.5, True), (line.step, 12, False)),
    )
    lifted = {1: 2.4, 2: 2.4 if line.warned else 0.0}
    for place, ((words, size, bold), left, right) in enumerate(
        zip(cells, _COLUMNS, _COLUMNS[1:], strict=False)
    ):
        weight = {"weight": BOLD} if bold else {}
        paper.text(
            left + 1.5, middle - lifted.get(place, 0.0), words, size=size, fit=right - left - 3, **weight
        )
    paper.text(_COLUMNS[1] + 1.5, top + 11, line.code, size=9.5, ink=GREY, fit=48)
    if line.warned:
        paper.text(_COLUMNS[2] + 1.5, top + 11, line.warned, size=9.5, fit=_COLUMNS[3] - _COLUMNS[2] - 3)


def _draw_rules(paper: Paper, top: float, bottom: float) -> None:
    """Draw the frame of the table, a line under each row, one between columns."""
    rows = [top, top + 8]
    while rows[-1] + _ROW <= bottom + 0.01:
        rows.append(rows[-1] + _ROW)
    paper.lines([(_MARGIN, y, _RIGHT, y) for y in rows], ink=HAIR, thickness=0.25)
    paper.lines([(x, top, x, bottom) for x in _COLUMNS], ink=HAIR, thickness=0.25)
    edges = [(_MARGIN, top, _RIGHT, top), (_MARGIN, bottom, _RIGHT, bottom)]
    edges += [(_MARGIN, top, _MARGIN, bottom), (_RIGHT, top, _RIGHT, bottom)]
    paper.lines(edges, ink=INK, thickness=0.5)


def _draw_foot(paper: Paper) -> None:
    """Draw the sum to be written, and who made, agreed and paid."""
    wide = paper.text(_MARGIN, 180, Words.SUM, size=12, ink=GREY)
    paper.line(_MARGIN + wide + 2, 181, _MARGIN + 150, 181, ink=INK, thickness=0.3)
    third = (_RIGHT - _MARGIN) / 3
    for place, words in enumerate((Words.MADE, Words.AGREED, Words.PAID)):
        left = _MARGIN + place * third
        wide = paper.text(left, 194, words, size=12, ink=GREY)
        paper.line(left + wide + 2, 195, left + third - 8, 195, ink=INK, thickness=0.3)


def example(households: int) -> PaySheet:
    """Return the sheet of twelve keepers, or as many as there are households."""
    names = example_names(min(households, 12))
    return PaySheet(
        title=Words.TITLE.format(village="茶源村", period="2026年第3季度"),
        how=Words.HOW.format(table="管护员三档", resolution="2026年6月村民代表会议"),
        open="",
        lines=tuple(
            Line(
                number=str(number),
                keeper=Replaceable(name, f"户号G{number:02}"),
                code=f"G{number:02}",
                months="7月2次85　8月2次90.5　9月3次77.25",
                checks="7",
                score="83.75",
                grade="B级",
                step="每月1200元",
                warned=Words.WARNED.format(count=3) if number == 2 else "",
            )
            for number, name in enumerate(names, start=1)
        ),
        period="2026-Q3",
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
