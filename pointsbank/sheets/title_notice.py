"""The notice (称号公示) of titles that were voted: A4, by kind, masked names, how to object, a seal place."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, BinaryIO

from sqlmodel import Session

from pointsbank import law, titles, villages
from pointsbank.dates import day_in_words, day_of
from pointsbank.errors import Refused
from pointsbank.law import Cleared, Use
from pointsbank.printing import (
    BOLD,
    DEEP,
    GOLD,
    GREY,
    HAIR,
    REGULAR,
    FontSet,
    Paper,
    Passage,
    size_in,
    starts,
)
from pointsbank.publicity import PublicName
from pointsbank.schemas.options import Options
from pointsbank.sheets.base import CommonWords, Sheet, SheetValue, draw_seal, example_names, place_name
from pointsbank.staff import Permission
from pointsbank.titles import PublicTitle, Title

_WIDTH, _HEIGHT = 210.0, 297.0
_MARGIN = 22.0
_WIDE = _WIDTH - 2 * _MARGIN
_HEAD, _OTHER, _FOOT = 68.0, 30.0, 280.0
_KIND, _ROW, _CLOSE, _NAME, _GAP, _BELOW = 15.0, 13.5, 66.0, 46.0, 5.0, 1.0


class Words(StrEnum):
    """Fixed wording of the notice."""

    TITLE = "拟授予称号公示"
    INTRO = "经提名、核对条件和表决，拟授予下列称号，现予公示{days}天，张贴的那天不算。"
    SUBJECT = "对拟授予的称号"
    ISSUER = "{village}村民委员会"
    PRINTED = "{day}打印"
    COUNT = "{count}个"


class NothingToHang(Refused):
    """No title was voted and hangs nowhere, or hangs."""

    code = "no_title_to_hang"
    sentence = "没有等待公示或正在公示的称号：请在“称号”页先登记表决。"
    fixed_by = "本人"


@dataclass(frozen=True, slots=True)
class NoticeLine:
    """One title on the notice: who, of whose home, the group, and what for."""

    name: PublicName
    home: PublicName | None
    group: Cleared
    reason: Cleared


@dataclass(frozen=True, slots=True)
class NoticeKind:
    """The titles of one kind."""

    title: Cleared
    lines: tuple[NoticeLine, ...]


Rows = Sequence[NoticeKind | NoticeLine]


@dataclass(frozen=True, slots=True)
class TitleNotice(SheetValue):
    """What hangs: masked names, cleared words."""

    kinds: tuple[NoticeKind, ...]
    days: int
    issuer: Cleared
    printed: str
    channel: str
    hotline: str

    @property
    def description(self) -> str:
        """How many titles."""
        return f"{sum(len(one.lines) for one in self.kinds)}个称号的公示"

    @property
    def facts(self) -> dict[str, object]:
        """How many titles."""
        return {"titles": sum(len(one.lines) for one in self.kinds)}


class TitleNoticeOptions(Options):
    """Nothing to choose: all that was voted, or hangs."""


def gather(session: Session, *, village: str, by: str, at: datetime, public_url: str) -> TitleNotice:
    """Return the notice of the titles that were voted or hang, but for whom something keeps from being shown.

    Raises:
        NothingToHang: there is none.
        VillageUnknown: there is no such village.
    """
    found = titles.titles_to_print(session, village=village, at=at)
    if not found:
        raise NothingToHang()
    settings = villages.settings(session, village=village)
    namer = titles.Namer.of(session, village=village, at=at)
    return TitleNotice(
        kinds=_kinds(found, namer),
        days=max(one.kind.notice_days for one in found),
        issuer=place_name(Words.ISSUER.format(village=villages.get(session, village).name)),
        printed=Words.PRINTED.format(day=day_in_words(day_of(at))),
        channel=CommonWords.OBJECTION_CHANNEL.format(
            subject=Words.SUBJECT, days=settings.objection_working_days
        ),
        hotline=settings.hotline or settings.contact_phone,
    )


def _kinds(found: Sequence[Title], namer: titles.Namer) -> tuple[NoticeKind, ...]:
    """Return titles by kind, in the order in which they were nominated."""
    return tuple(
        NoticeKind(
            namer.cleared(name, Use.HEADING),
            tuple(
                line_of(namer.shown(one, number))
                for number, one in enumerate((each for each in found if each.kind.name == name), start=1)
            ),
        )
        for name in dict.fromkeys(one.kind.name for one in found)
    )


def line_of(one: PublicTitle) -> NoticeLine:
    """Return a title as a line of paper."""
    return NoticeLine(one.name, one.of, one.group, one.reason)


def draw(value: TitleNotice, case: FontSet, out: BinaryIO) -> int:
    """Write the notice."""
    paper = Paper(out, case, width=_WIDTH, height=_HEIGHT, title=Words.TITLE)
    rows = rows_of(value.kinds)
    heights = [row_height(case, one) for one in rows]
    pages = starts(
        heights,
        first=_FOOT - _HEAD,
        other=_FOOT - _OTHER,
        close=_CLOSE,
        heads=[isinstance(one, NoticeKind) for one in rows],
    )
    for page, (start, end) in enumerate(pages, start=1):
        top = _draw_head(paper, value) if page == 1 else _OTHER
        y = draw_rows(paper, rows[start:end], top)
        if page == len(pages):
            _draw_close(paper, value, max(y + 6, _FOOT - _CLOSE))
        draw_foot(paper, page, len(pages))
        paper.turn()
    paper.finish()
    return len(pages)


def rows_of(kinds: Sequence[NoticeKind]) -> list[NoticeKind | NoticeLine]:
    """Return kinds and their lines in one order."""
    rows: list[NoticeKind | NoticeLine] = []
    for kind in kinds:
        rows += [kind, *kind.lines]
    return rows


def draw_rows(paper: Paper, rows: Rows, top: float, *, scale: float = 1.0, added: float = 0.0) -> float:
    """Draw lines under their kinds, letters `scale` times a notice's, `added` mm higher; return the end."""
    y = top
    for row in rows:
        if isinstance(row, NoticeKind):
            base = y + 10.5 * scale
            paper.text(_MARGIN, base, row.title, size=22 * scale, weight=BOLD, ink=DEEP, fit=_WIDE - 30)
            count = Words.COUNT.format(count=len(row.lines))
            paper.text(_WIDTH - _MARGIN, base, count, size=14, ink=GREY, align=1)
            y += _KIND * scale
            paper.line(_MARGIN, y - 1.5, _WIDTH - _MARGIN, y - 1.5, ink=GOLD, thickness=0.5)
            continue
        end = y + row_height(paper.case, row, scale) + added
        x = _MARGIN
        for one in _cells(paper.case, row, scale):
            one.draw(paper, x, y + (end - y - _BELOW - one.height) / 2)
            x += one.wide + _GAP if x > _MARGIN else _NAME * scale
        y = end
        paper.line(_MARGIN, y - 1, _WIDTH - _MARGIN, y - 1, ink=HAIR, thickness=0.25)
    return y


