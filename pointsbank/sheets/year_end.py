"""The sheet of a year's end to be signed (年终结转签字表): A4, what goes and what stays of everybody."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import BinaryIO

from sqlmodel import Session

from pointsbank import roster, villages, year_end
from pointsbank.dates import day_in_words, day_of
from pointsbank.points import Points, show
from pointsbank.printing import BOLD, GREY, HAIR, INK, REGULAR, FontSet, Paper, Passage, starts, wrapped
from pointsbank.roster import Participant
from pointsbank.schemas.options import OneOf, Options
from pointsbank.sheets.base import CommonWords, Sheet, SheetValue, example_names
from pointsbank.staff import Permission
from pointsbank.text import Replaceable
from pointsbank.year_end import Account

_WIDTH, _HEIGHT = 210.0, 297.0
_MARGIN, _TOP, _BOTTOM, _ROW, _SIGN = 12.0, 16.0, 280.0, 7.2, 32.0
_HEAD, _HEADINGS = 27.0, 8.0
_WIDE = _WIDTH - 2 * _MARGIN
_COLUMNS: Sequence[tuple[float, float]] = (
    (11.0, 0.0),
    (32.0, 0.0),
    (17.0, 0.0),
    (22.0, 0.0),
    (17.0, 1.0),
    (16.0, 1.0),
    (16.0, 1.0),
    (17.0, 1.0),
    (17.0, 1.0),
    (21.0, 0.0),
)
"""Width in mm, and 1 where figures stand on the right: place, name, 户号, group, five figures, signature."""


class Words(StrEnum):
    """Fixed wording of the sheet."""

    TITLE = "{village}{year}年年终结转签字表"
    PLANNED = "{day}打印，还没有入账：入账按确认那一刻的账。"
    POSTED = "{day}入账。"
    RULE = "办法：{rule}（{resolution}）"
    NO_RULE = "村里没有登记结转办法，积分全部留用。"
    COLUMNS = "序号 户主 户号 小组 原有积分 上一年的 减少 之后可用 荣誉变动 户主签字"
    SUM = "合计"
    OWES = "欠"
    FIRST = "申请人签字"
    SECOND = "确认人签字"
    SUPERVISOR = "监督委员会签字"
    DAY = "日期"
    KEPT = "全名，开会核对、签字用，存档，不张贴。"


@dataclass(frozen=True, slots=True)
class Line:
    """One household as it stands on the sheet: names in full, figures as they are printed."""

    name: Replaceable
    code: str
    group: str
    figures: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class YearEndSheet(SheetValue):
    """A year's end to be read and signed at a meeting."""

    title: str
    rule: str
    state: str
    lines: tuple[Line, ...]
    sums: tuple[str, ...]
    year: str

    @property
    def description(self) -> str:
        """Which year's sheet it is."""
        return f"{self.year}年年终结转签字表"

    @property
    def file_label(self) -> str:
        """The year."""
        return self.year

    @property
    def facts(self) -> dict[str, object]:
        """The year, and how many stand on it."""
        return {"year": self.year, "accounts": len(self.lines)}


def _years(session: Session, village: str) -> list[tuple[str, str]]:
    years = {one.year for one in year_end.runs(session, village=village)}
    coming = {one.from_date.year for one in year_end.rules(session, village=village)}
    return [(str(year), f"{year}年") for year in sorted(years | coming, reverse=True)]


class YearEndOptions(Options):
    """Which year."""

    year = OneOf(
        _years,
        blank="上一年",
        load_default=None,
        label="年份",
        note="如 2026；默认正在办的那一年，没有就是今年",
    )


