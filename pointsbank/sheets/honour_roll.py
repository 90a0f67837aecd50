"""The honour roll (荣誉册) of a year: A4 in red and gold, who has which title, named as they agreed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import BinaryIO

from sqlmodel import Session

from pointsbank import law, titles, villages
from pointsbank.dates import day_of
from pointsbank.errors import Invalid, Refused
from pointsbank.law import Cleared, Use
from pointsbank.printing import BOLD, BRIGHT, CREAM, FontSet, Paper, draw_ground, starts
from pointsbank.schemas.options import OneOf, Options
from pointsbank.sheets.base import CommonWords, Sheet, SheetValue, draw_seal, example_names, place_name
from pointsbank.sheets.title_notice import (
    NoticeKind,
    NoticeLine,
    draw_foot,
    draw_rows,
    line_of,
    row_height,
    rows_of,
)
from pointsbank.staff import Permission
from pointsbank.titles import Title

_WIDTH, _HEIGHT = 210.0, 297.0
_MARGIN = 22.0
_BAND, _SLIM, _FOOT, _PAGE = 60.0, 22.0, 276.0, 282.5
_INSIDE = 6.0
_CLOSE = 48.0
_SCALES = (1.6, 1.45, 1.3, 1.15, 1.0)
"""Of a notice's letters: a year with few names does not stand lost on its sheet."""
_ADDED = 8.0
"""Millimetres by which a line is higher at most where a page has space left."""


class Words(StrEnum):
    """Fixed wording of the roll."""

    TITLE = "{year}年荣誉册"
    YEAR = "{year}年"
    ISSUER = "{village}村民委员会"


class NobodyHonoured(Refused):
    """Nobody has a title that was given in that year or before."""

    code = "nobody_honoured"
    sentence = "{year}年还没有可以公开的称号，授牌以后再打印荣誉册。"
    fixed_by = "本人"


class YearUnreadable(Invalid):
    """The year is no year."""

    code = "honour_year_invalid"
    sentence = "“{year}”不是年份，请填四位数字，例如 2026。"
    fixed_by = "本人"
    at = ("year",)


@dataclass(frozen=True, slots=True)
class HonourRoll(SheetValue):
    """Who has which title: masked names unless somebody agreed, cleared words."""

    year: int
    kinds: tuple[NoticeKind, ...]
    village: Cleared
    issuer: Cleared

    @property
    def description(self) -> str:
        """Which year's roll it is."""
        return Words.TITLE.format(year=self.year)

    @property
    def file_label(self) -> str:
        """The year."""
        return str(self.year)

    @property
    def facts(self) -> dict[str, object]:
        """The year, and how many titles stand on it."""
        return {"year": self.year, "titles": sum(len(one.lines) for one in self.kinds)}


def _years(session: Session, village: str) -> list[tuple[str, str]]:
    given = {one.given_on.year for one in titles.titles(session, village=village) if one.given_on}
    return [(str(year), Words.YEAR.format(year=year)) for year in sorted(given, reverse=True)]


class HonourRollOptions(Options):
    """Which year."""

    year = OneOf(_years, blank="今年", load_default=None, label="年份", note="如 2026；默认今年")


def gather(
    session: Session, *, village: str, by: str, at: datetime, public_url: str, year: str | None = None
) -> HonourRoll:
    """Return the roll of a year, this one unless one is named: what may be shown today, and stood in it.

    Raises:
        YearUnreadable: the year is no year.
        NobodyHonoured: there is nobody to be shown.
        VillageUnknown: there is no such village.
    """
    asked = str(day_of(at).year) if year is None else year
    if not (asked.isascii() and asked.isdigit() and len(asked) == 4):
        raise YearUnreadable(year=asked[:10])
    wanted = int(asked)
    found = [
        one
        for one in titles.shown_titles(session, village=village, at=at)
        if one.is_given and _stood(one, wanted)
    ]
    if not found:
        raise NobodyHonoured(year=wanted)
    namer = titles.Namer.of(session, village=village, at=at)
    name = villages.get(session, village).name
    return HonourRoll(
        year=wanted,
        kinds=_kinds(found, namer),
        village=place_name(name),
        issuer=place_name(Words.ISSUER.format(village=name)),
    )


