"""Draws the rules: as a notice of A4 pages, or as a pocket sheet, A4 across, to be folded in three."""

from typing import BinaryIO

from pointsbank.printing import BOLD, GREY, PALE, RED, FontSet, Paper, Passage, starts, wrapped
from pointsbank.sheets.base import CommonWords, draw_seal
from pointsbank.sheets.rules.blocks import Block, Layout, blocks_of, draw_block
from pointsbank.sheets.rules.values import RulesSheet, Words

_SHEET = (210.0, 297.0)
_MARGIN = 15.0
_NOTICE = Layout(wide=180.0, label=72.0, size=13.0, padding=2.6)
_FIRST_TOP, _TOP, _BOTTOM, _CLOSE = 66.0, 24.0, 280.0, 56.0
_PANELS = 3
_INSIDE = 7.0
_POCKET = Layout(wide=_SHEET[1] / _PANELS - 2 * _INSIDE, label=33.0, size=9.5, padding=1.5)
_POCKET_FIRST, _POCKET_TOP, _POCKET_BOTTOM, _POCKET_CLOSE = 46.0, 9.0, 201.0, 34.0


def draw(value: RulesSheet, case: FontSet, out: BinaryIO) -> int:
    """Write the pages and return how many there are."""
    return _draw_pocket(value, case, out) if value.pocket else _draw_notice(value, case, out)


def _columns(blocks: list[Block], *, first: float, other: float, close: float) -> list[tuple[int, int]]:
    return starts(
        [one.height for one in blocks],
        first=first,
        other=other,
        close=close,
        heads=[one.line is None for one in blocks],
    )


def _draw_notice(value: RulesSheet, case: FontSet, out: BinaryIO) -> int:
    title = Words.TITLE.format(village=value.village)
    paper = Paper(out, case, width=_SHEET[0], height=_SHEET[1], title=f"{title} {value.since}")
    blocks = blocks_of(value, case, _NOTICE)
    pages = _columns(blocks, first=_BOTTOM - _FIRST_TOP, other=_BOTTOM - _TOP, close=_CLOSE)
    for number, (start, end) in enumerate(pages, start=1):
        paper.box(0, 0, paper.width, 4, RED)
        y = _head(paper, value, title) if number == 1 else _running_head(paper, value, title)
        for block in blocks[start:end]:
            draw_block(paper, block, _NOTICE, _MARGIN, y)
            y += block.height
        if number == len(pages):
            _close(paper, value, y)
        foot = CommonWords.PAGE.format(page=number, pages=len(pages))
        paper.text(_SHEET[0] - _MARGIN, 288, foot, size=9, ink=GREY, align=1)
        paper.turn()
    paper.finish()
    return len(pages)


def _head(paper: Paper, value: RulesSheet, title: str) -> float:
    middle, wide = paper.width / 2, _NOTICE.wide
    paper.text(middle, 24, title, size=26, weight=BOLD, ink=RED, align=0.5, fit=wide)
    paper.text(middle, 32.5, value.since + value.standing, size=13, align=0.5, fit=wide)
    long = wrapped(paper.case, value.resolution, width=wide, size=11.5, ink=GREY, lines=2)
    if long:
        long.draw(paper, _MARGIN, 33.9)
    else:
        paper.text(middle, 39, value.resolution, size=11.5, ink=GREY, align=0.5, fit=wide)
    paper.line(_MARGIN, 42.5, paper.width - _MARGIN, 42.5, ink=RED, thickness=0.5)
    about = f"{value.earn}{Words.SPEND}"
    Passage(paper.case, about, width=wide, size=12.5, lines=3).draw(paper, _MARGIN, 45.5)
    return _FIRST_TOP


def _running_head(paper: Paper, value: RulesSheet, title: str) -> float:
    paper.text(_MARGIN, 16, title + CommonWords.CONTINUED, size=13, weight=BOLD, ink=RED, fit=110)
    paper.text(paper.width - _MARGIN, 16, value.since, size=10, ink=GREY, align=1, fit=68)
    return _TOP