def gather(
    session: Session, *, village: str, by: str, at: datetime, public_url: str, year: str | None = None
) -> YearEndSheet:
    """Return the sheet of a year: as it was posted, else as it would be now.

    Raises:
        YearInvalid: it is no year.
    """
    coming = year_end.coming(session, village=village, at=at)
    wanted = year_end.year_of(year) if year else (coming.year if coming else day_of(at).year)
    run = year_end.standing_run(session, village=village, year=wanted)
    lines: Sequence[Account]
    if run is not None:
        known = year_end.rules(session, village=village)
        rule = next((one for one in known if one.number == run.rule_number), None)
        lines = year_end.lines_of(session, village=village, number=run.number)
        state = Words.POSTED.format(day=day_in_words(day_of(run.posted_at)))
    else:
        found = year_end.plan(session, village=village, year=wanted, at=at)
        rule, lines = found.rule, found.lines
        state = Words.PLANNED.format(day=day_in_words(day_of(at)))
    people = roster.by_ids(session, village=village, ids={one.participant for one in lines})
    ordered: list[Account] = sorted(lines, key=lambda one: people[one.participant].sort_key)
    return YearEndSheet(
        title=Words.TITLE.format(village=villages.get(session, village).name, year=wanted),
        rule=Words.RULE.format(rule="；".join(rule.in_words), resolution=rule.resolution)
        if rule
        else str(Words.NO_RULE),
        state=state,
        lines=tuple(_line(one, people[one.participant]) for one in ordered),
        sums=_figures(*(Points(sum(each)) for each in zip(*map(_amounts, ordered), strict=True)))
        if ordered
        else _figures(*[Points(0)] * 5),
        year=str(wanted),
    )


def _amounts(one: Account) -> tuple[int, ...]:
    """Return the five figures of a line, in hundredths."""
    old = max(0, min(one.points, one.old))
    return one.points, old, one.gone, one.points_after, one.honour_given - one.honour_gone


def _figures(*amounts: int) -> tuple[str, ...]:
    """Return figures as they are printed."""
    *points, honour = (show(amount).replace("-", "−") for amount in amounts)
    return (*points, f"+{honour}" if amounts[-1] > 0 else honour)


def _line(one: Account, person: Participant) -> Line:
    """Return a household as it stands on the sheet."""
    name = Replaceable(person.name, f"户号{person.code}")
    return Line(name, person.code, person.group, _figures(*_amounts(one)))


def draw(value: YearEndSheet, case: FontSet, out: BinaryIO) -> int:
    """Write the pages; the last one ends with three places to sign."""
    paper = Paper(out, case, width=_WIDTH, height=_HEIGHT, title=value.title)
    rule = Passage(case, value.rule, width=_WIDE, size=10, leading=1.35)
    heights = [*(_height(case, line) for line in value.lines), _ROW]
    space = _BOTTOM - _TOP
    pages = starts(heights, first=space - _HEAD - rule.height, other=space - _HEADINGS, close=_SIGN)
    for page, (start, end) in enumerate(pages, start=1):
        y = _head(paper, value, rule) if page == 1 else _columns(paper, _TOP)
        for place in range(start, end):
            if place == len(value.lines):
                _row(paper, y, ("", Words.SUM, "", "", *value.sums, ""), _ROW, weight=BOLD)
            else:
                line = value.lines[place]
                cells = (str(place + 1), line.name, line.code, line.group, *line.figures, "")
                _row(paper, y, cells, heights[place])
            y += heights[place]
        if page == len(pages):
            _signatures(paper)
        foot = CommonWords.PAGE.format(page=page, pages=len(pages))
        paper.text(_MARGIN, 290, Words.KEPT, size=9, ink=GREY, fit=140)
        paper.text(_WIDTH - _MARGIN, 290, foot, size=9, ink=GREY, align=1)
        paper.turn()
    paper.finish()
    return len(pages)


def _head(paper: Paper, value: YearEndSheet, rule: Passage) -> float:
    """Draw title, rule and state; return where the rows begin, in mm."""
    paper.text(_WIDTH / 2, _TOP + 4, value.title, size=18, weight=BOLD, align=0.5, fit=_WIDE)
    below = rule.draw(paper, _MARGIN, _TOP + 12)
    paper.text(_MARGIN, below + 4, value.state, size=10, ink=GREY, fit=_WIDE)
    return _columns(paper, below + 7)