def _stood(one: Title, year: int) -> bool:
    """Return whether a title stood on some day of a year."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    return any(span.first <= last and (span.last is None or first <= span.last) for span in one.spans)


def _kinds(found: Sequence[Title], namer: titles.Namer) -> tuple[NoticeKind, ...]:
    """Return titles by kind."""
    names = dict.fromkeys(one.kind.name for one in found)
    return tuple(
        NoticeKind(
            namer.cleared(name, Use.HEADING),
            tuple(
                line_of(namer.shown(one, number))
                for number, one in enumerate((each for each in found if each.kind.name == name), start=1)
            ),
        )
        for name in names
    )


def draw(value: HonourRoll, case: FontSet, out: BinaryIO) -> int:
    """Write the roll, in letters as large as all names may have on one page."""
    paper = Paper(out, case, width=_WIDTH, height=_HEIGHT, title=value.description)
    rows = rows_of(value.kinds)
    heads = [isinstance(one, NoticeKind) for one in rows]
    first, other = _FOOT - _BAND - _INSIDE, _FOOT - _SLIM - _INSIDE
    for scale in _SCALES:
        heights = [row_height(case, one, scale) for one in rows]
        pages = starts(heights, first=first, other=other, close=_CLOSE, heads=heads)
        if len(pages) == 1:
            break
    spare = first - _CLOSE - sum(heights) if len(pages) == 1 else 0.0
    added = min(spare / max(heads.count(False), 1), _ADDED)
    for page, (start, end) in enumerate(pages, start=1):
        draw_ground(paper, head=_BAND if page == 1 else _SLIM)
        if page == 1:
            _draw_head(paper, value)
        else:
            _draw_further_head(paper, value)
        top = (_BAND if page == 1 else _SLIM) + _INSIDE
        draw_rows(paper, rows[start:end], top, scale=scale, added=added)
        if page == len(pages):
            right = _WIDTH - _MARGIN - 30
            draw_seal(paper, right, _FOOT - 42, radius=16, thickness=0.25, size=10)
            paper.text(right, _FOOT - 3, value.issuer, size=13, align=0.5, fit=64, upward=True)
        draw_foot(paper, page, len(pages), _PAGE)
        paper.turn()
    paper.finish()
    return len(pages)


def _draw_head(paper: Paper, value: HonourRoll) -> None:
    """Draw village and title in gold on the red above the panel."""
    paper.text(_WIDTH / 2, 24, value.village, size=20, weight=BOLD, ink=CREAM, align=0.5, fit=_WIDTH - 60)
    paper.text(
        _WIDTH / 2, 46, value.description, size=48, weight=BOLD, ink=BRIGHT, align=0.5, fit=_WIDTH - 40
    )


def _draw_further_head(paper: Paper, value: HonourRoll) -> None:
    """Draw whose roll goes on."""
    words = f"{value.village}{value.description}{CommonWords.CONTINUED}"
    paper.text(_WIDTH / 2, 16, words, size=17, weight=BOLD, ink=BRIGHT, align=0.5, fit=_WIDTH - 50)


def example(households: int) -> HonourRoll:
    """Return the roll of a village of so many households."""
    names = list(example_names(max(4, min(households // 50, 60))))
    reason = law.clear("门前屋后常年干净", Use.DEED)
    lines = tuple(NoticeLine(name, None, place_name("一组"), reason) for name in names)
    half = len(lines) // 2
    return HonourRoll(
        year=2026,
        kinds=(
            NoticeKind(law.clear("十星级文明户", Use.HEADING), lines[:half]),
            NoticeKind(law.clear("清洁户", Use.HEADING), lines[half:]),
        ),
        village=place_name("茶源村"),
        issuer=place_name(Words.ISSUER.format(village="茶源村")),
    )


SHEET = Sheet(
    name="honour_roll",
    title="荣誉册",
    about="A4 竖放，红底金字：这一年谁有什么称号；姓名按本人同意的写法，没有同意的隐去。",
    permission=Permission.BOARD_VIEW,
    options=HonourRollOptions,
    words=Words,
    gather=gather,
    draw=draw,
    example=example,
    seconds=0.6,
    read_from=0.8,
)