def row_height(case: FontSet, row: NoticeKind | NoticeLine, scale: float = 1.0) -> float:
    """Return how high a row of the notice is, in mm: long names, groups and reasons go on below."""
    if isinstance(row, NoticeKind):
        return _KIND * scale
    return max(_ROW * scale, max(one.height for one in _cells(case, row, scale)) + _BELOW + 2)


def _cells(case: FontSet, row: NoticeLine, scale: float) -> list[Passage]:
    """Return what stands in a line: the name, whose home, the group, the reason, each as wide as it needs."""

    def cell(words: str, width: float, size: float, small: float, **manner: Any) -> Passage:
        weight = manner.get("weight", REGULAR)
        fitting = size_in(case, words, width=width, size=size, weight=weight, smallest=small)
        return Passage(case, words, width=width, size=fitting or small, leading=1.2, **manner)

    cells = [cell(row.name, _NAME * scale - 4, 20 * scale, 13 * scale, weight=BOLD)]
    if row.home is not None:
        cells.append(cell(CommonWords.HOME.format(name=row.home), 40, 13 * scale, 13, ink=GREY))
    if row.group:
        cells.append(cell(row.group, 34, 14 * scale, 11, ink=GREY))
    if row.reason:
        used = sum(one.wide + _GAP for one in cells[1:])
        cells.append(cell(row.reason, _WIDE - _NAME * scale - used, 13 * scale, 11))
    return cells