def _columns(paper: Paper, top: float) -> float:
    """Draw the columns' names; return where the rows begin, in mm."""
    _cells(paper, top + 3, Words.COLUMNS.split(), size=9, grey=True)
    paper.line(_MARGIN, top + 6, _WIDTH - _MARGIN, top + 6, ink=INK, thickness=0.3)
    return top + _HEADINGS


def _height(case: FontSet, line: Line) -> float:
    """Return how high a row is: a long name or group goes on below."""
    cells = ((line.name, _COLUMNS[1][0], BOLD), (line.group, _COLUMNS[3][0], REGULAR))
    long = [
        passage.height
        for words, wide, weight in cells
        if (passage := wrapped(case, words, width=wide - 3, size=10, weight=weight))
    ]
    return max([_ROW, *(high + 2.4 for high in long)])


def _row(paper: Paper, top: float, cells: Sequence[str], height: float, weight: int = REGULAR) -> None:
    """Draw one row with the line below it."""
    _cells(paper, top + 3.9 + (height - _ROW) / 2, cells, size=10, weight=weight)
    bottom = top + height - 1.2
    paper.line(_MARGIN, bottom, _WIDTH - _MARGIN, bottom, ink=HAIR, thickness=0.15)


def _cells(
    paper: Paper, y: float, cells: Sequence[str], *, size: float, weight: int = REGULAR, grey: bool = False
) -> None:
    """Draw the cells of a row, figures on the right."""
    x = _MARGIN
    for place, (text, (wide, align)) in enumerate(zip(cells, _COLUMNS, strict=True)):
        heavy = BOLD if place == 1 and not grey else weight
        left = x + wide - 2 if align else x + 1
        paper.text(
            left, y, text, size=size, weight=heavy, ink=GREY if grey else INK, align=align, fit=wide - 3
        )
        x += wide


def _signatures(paper: Paper) -> None:
    """Draw three places to sign, each with its day."""
    third = _WIDE / 3
    for place, label in enumerate((Words.FIRST, Words.SECOND, Words.SUPERVISOR)):
        left, top = _MARGIN + place * third, _BOTTOM - _SIGN + 16
        for words, below in ((label, 0.0), (Words.DAY, 11.0)):
            wide = paper.text(left, top + below, words, size=11, ink=GREY)
            right = left + third - 6
            paper.line(left + wide + 2, top + below + 1.2, right, top + below + 1.2, ink=INK, thickness=0.3)


def example(households: int) -> YearEndSheet:
    """Return the sheet of so many households, each with 120 points of the old year."""
    lines = tuple(
        Line(
            Replaceable(str(name), f"户号{place:04}"),
            f"{place:04}",
            "第1村民小组",
            _figures(Points(12500), Points(12000), Points(12000), Points(500), Points(0)),
        )
        for place, name in enumerate(example_names(households), start=1)
    )
    rule = "上一年没用完的可用积分次年1月10日清零；荣誉积分永久保留"
    return YearEndSheet(
        title=Words.TITLE.format(village="茶源村", year=2026),
        rule=Words.RULE.format(rule=rule, resolution="2026年村民代表会议第3号决议"),
        state=Words.PLANNED.format(day="2027年1月9日"),
        lines=lines,
        sums=_figures(*(Points(each * households) for each in (12500, 12000, 12000, 500, 0))),
        year="2026",
    )


SHEET = Sheet(
    name="year_end",
    title="年终结转签字表",
    about="A4，逐户原有、减少、之后的积分，开会核对、签字用。",
    permission=Permission.BOARD_VIEW,
    options=YearEndOptions,
    words=Words,
    gather=gather,
    draw=draw,
    example=example,
    caution="签字表上有全名，开会核对、签字用，存档，不要张贴。",
)