def _close(paper: Paper, value: RulesSheet, top: float) -> None:
    """Draw what is not shown, how to object, and the place of the seal."""
    if value.unpublished:
        words = Words.UNPUBLISHED.format(count=value.unpublished)
        paper.text(_MARGIN, top + 6, words, size=11, ink=GREY)
        top += 6
    paper.text(_MARGIN, top + 10, CommonWords.OBJECTION, size=13, weight=BOLD, ink=RED)
    channel = Passage(paper.case, value.objection_channel, width=104, size=11.5, lines=4)
    end = channel.draw(paper, _MARGIN, top + 13.5)
    if value.hotline:
        paper.text(_MARGIN, end + 8, CommonWords.HOTLINE, size=11.5, ink=GREY)
        paper.text(_MARGIN + 19, end + 8.2, value.hotline, size=15, weight=BOLD, fit=78)
    middle = paper.width - _MARGIN - 30
    draw_seal(paper, middle, top + 4, radius=16, thickness=0.25, size=10.5)
    paper.text(middle, top + 44, value.issued_by, size=13, weight=BOLD, align=0.5, fit=62, upward=True)


def _draw_pocket(value: RulesSheet, case: FontSet, out: BinaryIO) -> int:
    width, height = _SHEET[1], _SHEET[0]
    title = Words.TITLE.format(village=value.village)
    paper = Paper(out, case, width=width, height=height, title=f"{title}{Words.POCKET} {value.since}")
    blocks = blocks_of(value, case, _POCKET)
    columns = _columns(
        blocks,
        first=_POCKET_BOTTOM - _POCKET_FIRST,
        other=_POCKET_BOTTOM - _POCKET_TOP,
        close=_POCKET_CLOSE,
    )
    for number, (start, end) in enumerate(columns):
        panel = number % _PANELS
        if number and not panel:
            paper.turn()
        if not panel:
            folds = [(width * at / _PANELS, 0.0, width * at / _PANELS, height) for at in range(1, _PANELS)]
            paper.lines(folds, ink=PALE, thickness=0.1)
        x = width * panel / _PANELS + _INSIDE
        y = _POCKET_TOP if number else _pocket_head(paper, value, title, x)
        for block in blocks[start:end]:
            draw_block(paper, block, _POCKET, x, y)
            y += block.height
        if number == len(columns) - 1:
            _pocket_close(paper, value, x, y)
    paper.turn()
    paper.finish()
    return -(-len(columns) // _PANELS)


def _pocket_head(paper: Paper, value: RulesSheet, title: str, x: float) -> float:
    wide = _POCKET.wide
    paper.text(x, 16, title, size=17, weight=BOLD, ink=RED, fit=wide)
    paper.text(x, 22, value.since + value.standing, size=9.5, fit=wide)
    paper.text(x, 27, value.resolution, size=8.5, ink=GREY, fit=wide)
    about = f"{value.earn}{Words.SPEND}"
    Passage(paper.case, about, width=wide, size=9, lines=4).draw(paper, x, 29.5)
    return _POCKET_FIRST


def _pocket_close(paper: Paper, value: RulesSheet, x: float, top: float) -> None:
    wide = _POCKET.wide
    if value.unpublished:
        words = Words.UNPUBLISHED.format(count=value.unpublished)
        paper.text(x, top + 5, words, size=8.5, ink=GREY, fit=wide)
        top += 5
    end = Passage(paper.case, value.objection_channel, width=wide, size=9, lines=4).draw(paper, x, top + 3)
    if value.hotline:
        paper.text(x, end + 6, CommonWords.HOTLINE, size=9, ink=GREY)
        paper.text(x + 15, end + 6, value.hotline, size=12, weight=BOLD, fit=wide - 16)
        end += 7
    paper.text(x, end + 5, value.issued_by, size=9, fit=wide)
