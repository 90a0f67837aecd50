"""The sheet to carry (核查单) of a draw: A4, each drawn entry with its boxes, and two inspectors to sign."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import BinaryIO

from sqlmodel import Session

from pointsbank import spot_checks, villages
from pointsbank.dates import day_in_words, month_in_words
from pointsbank.errors import Refused
from pointsbank.points import Points, show
from pointsbank.printing import BOLD, GREY, HAIR, INK, FontSet, Paper
from pointsbank.schemas.options import OneOf, Options
from pointsbank.sheets.base import CommonWords, Sheet, SheetValue, example_names
from pointsbank.spot_checks import DrawnEntry
from pointsbank.staff import Permission
from pointsbank.text import Replaceable

_WIDTH, _HEIGHT = 210.0, 297.0
_MARGIN, _TOP, _BOTTOM = 18.0, 20.0, 278.0
_WIDE = _WIDTH - 2 * _MARGIN
_HEAD, _ROW, _SIGN = 35.0, 21.0, 44.0
_BOX = 5.0
_BOXES = _WIDTH - _MARGIN - 62.0
"""Where the three boxes begin, in mm from the left."""


class Words(StrEnum):
    """Fixed wording of the sheet."""

    TITLE = "{village}{month}掷骰抽查核查单"
    HOW = "骰子{dice}，从{population}条里抽到{size}条。两户的两个人一起去看，自己家的请别人看。"
    ENTRY = "第{index}条"
    WHOSE = "{name}（户号{code}{group}）"
    GONE = "资料已删除"
    DEED = "{day}　{points}分　{title}"
    NOTE = "备注"
    REPLACED = "入账后更正过，照原来的核对"
    INSPECTOR = "去看的人签字"
    HOUSEHOLD = "户号"
    DAY = "日期"
    TRUE = "属实"
    NOT_TRUE = "不属实"
    NOT_FINDABLE = "查不到"
    KEPT = "全名，看完交回村里登记、存档，不张贴。"


class NothingDrawn(Refused):
    """No month has dice yet."""

    code = "nothing_drawn"
    sentence = "还没有掷过骰子的月份：先在“抽查”页定下抽几条，大会上掷骰以后再打印核查单。"
    fixed_by = "监督委员会"


@dataclass(frozen=True, slots=True)
class Line:
    """One drawn entry as it stands on the sheet."""

    number: str
    whose: Replaceable
    deed: str
    meeting: str


@dataclass(frozen=True, slots=True)
class SpotCheckSheet(SheetValue):
    """What two people carry: names in full, for their hands alone."""

    title: str
    how: str
    lines: tuple[Line, ...]
    month: str

    @property
    def description(self) -> str:
        """Which month's sheet it is."""
        return f"{month_in_words(self.month)}的核查单"

    @property
    def file_label(self) -> str:
        """The month."""
        return self.month

    @property
    def facts(self) -> dict[str, object]:
        """The month, and how many entries stand on it."""
        return {"month": self.month, "entries": len(self.lines)}


def _months(session: Session, village: str) -> list[tuple[str, str]]:
    thrown = [one for one in spot_checks.spot_checks(session, village=village) if one.throws]
    return [(one.month, month_in_words(one.month)) for one in thrown]


class SpotCheckOptions(Options):
    """Which month."""

    month = OneOf(
        _months,
        blank="最近掷过骰子的月份",
        load_default=None,
        label="月份",
        note="如 2026-09；默认最近掷过骰子的月份",
    )


def gather(
    session: Session, *, village: str, by: str, at: datetime, public_url: str, month: str | None = None
) -> SpotCheckSheet:
    """Return the sheet of a month's draw, the latest one with dice unless a month is named.

    Raises:
        SpotCheckUnknown: the month has no draw.
        NothingDrawn: there are no dice.
    """
    if month is None:
        months = _months(session, village)
        if not months:
            raise NothingDrawn()
        month = months[0][0]
    one = spot_checks.spot_check(session, village=village, month=month)
    if not one.throws:
        raise NothingDrawn()
    entries = spot_checks.drawn_entries(session, village=village, indices=one.drawn)
    name = villages.get(session, village).name
    return SpotCheckSheet(
        title=Words.TITLE.format(village=name, month=month_in_words(month)),
        how=Words.HOW.format(dice=one.dice, population=one.population, size=one.size),
        lines=tuple(_line(entry) for entry in entries),
        month=month,
    )


def _line(entry: DrawnEntry) -> Line:
    """Return an entry as it stands on the sheet."""
    group = f"，{entry.group}" if entry.group else ""
    whose = Words.WHOSE.format(name=entry.name, code=entry.code, group=group) if entry.code else Words.GONE
    sign = "+" if entry.points > 0 else ""
    meeting = "，".join(filter(None, (entry.meeting, Words.REPLACED if entry.replaced else "")))
    return Line(
        number=Words.ENTRY.format(index=entry.log_index),
        whose=Replaceable(whose, f"户号{entry.code}"),
        deed=Words.DEED.format(
            day=day_in_words(entry.occurred_on), points=f"{sign}{show(entry.points)}", title=entry.title
        ),
        meeting=meeting,
    )


