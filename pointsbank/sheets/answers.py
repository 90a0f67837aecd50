"""The answers to objections of a span (异议答复汇总): A4, what was decided and why, nobody's name."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import BinaryIO

from sqlmodel import Session

from pointsbank import boards, dates, governing, law, publicity, reports, villages
from pointsbank.labels.objection_status import OBJECTION_STATUS
from pointsbank.law import Cleared, People, Use
from pointsbank.objections import Objection
from pointsbank.printing import BOLD, GREY, Field, FontSet, Paper, PrintedTable, draw_tables
from pointsbank.schemas.options import OneOf, Options
from pointsbank.sheets.base import Sheet, SheetValue, place_name
from pointsbank.sheets.book import offered_spans
from pointsbank.staff import Permission

_SHEET = (210.0, 297.0)
_FIELD = Field(left=18.0, wide=174.0, top=20.0, bottom=278.0)
_FIRST = 40.0
_WIDES = (2, 3, 3, 3, 2, 10)


class Words(StrEnum):
    """Fixed wording of the sheet."""

    TITLE = "{village}异议答复汇总"
    TABLE = "异议和答复"
    ABOUT = "异议{count}件，已答复{answered}件。谁提的、对谁的，不写在这里。"
    NOTHING = "这段时间没有人提异议。"
    COLUMNS = "对什么 提出 答复期限 答复 结果 理由"
    SCORE = "评分"
    LISTING = "上榜"
    INSIDE = "（写到了姓名或不公开的事，不印在这里）"


class AnswersOptions(Options):
    """Of which span."""

    span = OneOf(
        offered_spans,
        blank="上次月结的月份",
        load_default="",
        label="期间",
        note="2026-09（月）、2026-Q3（季）、2026-H2（半年）或 2026（年）；默认上次月结的月份",
    )


@dataclass(frozen=True, slots=True)
class Answered:
    """One objection: about what, its days, what came of it, and why, where that names nobody."""

    about: str
    raised_on: str
    due_on: str
    answered_on: str
    outcome: str
    reason: Cleared


@dataclass(frozen=True, slots=True)
class Answers(SheetValue):
    """The objections of one span and their answers."""

    village: Cleared
    span: str
    code: str
    about: str
    answers: tuple[Answered, ...]

    @property
    def description(self) -> str:
        """Of which span they are."""
        return f"{self.span}异议答复汇总"

    @property
    def file_label(self) -> str:
        """The span's code."""
        return self.code.lower()


def gather(
    session: Session, *, village: str, by: str, at: datetime, public_url: str, span: str = ""
) -> Answers:
    """Return the objections raised in a span, of the last closed month where none is named.

    Raises:
        SpanInvalid: there is no such span.
        VillageUnknown: there is no such village.
    """
    wanted = reports.parse_span(span or reports.usual_span(session, village=village, at=at))
    people = governing.named_people(session, village=village)
    scores = [(Words.SCORE, one) for one in publicity.objections(session, village=village)]
    listings = [(Words.LISTING, one) for one in boards.listing_objections(session, village=village)]
    some = [one for one in (*scores, *listings) if one[1].raised_on in wanted]
    some.sort(key=lambda one: (one[1].raised_on, one[1].id))
    found = tuple(_answered(str(about), one, people) for about, one in some)
    return Answers(
        village=place_name(villages.get(session, village).name),
        span=wanted.words,
        code=wanted.code,
        about=about_in_words(found),
        answers=found,
    )


def about_in_words(found: Sequence[Answered]) -> str:
    """Return how many there were and how many were answered.

    Example:
        >>> about_in_words([])
        '这段时间没有人提异议。'
    """
    if not found:
        return str(Words.NOTHING)
    return Words.ABOUT.format(count=len(found), answered=sum(bool(one.answered_on) for one in found))


def _answered(about: str, one: Objection, people: People) -> Answered:
    inside = law.clear(Words.INSIDE, Use.FACT)
    return Answered(
        about=about,
        raised_on=_day(one.raised_on),
        due_on=_day(one.due_on),
        answered_on=_day(dates.day_of(one.decided_at)) if one.decided_at else "",
        outcome=OBJECTION_STATUS.name(one.status),
        reason=law.replace_unlawful(one.decision or "", Use.FACT, instead=inside, people=people),
    )


def _day(day: date) -> str:
    return day.isoformat()


def draw(value: Answers, case: FontSet, out: BinaryIO) -> int:
    """Write the pages and return how many there are."""
    title = Words.TITLE.format(village=value.village)
    paper = Paper(out, case, width=_SHEET[0], height=_SHEET[1], title=f"{title} {value.span}")
    page = 1

    def turn() -> None:
        nonlocal page
        paper.text(_SHEET[0] / 2, 289, f"— {page} —", size=10, ink=GREY, align=0.5)
        paper.turn()
        page += 1

    paper.text(_SHEET[0] / 2, 26, title, size=20, weight=BOLD, align=0.5, fit=_FIELD.wide)
    paper.text(_SHEET[0] / 2, 34, value.span, size=12, ink=GREY, align=0.5, fit=_FIELD.wide)
    rows = tuple(
        (one.about, one.raised_on, one.due_on, one.answered_on, one.outcome, str(one.reason))
        for one in value.answers
    )
    columns = tuple(Words.COLUMNS.split())
    table = PrintedTable(str(Words.TABLE), value.about, columns, _WIDES, (), rows)
    draw_tables(paper, [table], _FIELD, _FIRST, turn)
    turn()
    paper.finish()
    return page - 1


def example(households: int) -> Answers:
    """Return the answers to one objection for every fourth of so many households, at most fifty."""
    reason = law.clear("当天有签到，维持评分。", Use.FACT)
    found = tuple(
        Answered(str(Words.SCORE), "2026-09-02", "2026-09-09", "2026-09-05", "不成立", reason)
        for _ in range(min(households // 4, 50))
    )
    return Answers(
        village=place_name("茶源村"),
        span="2026年9月",
        code="2026-09",
        about=about_in_words(found),
        answers=found,
    )


SHEET = Sheet(
    name="answers",
    title="异议答复汇总",
    about="A4，一段时间里的异议和书面答复，不写谁提的、对谁的；上报、检查用。",
    permission=Permission.LEDGER_VIEW,
    options=AnswersOptions,
    words=Words,
    gather=gather,
    draw=draw,
    example=example,
)
