"""The notice of scores (公示): A4, as many pages as it takes, each with its head and its number."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import BinaryIO

from reportlab.lib.colors import HexColor
from sqlmodel import Session

from pointsbank import law, publicity, villages
from pointsbank.dates import day_in_words
from pointsbank.labels.score_status import SCORE_STATUS
from pointsbank.law import Cleared, Use
from pointsbank.points import show, whole
from pointsbank.printing import BOLD, GREY, HAIR, INK, RED, REGULAR, WHITE, FontSet, Paper, Passage
from pointsbank.publicity import PublicEntry
from pointsbank.schemas.options import OneOf, Options
from pointsbank.sheets.base import CommonWords, Sheet, SheetValue, draw_seal, example_names, place_name
from pointsbank.staff import Permission

_SHEET = (210.0, 297.0)
_MARGIN = 15.0
_ROW = 7.4
_HEAD_ROW = 9.0
_FIRST_TOP = 62.0
_TOP = 24.0
_BOTTOM = 280.0
_CLOSE = 58.0
_ALONG = 6
_WIDTHS = (11.0, 32.0, 26.0, 54.0, 21.0, 15.0, 21.0)
_NAME, _POINTS, _REMARK = 1, 5, 6
_STRIPE = HexColor("#fafaf9")


class Words(StrEnum):
    """Fixed wording of a notice."""

    COLUMNS = "序号 户主（主体） 小组 条目 日期 分值 备注"
    INTRO = "现将评议结果予以公示，接受村民监督。公示期内对任何一条有不同意见，都可以提出。"
    CORRECTED = "现将评分更正予以公示，接受村民监督。公示期内对更正有不同意见，都可以提出。"
    EMPTY = "本次没有需要公示的评分。"
    COUNT = "共{count}条"
    UNPUBLISHED = "，另有{count}条不公开"
    SUBJECT = "公示期内"
    UNHUNG = "自张贴之日起{days}天"
    HUNG_BY_HAND = "（张贴日期：　　　　年　　月　　日）"
    LATE = "补录"
    CONTESTED = SCORE_STATUS.name("contested")
    WAS = "更正前"
    IS = "更正后"
    STRUCK = "撤销"


@dataclass(frozen=True, slots=True)
class Notice(SheetValue):
    """A notice of scores: its entries, its first and last day, and how to object."""

    id: str
    village: Cleared
    title: Cleared
    entries: tuple[PublicEntry, ...]
    unpublished: int
    published_on: date
    days: int
    hung_on: date | None
    ends_on: date | None
    issued_by: Cleared
    objection_channel: str
    hotline: str

    @property
    def description(self) -> str:
        """The title of the notice."""
        return f"《{self.title}》"

    @property
    def file_label(self) -> str:
        """The day it was published."""
        return self.published_on.isoformat()

    @property
    def facts(self) -> dict[str, object]:
        """Which notice it is."""
        return {"notice": self.id}


def _notices(session: Session, village: str) -> list[tuple[str, str]]:
    return [
        (notice.id, f"{notice.title}（{notice.published_on.isoformat()}）")
        for notice in publicity.notices(session, village=village)
    ]


class NoticeOptions(Options):
    """Which notice."""

    notice = OneOf(
        _notices, blank="最近一份", load_default=None, label="公示", note="哪一份公示；默认最近一份"
    )


def gather(
    session: Session, *, village: str, by: str, at: datetime, public_url: str, notice: str | None = None
) -> Notice:
    """Return one notice, the latest unless one is named, with names as the wall may show them.

    Raises:
        NoticeUnknown: there is no such notice, or none at all.
    """
    if notice is None:
        latest = next(iter(publicity.notices(session, village=village)), None)
        if latest is None:
            raise publicity.problems.NoticeUnknown()
        notice = latest.id
    wall = publicity.public_notice(session, village=village, notice_id=notice)
    settings = villages.settings(session, village=village)
    name = villages.get(session, village).name
    return Notice(
        id=notice,
        village=place_name(name),
        title=wall.title,
        entries=wall.entries,
        unpublished=wall.unpublished,
        published_on=wall.published_on,
        days=wall.days,
        hung_on=wall.hung_on,
        ends_on=wall.ends_on,
        issued_by=place_name(f"{name}村民委员会"),
        objection_channel=CommonWords.OBJECTION_CHANNEL.format(
            subject=Words.SUBJECT, days=settings.objection_working_days
        ),
        hotline=settings.hotline or settings.contact_phone,
    )


def draw(notice: Notice, case: FontSet, out: BinaryIO, *, intro: str = Words.INTRO) -> int:
    """Write the notice; the last page carries lines, how to object, and the place of the seal."""
    paper = Paper(out, case, width=_SHEET[0], height=_SHEET[1], title=notice.title)
    starts = _starts(len(notice.entries))
    for page, (start, end) in enumerate(starts, start=1):
        top = _first_head(paper, notice, intro) if page == 1 else _running_head(paper, notice)
        bottom = _lines(paper, top, notice.entries[start:end], start + 1)
        if page == len(starts):
            _close(paper, max(bottom + 6, _SHEET[1] - 17 - _CLOSE), notice)
        _foot(paper, notice, page, len(starts))
        paper.turn()
    paper.finish()
    return len(starts)


def _starts(count: int) -> list[tuple[int, int]]:
    """Which lines stand on which page; the last page keeps room for objections, seal and date."""
    pages: list[tuple[int, int]] = []
    start = 0
    while True:
        top = _TOP if pages else _FIRST_TOP
        space = int((_BOTTOM - top - _HEAD_ROW) / _ROW)
        last_space = space - int(_CLOSE / _ROW) - 1
        if count - start <= last_space:
            return [*pages, (start, count)]
        # Where the rest would fill this page but for the seal, some lines go along to the seal's page.
        pages.append((start, min(start + space, max(count - _ALONG, start + 1))))
        start = pages[-1][1]


def _first_head(paper: Paper, notice: Notice, intro: str) -> float:
    middle, wide = paper.width / 2, paper.width - 2 * _MARGIN
    paper.box(0, 0, paper.width, 4, RED)
    paper.text(middle, 24, notice.title, size=24, weight=BOLD, ink=RED, align=0.5, fit=wide)
    paper.line(_MARGIN, 29.5, paper.width - _MARGIN, 29.5, ink=RED, thickness=0.5)
    Passage(paper.case, intro, width=wide, size=12, lines=3).draw(paper, _MARGIN, 33)
    # Printed before it hangs: who hangs it writes the day in.
    day = Words.HUNG_BY_HAND if notice.hung_on is None else ""
    paper.text(_MARGIN, 57, f"{CommonWords.PUBLICITY}：{_span(notice)}{day}", size=12, weight=BOLD, fit=120)
    count = Words.COUNT.format(count=len(notice.entries))
    if notice.unpublished:
        count += Words.UNPUBLISHED.format(count=notice.unpublished)
    paper.text(paper.width - _MARGIN, 57, count, size=11, ink=GREY, align=1)
    return _FIRST_TOP


def _running_head(paper: Paper, notice: Notice) -> float:
    paper.box(0, 0, paper.width, 4, RED)
    head = notice.title + CommonWords.CONTINUED
    paper.text(_MARGIN, 16, head, size=13, weight=BOLD, ink=RED, fit=110)
    span = f"{CommonWords.PUBLICITY}：{_span(notice)}"
    paper.text(paper.width - _MARGIN, 16, span, size=10, ink=GREY, align=1, fit=68)
    return _TOP


def _span(notice: Notice) -> str:
    """Return the days of display: from when to when, or how many once it hangs."""
    if notice.hung_on is None or notice.ends_on is None:
        return Words.UNHUNG.format(days=notice.days)
    return CommonWords.SPAN.format(first=day_in_words(notice.hung_on), last=day_in_words(notice.ends_on))


def _lines(paper: Paper, top: float, entries: tuple[PublicEntry, ...], number: int) -> float:
    paper.box(_MARGIN, top, sum(_WIDTHS), _HEAD_ROW, RED)
    _row(paper, top + 6.1, Words.COLUMNS.split(), head=True)
    top += _HEAD_ROW
    if not entries and number == 1:
        paper.text(_MARGIN + 4, top + 10, Words.EMPTY, size=12, ink=GREY)
        return top + 14
    for place, entry in enumerate(entries):
        y = top + place * _ROW
        if place % 2:
            paper.box(_MARGIN, y, sum(_WIDTHS), _ROW, _STRIPE)
        _row(paper, y + 5.1, [str(number + place), *_cells(entry)])
    ends = [top + row * _ROW for row in range(1, len(entries) + 1)]
    paper.lines([(_MARGIN, y, _MARGIN + sum(_WIDTHS), y) for y in ends], ink=HAIR, thickness=0.12)
    return top + len(entries) * _ROW


def _cells(entry: PublicEntry) -> list[str]:
    day = f"{entry.occurred_on.month}月{entry.occurred_on.day}日"
    points = ("+" if entry.points > 0 else "") + show(entry.points)
    versions = ((Words.WAS, "was"), (Words.IS, "is"), (Words.STRUCK, "struck"))
    marks = [(mark, entry.version == code) for mark, code in versions]
    marks += [(Words.LATE, entry.late), (Words.CONTESTED, entry.contested)]
    remark = "；".join(mark for mark, is_so in marks if is_so)
    return [entry.name, entry.group, entry.item, day, points, remark]


def _row(paper: Paper, y: float, cells: Sequence[str], *, head: bool = False) -> None:
    x = _MARGIN
    ink = WHITE if head else INK
    for place, (text, wide) in enumerate(zip(cells, _WIDTHS, strict=True)):
        is_main, fit = place in (_NAME, _POINTS), wide - 3
        # A name is made smaller, never cut: half a name is somebody else's. Nor is a remark.
        words = text if is_main or place == _REMARK else paper.shortened(text, size=10.5, fit=fit)
        weight = BOLD if head or is_main else REGULAR
        edge, align = (x + wide - 2, 1) if place == _POINTS else (x + 2, 0)
        paper.text(edge, y, words, size=10.5, weight=weight, ink=ink, align=align, fit=fit)
        x += wide


def _close(paper: Paper, top: float, notice: Notice) -> None:
    """How to object on the left, the seal and the date on the right."""
    paper.text(_MARGIN, top + 7, CommonWords.OBJECTION, size=13, weight=BOLD, ink=RED)
    channel = Passage(paper.case, notice.objection_channel, width=98, size=11.5, lines=4)
    end = channel.draw(paper, _MARGIN, top + 10.5)
    if notice.hotline:
        paper.text(_MARGIN, end + 8, CommonWords.HOTLINE, size=11.5, ink=GREY)
        paper.text(_MARGIN + 19, end + 8.2, notice.hotline, size=15, weight=BOLD, fit=78)
    middle = paper.width - _MARGIN - 30
    draw_seal(paper, middle, top, radius=18, thickness=0.25, size=10.5)
    paper.text(middle, top + 44, notice.issued_by, size=13, weight=BOLD, align=0.5, fit=62)
    paper.text(middle, top + 51, day_in_words(notice.published_on), size=12, align=0.5)


def _foot(paper: Paper, notice: Notice, page: int, pages: int) -> None:
    y = paper.height - 9
    paper.text(_MARGIN, y, notice.village, size=9, ink=GREY, fit=60)
    count = CommonWords.PAGE.format(page=page, pages=pages)
    paper.text(paper.width / 2, y, count, size=9, ink=GREY, align=0.5)
    if notice.hotline:
        hotline = f"{CommonWords.HOTLINE} {notice.hotline}"
        paper.text(paper.width - _MARGIN, y, hotline, size=9, ink=GREY, align=1, fit=70)


def example(households: int) -> Notice:
    """Return a notice with a score for each of so many households."""
    day, group = date(2026, 9, 3), place_name("一组")
    items = (law.clear(f"善行之{number}号", Use.DEED) for number in range(households))
    return Notice(
        id="",
        village=place_name("茶源村"),
        title=law.clear("茶源村9月评议会积分公示", Use.HEADING),
        entries=tuple(
            PublicEntry(
                number, name, group, item, day, whole(5), late=number % 7 == 3, contested=number % 5 == 3
            )
            for number, (name, item) in enumerate(zip(example_names(households), items, strict=True))
        ),
        unpublished=0,
        published_on=date(2026, 9, 26),
        days=3,
        hung_on=date(2026, 9, 26),
        ends_on=date(2026, 9, 29),
        issued_by=place_name("茶源村村民委员会"),
        objection_channel="请到村务监督委员会提出。",
        hotline="0596-7654321",
    )


SHEET = Sheet(
    name="notice",
    title="评议结果公示",
    about="A4，张贴用，姓名按公示规则隐去。",
    permission=Permission.NOTICE_VIEW,
    options=NoticeOptions,
    words=Words,
    gather=gather,
    draw=draw,
    example=example,
)