def draw_foot(paper: Paper, page: int, pages: int, y: float = 288.0) -> None:
    """Draw which page it is of several, the baseline at `y`."""
    if pages > 1:
        words = CommonWords.PAGE.format(page=page, pages=pages)
        paper.text(_WIDTH / 2, y, words, size=9, ink=GREY, align=0.5)


def _draw_head(paper: Paper, value: TitleNotice) -> float:
    """Draw title and introduction; return where the lines begin, in mm."""
    paper.text(_WIDTH / 2, 36, Words.TITLE, size=36, weight=BOLD, ink=DEEP, align=0.5, fit=_WIDE)
    paper.line(_MARGIN, 42, _WIDTH - _MARGIN, 42, ink=GOLD, thickness=0.8)
    intro = Passage(paper.case, Words.INTRO.format(days=value.days), width=_WIDE, size=14, leading=1.45)
    intro.draw(paper, _MARGIN, 47)
    return _HEAD


def _draw_close(paper: Paper, value: TitleNotice, top: float) -> None:
    """Draw how to object, the seal place, who issues it and when."""
    paper.text(_MARGIN, top + 6, CommonWords.OBJECTION, size=14, weight=BOLD)
    channel = Passage(paper.case, value.channel, width=92, size=12, lines=4)
    end = channel.draw(paper, _MARGIN, top + 10)
    if value.hotline:
        paper.text(_MARGIN, end + 8, CommonWords.HOTLINE, size=12, ink=GREY)
        paper.text(_MARGIN + 20, end + 8, value.hotline, size=15, weight=BOLD, fit=70)
    right = _WIDTH - _MARGIN - 28
    draw_seal(paper, right, top + 4, radius=17, thickness=0.25, size=10)
    paper.text(right, top + 16, value.issuer, size=13, align=0.5, fit=64, upward=True)
    paper.text(right, top + 32, value.printed, size=11, ink=GREY, align=0.5)


def example(households: int) -> TitleNotice:
    """Return a notice as a village of so many households would have it."""
    count = max(3, min(households // 60, 40))
    names = list(example_names(count))
    lines = tuple(
        NoticeLine(name, None, place_name("一组"), law.clear("门前屋后常年干净", Use.DEED)) for name in names
    )
    return TitleNotice(
        kinds=(
            NoticeKind(law.clear("十星级文明户", Use.HEADING), lines),
            NoticeKind(
                law.clear("好媳妇", Use.HEADING),
                (NoticeLine(names[0], names[1], lines[0].group, law.NOTHING),),
            ),
        ),
        days=5,
        issuer=place_name(Words.ISSUER.format(village="茶源村")),
        printed=Words.PRINTED.format(day="2026年9月8日"),
        channel=CommonWords.OBJECTION_CHANNEL.format(subject=Words.SUBJECT, days=7),
        hotline="0596-7654321",
    )


SHEET = Sheet(
    name="title_notice",
    title="称号公示",
    about="A4 竖放：表决通过的称号按种类列名，写明公示几天、怎样提异议；姓名按本人同意的写法。",
    permission=Permission.BOARD_VIEW,
    options=TitleNoticeOptions,
    words=Words,
    gather=gather,
    draw=draw,
    example=example,
    caution="贴上以后请登记张贴，公示从第二天起数。",
    seconds=0.6,
    read_from=0.8,
)