def draw(value: SpotCheckSheet, case: FontSet, out: BinaryIO) -> int:
    """Write the sheet; the last page ends with two places to sign."""
    paper = Paper(out, case, width=_WIDTH, height=_HEIGHT, title=value.title)
    pages = _pages(len(value.lines))
    for page, (start, end) in enumerate(pages, start=1):
        y = _head(paper, value) if page == 1 else _TOP
        for place, line in enumerate(value.lines[start:end], start=start + 1):
            _draw_line(paper, line, place, y)
            y += _ROW
        if page == len(pages):
            _draw_signatures(paper)
        foot = CommonWords.PAGE.format(page=page, pages=len(pages))
        paper.text(_MARGIN, 287, Words.KEPT, size=9.5, ink=GREY, fit=120)
        paper.text(_WIDTH - _MARGIN, 287, foot, size=9.5, ink=GREY, align=1)
        paper.turn()
    paper.finish()
    return len(pages)


def _pages(lines: int) -> list[tuple[int, int]]:
    """Return which lines stand on which page; the last one keeps space for the signatures.

    Example:
        >>> _pages(7), _pages(20)
        ([(0, 7)], [(0, 10), (10, 20)])
        >>> _pages(10)
        [(0, 10), (10, 10)]
    """
    pages, start = list[tuple[int, int]](), 0
    while True:
        space = _BOTTOM - (_TOP + _HEAD if not pages else _TOP)
        end = min(lines, start + int(space // _ROW))
        pages.append((start, end))
        if end == lines and space - (end - start) * _ROW >= _SIGN:
            return pages
        start = end


def _head(paper: Paper, value: SpotCheckSheet) -> float:
    """Draw the title and how to go about it; return where the lines begin, in mm."""
    paper.text(_WIDTH / 2, _TOP + 8, value.title, size=20, weight=BOLD, align=0.5, fit=_WIDE)
    first, _, second = value.how.partition("。")
    paper.text(_MARGIN, _TOP + 19, f"{first}。", size=12, fit=_WIDE)
    paper.text(_MARGIN, _TOP + 26, second, size=12, fit=_WIDE)
    paper.line(_MARGIN, _TOP + 31, _WIDTH - _MARGIN, _TOP + 31, ink=INK, thickness=0.5)
    return _TOP + _HEAD - 4


def _draw_line(paper: Paper, line: Line, place: int, top: float) -> None:
    """Draw one entry with its three boxes and a line for a note."""
    paper.text(_MARGIN, top + 7, str(place), size=15, weight=BOLD)
    left = _MARGIN + 11
    paper.text(left, top + 6, line.whose, size=13, weight=BOLD, fit=_BOXES - left - 3)
    paper.text(left, top + 12, line.deed, size=11.5, fit=_BOXES - left - 3)
    under = "　".join(filter(None, (line.number, line.meeting)))
    paper.text(left, top + 17.5, under, size=9.5, ink=GREY, fit=_BOXES - left - 3)
    x = _BOXES
    for words, wide in ((Words.TRUE, 18.0), (Words.NOT_TRUE, 22.0), (Words.NOT_FINDABLE, 22.0)):
        _draw_box(paper, x, top + 2.2)
        paper.text(x + _BOX + 1.5, top + 6.3, words, size=12)
        x += wide
    wide = paper.text(_BOXES, top + 16, Words.NOTE, size=10, ink=GREY)
    paper.line(_BOXES + wide + 2, top + 17, _WIDTH - _MARGIN, top + 17, ink=HAIR, thickness=0.3)
    paper.line(_MARGIN, top + _ROW - 0.5, _WIDTH - _MARGIN, top + _ROW - 0.5, ink=HAIR, thickness=0.25)


def _draw_box(paper: Paper, x: float, y: float) -> None:
    """Draw an empty box to tick."""
    right, bottom = x + _BOX, y + _BOX
    edges: Sequence[tuple[float, float, float, float]] = (
        (x, y, right, y),
        (x, bottom, right, bottom),
        (x, y, x, bottom),
        (right, y, right, bottom),
    )
    paper.lines(edges, ink=INK, thickness=0.4)


def _draw_signatures(paper: Paper) -> None:
    """Draw two places to sign, each with household and day."""
    half = _WIDE / 2
    for place in range(2):
        left, top = _MARGIN + place * half, _BOTTOM - _SIGN + 12
        for label, below in ((Words.INSPECTOR, 0.0), (Words.HOUSEHOLD, 12.0), (Words.DAY, 24.0)):
            wide = paper.text(left, top + below, label, size=12, ink=GREY)
            paper.line(
                left + wide + 2, top + below + 1.2, left + half - 8, top + below + 1.2, ink=INK, thickness=0.3
            )


def example(households: int) -> SpotCheckSheet:
    """Return the sheet of twenty entries, or as many as there are households."""
    names = example_names(min(households, 20))
    return SpotCheckSheet(
        title=Words.TITLE.format(village="茶源村", month="2026年9月"),
        how=Words.HOW.format(dice="3164522614", population=max(households, 1), size=min(households, 20)),
        lines=tuple(
            Line(
                number=Words.ENTRY.format(index=800 + 7 * number),
                whose=Replaceable(
                    Words.WHOSE.format(name=name, code=f"{number:04}", group="，一组"), f"户号{number:04}"
                ),
                deed=Words.DEED.format(day="2026年9月6日", points=f"+{show(Points(500))}", title="门前整洁"),
                meeting="九月评议会",
            )
            for number, name in enumerate(names, start=1)
        ),
        month="2026-09",
    )


SHEET = Sheet(
    name="spot_check",
    title="抽查核查单",
    about="A4，大会掷骰抽到的条目，一条三个框，两个人去看、签字。",
    permission=Permission.LEDGER_VIEW,
    options=SpotCheckOptions,
    words=Words,
    gather=gather,
    draw=draw,
    example=example,
    caution="核查单上有全名，只给去看的两个人，看完交回，不要张贴。",
    seconds=0.5,
)
