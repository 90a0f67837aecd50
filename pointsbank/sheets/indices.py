"""The sheet of indices that a township asks for (村级指数报表): A4, by month, signed and sealed."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import BinaryIO

from sqlmodel import Session

from pointsbank import dates, reports, villages
from pointsbank import indices as rules_of
from pointsbank.labels.index_measure import INDEX_MEASURE
from pointsbank.labels.village_index import VILLAGE_INDEX
from pointsbank.law import Cleared
from pointsbank.points import show
from pointsbank.printing import BOLD, GREY, Field, FontSet, Paper, PrintedTable, draw_tables
from pointsbank.schemas.options import OneOf, Options
from pointsbank.sheets.base import CommonWords, Sheet, SheetValue, draw_signatures, place_name
from pointsbank.sheets.book import offered_spans
from pointsbank.staff import Permission

_SHEET = (210.0, 297.0)
_FIELD = Field(left=18.0, wide=174.0, top=20.0, bottom=278.0)
_NOTHING = "–"
_FIRST, _CLOSE = 42.0, 62.0
_WIDES, _NUMBERS = (3, 2, 3, 3, 3, 3), (1, 2, 3, 4)


class Words(StrEnum):
    """Fixed wording of the sheet."""

    TITLE = "{village}村级指数报表"
    COLUMNS = "月份 得数 应看（户、处） 有问题的 问题（处） 状态"
    ABOUT = "{measure}；计入{counted}。"
    FROZEN = "已定"
    OPEN = "本月未完"
    SIGN = "签字"
    MADE = "制表：{day}"
    NOTHING = "村里没有定指数办法。"


class IndicesOptions(Options):
    """Of which span."""

    span = OneOf(
        offered_spans,
        blank="今年",
        load_default="",
        label="期间",
        note="2026-09（月）、2026-Q3（季）、2026-H2（半年）或 2026（年）；默认今年",
    )


@dataclass(frozen=True, slots=True)
class IndicesSheet(SheetValue):
    """The indices of a span, a table each."""

    village: Cleared
    span: str
    code: str
    tables: tuple[PrintedTable, ...]
    offices: tuple[str, ...]
    made_on: str

    @property
    def description(self) -> str:
        """Of which span they are."""
        return f"{self.span}村级指数报表"

    @property
    def file_label(self) -> str:
        """The span's code."""
        return self.code.lower()


def gather(
    session: Session, *, village: str, by: str, at: datetime, public_url: str, span: str = ""
) -> IndicesSheet:
    """Return the indices of a span, of this year where none is named.

    Raises:
        SpanInvalid: there is no such span.
        VillageUnknown: there is no such village.
    """
    today = dates.day_of(at)
    wanted = reports.parse_span(span or str(today.year))
    months = [month for month in wanted.months if month <= dates.month_of(today)]
    found = rules_of.figures(session, village=village, months=months)
    adopted = rules_of.adoptions(session, village=village)
    return IndicesSheet(
        village=place_name(villages.get(session, village).name),
        span=wanted.words,
        code=wanted.code,
        tables=tuple(
            _table(rule, [one for one in found if one.kind == rule.kind])
            for rule in (adopted[0].rules if adopted else ())
        ),
        offices=reports.OFFICES,
        made_on=dates.day_in_words(today),
    )


def _table(rule: rules_of.Rule, found: list[rules_of.Figure]) -> PrintedTable:
    """Return one index month by month; its rule stands above, as it is now."""
    rows = tuple(
        (
            dates.month_in_words(one.month),
            _NOTHING if one.value is None else show(one.value),
            str(one.subjects),
            str(one.affected),
            str(one.faults),
            str(Words.FROZEN if one.is_frozen else Words.OPEN),
        )
        for one in found
    )
    about = Words.ABOUT.format(measure=INDEX_MEASURE.name(rule.measure), counted="、".join(rule.counted))
    columns = tuple(Words.COLUMNS.split())
    return PrintedTable(VILLAGE_INDEX.name(rule.kind), about, columns, _WIDES, _NUMBERS, rows)


def draw(value: IndicesSheet, case: FontSet, out: BinaryIO) -> int:
    """Write the pages and return how many there are."""
    title = Words.TITLE.format(village=value.village)
    paper = Paper(out, case, width=_SHEET[0], height=_SHEET[1], title=f"{title} {value.span}")
    page = 1

    def turn() -> None:
        nonlocal page
        paper.text(_SHEET[0] / 2, 289, f"— {page} —", size=10, ink=GREY, align=0.5)
        paper.turn()
        page += 1

    paper.text(_SHEET[0] / 2, 26, title, size=22, weight=BOLD, align=0.5, fit=_FIELD.wide)
    paper.text(_SHEET[0] / 2, 34, value.span, size=12.5, ink=GREY, align=0.5, fit=_FIELD.wide)
    if not value.tables:
        paper.text(_FIELD.left, _FIRST + 6, Words.NOTHING, size=12)
    y = draw_tables(paper, value.tables, _FIELD, _FIRST if value.tables else _FIRST + 14, turn, close=_CLOSE)
    if y + _CLOSE > _FIELD.bottom:
        turn()
        y = _FIELD.top
    _sign(paper, value, y)
    turn()
    paper.finish()
    return page - 1


def _sign(paper: Paper, value: IndicesSheet, top: float) -> None:
    """Draw a blank line for each office, the day, and the seal's place."""
    draw_signatures(
        paper,
        _FIELD,
        top,
        heading=Words.SIGN,
        offices=value.offices,
        issuer=CommonWords.COMMITTEE.format(village=value.village),
        made=Words.MADE.format(day=value.made_on),
    )


def example(households: int) -> IndicesSheet:
    """Return a year's three indices of a village of so many households."""
    rows = tuple(
        (f"2026年{month}月", "93.03", str(households), "8", "11", str(Words.FROZEN)) for month in range(1, 10)
    )
    columns = tuple(Words.COLUMNS.split())
    about = Words.ABOUT.format(measure=INDEX_MEASURE.name("clear_share"), counted="环境卫生")
    return IndicesSheet(
        village=place_name("茶源村"),
        span="2026年全年",
        code="2026",
        tables=tuple(
            PrintedTable(name, about, columns, _WIDES, _NUMBERS, rows)
            for name in VILLAGE_INDEX.names.values()
        ),
        offices=reports.OFFICES,
        made_on="2026年10月8日",
    )


SHEET = Sheet(
    name="indices",
    title="村级指数报表",
    about="A4，环境、公共场所、人际指数逐月的得数和怎么算的，末尾签字盖章；上报用。",
    permission=Permission.SCHEME_VIEW,
    options=IndicesOptions,
    words=Words,
    gather=gather,
    draw=draw,
    example=example,
)
