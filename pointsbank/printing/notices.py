"""The notice of scores (公示): A4, as many pages as it takes, each with its head and its number."""

from typing import BinaryIO

from reportlab.lib.colors import HexColor

from pointsbank.points import show
from pointsbank.printing import words
from pointsbank.printing.fonts import BOLD, REGULAR, Fonts
from pointsbank.printing.paper import GREY, HAIR, INK, PALE, RED, WHITE, Paper, Passage
from pointsbank.printing.values import NoticeLine, NoticeSheet, texts_of

_SHEET = (210.0, 297.0)
_MARGIN = 15.0
_ROW = 7.4
_HEAD_ROW = 9.0
_FIRST_TOP = 62.0
_TOP = 24.0
_BOTTOM = 280.0
_CLOSE = 58.0
_ALONG = 6
_WIDTHS = (12.0, 34.0, 28.0, 56.0, 22.0, 15.0, 13.0)
_NAME, _POINTS = 1, 5
_STRIPE = HexColor("#fafaf9")


def notice_pdf(notice: NoticeSheet, *, fonts: Fonts, out: BinaryIO) -> int:
    """Write the notice and say how many pages it takes."""
    with fonts.opened([words.EVERY_WORD, *texts_of(notice)]) as case:
        paper = Paper(out, case, width=_SHEET[0], height=_SHEET[1], title=notice.title)
        starts = _starts(len(notice.lines))
        for page, (start, end) in enumerate(starts, start=1):
            top = _first_head(paper, notice) if page == 1 else _running_head(paper, notice)
            bottom = _lines(paper, top, notice.lines[start:end], start + 1)
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
        room = int((_BOTTOM - top - _HEAD_ROW) / _ROW)
        last_room = room - int(_CLOSE / _ROW) - 1
        if count - start <= last_room:
            return [*pages, (start, count)]
        # Where the rest would fill this page but for the seal, some lines go along to the seal's page.
        pages.append((start, min(start + room, max(count - _ALONG, start + 1))))
        start = pages[-1][1]


def _first_head(paper: Paper, notice: NoticeSheet) -> float:
    middle, wide = paper.width / 2, paper.width - 2 * _MARGIN
    paper.box(0, 0, paper.width, 4, RED)
    paper.text(middle, 24, notice.title, size=24, weight=BOLD, ink=RED, align=0.5, fit=wide)
    paper.line(_MARGIN, 29.5, paper.width - _MARGIN, 29.5, ink=RED, line=0.5)
    intro = notice.intro or words.NOTICE_INTRO
    Passage.cut(paper.case, intro, width=wide, size=12, lines=3).draw(paper, _MARGIN, 33)
    span = _span(notice)
    paper.text(_MARGIN, 57, f"{words.PUBLICITY}：{span}", size=12, weight=BOLD, fit=120)
    count = words.NOTICE_COUNT.format(count=len(notice.lines))
    paper.text(paper.width - _MARGIN, 57, count, size=11, ink=GREY, align=1)
    return _FIRST_TOP


def _running_head(paper: Paper, notice: NoticeSheet) -> float:
    paper.box(0, 0, paper.width, 4, RED)
    head = notice.title + words.CONTINUED
    paper.text(_MARGIN, 16, head, size=13, weight=BOLD, ink=RED, fit=110)
    span = f"{words.PUBLICITY}：{_span(notice)}"
    paper.text(paper.width - _MARGIN, 16, span, size=10, ink=GREY, align=1, fit=68)
    return _TOP


def _span(notice: NoticeSheet) -> str:
    return words.PUBLICITY_SPAN.format(
        first=words.day_in_words(notice.published_on), last=words.day_in_words(notice.ends_on)
    )


def _lines(paper: Paper, top: float, lines: tuple[NoticeLine, ...], number: int) -> float:
    paper.box(_MARGIN, top, sum(_WIDTHS), _HEAD_ROW, RED)
    _row(paper, top + 6.1, words.NOTICE_COLUMNS, head=True)
    top += _HEAD_ROW
    if not lines and number == 1:
        paper.text(_MARGIN + 4, top + 10, words.NOTICE_EMPTY, size=12, ink=GREY)
        return top + 14
    for place, line in enumerate(lines):
        y = top + place * _ROW
        if place % 2:
            paper.box(_MARGIN, y, sum(_WIDTHS), _ROW, _STRIPE)
        _row(paper, y + 5.1, (str(number + place), *_cells(line)))
    ends = [top + row * _ROW for row in range(1, len(lines) + 1)]
    paper.lines([(_MARGIN, y, _MARGIN + sum(_WIDTHS), y) for y in ends], ink=HAIR, line=0.12)
    return top + len(lines) * _ROW


def _cells(line: NoticeLine) -> tuple[str, ...]:
    day = f"{line.occurred_on.month}月{line.occurred_on.day}日"
    points = ("+" if line.points > 0 else "") + show(line.points)
    return (line.name, line.group, line.item, day, points, line.remark)


def _row(paper: Paper, y: float, cells: tuple[str, ...], *, head: bool = False) -> None:
    x = _MARGIN
    ink = WHITE if head else INK
    for place, (text, wide) in enumerate(zip(cells, _WIDTHS, strict=True)):
        weight = BOLD if head or place in (_NAME, _POINTS) else REGULAR
        if place == _POINTS:
            paper.text(x + wide - 2, y, text, size=10.5, weight=weight, ink=ink, align=1, fit=wide - 3)
        elif place == _NAME:
            # A name is made smaller, never cut: half a name is somebody else's.
            paper.text(x + 2, y, text, size=10.5, weight=weight, ink=ink, fit=wide - 3)
        else:
            paper.cell(x + 2, y, text, size=10.5, weight=weight, ink=ink, fit=wide - 3)
        x += wide


def _close(paper: Paper, top: float, notice: NoticeSheet) -> None:
    """How to object on the left, the seal and the date on the right."""
    paper.text(_MARGIN, top + 7, words.OBJECTION, size=13, weight=BOLD, ink=RED)
    channel = notice.objection_channel or words.OBJECTION_DEFAULT
    end = Passage.cut(paper.case, channel, width=98, size=11.5, lines=4).draw(paper, _MARGIN, top + 10.5)
    if notice.hotline:
        paper.text(_MARGIN, end + 8, words.HOTLINE, size=11.5, ink=GREY)
        paper.text(_MARGIN + 19, end + 8.2, notice.hotline, size=15, weight=BOLD, fit=78)
    middle = paper.width - _MARGIN - 30
    paper.canvas.setDash(2, 2)
    paper.frame(middle - 18, top, 36, 36, ink=PALE, line=0.25, radius=18)
    paper.canvas.setDash()
    paper.text(middle, top + 19.5, words.SEAL, size=10.5, ink=PALE, align=0.5)
    paper.text(middle, top + 44, notice.issued_by, size=13, weight=BOLD, align=0.5, fit=62)
    paper.text(middle, top + 51, words.day_in_words(notice.published_on), size=12, align=0.5)


def _foot(paper: Paper, notice: NoticeSheet, page: int, pages: int) -> None:
    y = paper.height - 9
    paper.text(_MARGIN, y, notice.village, size=9, ink=GREY, fit=60)
    count = words.PAGE.format(page=page, pages=pages)
    paper.text(paper.width / 2, y, count, size=9, ink=GREY, align=0.5)
    if notice.hotline:
        hotline = f"{words.HOTLINE} {notice.hotline}"
        paper.text(paper.width - _MARGIN, y, hotline, size=9, ink=GREY, align=1, fit=70)
