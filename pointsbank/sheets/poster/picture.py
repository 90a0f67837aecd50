"""Draws the month for the group chat: one column as high as it needs, letters of 28 px and more."""

from typing import BinaryIO

from reportlab.lib.colors import HexColor
from reportlab.lib.units import mm

from pointsbank.dates import day_in_words
from pointsbank.points import show
from pointsbank.printing import (
    BOLD,
    BRIGHT,
    CREAM,
    GREY,
    HAIR,
    MISSING,
    QUIET,
    RED,
    REGULAR,
    WHITE,
    FontSet,
    Paper,
    Passage,
    path,
)
from pointsbank.sheets.base import CommonWords
from pointsbank.sheets.poster.values import Poster, RedEntry, Words

WIDTH = 180.0
"""Millimetres: 6 px each."""
SMALLEST = 13.5
"""Points: 28.6 px."""

_MARGIN = 11.0
_WIDE = WIDTH - 2 * _MARGIN
_BAND, _FIGURES, _HEADING = 38.0, 29.0, 15.0
_SECOND = 9.0
_ROW, _REASON = 12.5, 7.5
_SHOWN = 20
_CODE = 52.0
_WASH = HexColor("#fef9ec")


def draw_picture(poster: Poster, case: FontSet, out: BinaryIO) -> int:
    """Write the picture as one page."""
    shown = poster.red[:_SHOWN]
    left_out = len(poster.red) - len(shown)
    channel = Passage(case, poster.objection_channel, width=_WIDE - 12, size=SMALLEST + 0.5)
    board = sum(map(_height, shown)) + (_ROW if left_out else 0) if shown else _ROW
    objection = 27 + channel.height + (9 if poster.hotline else 0)
    band = _BAND + (_SECOND if _second(poster, case) else 0)
    note = Passage(case, poster.note, width=_WIDE, size=SMALLEST + 0.5)
    noted = note.height + 2 if poster.note else 0.0
    height = band + _FIGURES + noted + _HEADING + board + 8 + objection + 7 + _CODE + 27
    title = f"{poster.when}{Words.BOARD_NAME_RED_ONLY}"
    paper = Paper(out, case, width=WIDTH, height=height, title=title)
    paper.box(0, 0, WIDTH, height, WHITE)
    _draw_band(paper, poster, band)
    _draw_figures(paper, poster, band + 3)
    note.draw(paper, _MARGIN, band + _FIGURES + 2)
    y = _draw_board(paper, shown, left_out, poster.empty, band + _FIGURES + noted)
    y = _draw_objection(paper, poster, channel, y + 8, objection)
    _draw_code(paper, poster, y + 7)
    paper.text(_MARGIN, height - 8, _cut(paper, poster.issued_by, 15, 80), size=15, weight=BOLD)
    paper.text(WIDTH - _MARGIN, height - 8, Words.PICTURE_WALL, size=SMALLEST, ink=GREY, align=1)
    paper.turn()
    paper.finish()
    return 1


def _cut(paper: Paper, words: str, size: float, fit: float, weight: int = REGULAR) -> str:
    """Return the words, with … at the end where they would not fit `fit` mm; nothing is drawn smaller."""
    if paper.case.width(words, weight, size) <= fit * mm:
        return words
    while words and paper.case.width(words + "…", weight, size) > fit * mm:
        words = words[:-1]
    return words + "…"


def _second(poster: Poster, case: FontSet) -> str:
    """Return the heading in another language where the whole of it can be drawn, and read on a telephone."""
    fits = case.width(poster.second, BOLD, SMALLEST) <= _WIDE * mm
    return poster.second if fits and MISSING not in poster.second else ""


def _draw_band(paper: Paper, poster: Poster, band: float) -> None:
    """Draw village and month, and the name of the board in one language or two, in the red band."""
    paper.box(0, 0, WIDTH, band, RED)
    paper.box(0, band - 1.2, WIDTH, 1.2, BRIGHT)
    head = f"{_cut(paper, poster.village, 20, 100, BOLD)} {poster.when}"
    paper.text(WIDTH / 2, 12.5, head, size=20, weight=BOLD, ink=CREAM, align=0.5)
    paper.text(WIDTH / 2, 30, Words.BOARD_NAME_RED_ONLY, size=46, weight=BOLD, ink=WHITE, align=0.5, spread=5)
    if second := _second(poster, paper.case):
        size = 18.0
        while size > SMALLEST and paper.case.width(second, BOLD, size) > _WIDE * mm:
            size -= 0.5
        paper.text(WIDTH / 2, 41, second, size=size, weight=BOLD, ink=CREAM, align=0.5)


def _draw_figures(paper: Paper, poster: Poster, top: float) -> None:
    """Draw the month's first four figures beside each other."""
    figures = poster.figures[:4]
    wide = _WIDE / len(figures)
    size = 25.0
    while (
        size > 15 and max(paper.case.width(number, BOLD, size) for number, _, _ in figures) > (wide - 12) * mm
    ):
        size -= 1
    for place, (number, unit, label) in enumerate(figures):
        middle = _MARGIN + (place + 0.5) * wide
        digits = paper.case.width(number, BOLD, size) / mm
        begin = middle - (digits + 6) / 2
        paper.text(begin, top + 12, number, size=size, weight=BOLD)
        paper.text(begin + digits + 1, top + 12, unit, size=SMALLEST, ink=GREY)
        paper.text(middle, top + 20, label, size=SMALLEST + 0.5, ink=GREY, align=0.5)
    paper.line(_MARGIN, top + 25, WIDTH - _MARGIN, top + 25, ink=HAIR, thickness=0.3)


def _height(entry: RedEntry) -> float:
    """Return how high a line of the board is, in mm."""
    return _ROW + (_REASON if entry.reason else 0)


def _draw_board(paper: Paper, shown: tuple[RedEntry, ...], left_out: int, empty: str, top: float) -> float:
    """Draw the red board; return where it ends, in mm."""
    paper.text(_MARGIN, top + 11, Words.RED, size=23, weight=BOLD, ink=RED)
    paper.text(_MARGIN + 20, top + 11, Words.RED_NOTE, size=SMALLEST + 0.5, ink=GREY)
    y = top + _HEADING
    if not shown:
        paper.text(_MARGIN, y + 7, _cut(paper, empty, 15, _WIDE), size=15)
        return y + _ROW
    for entry in shown:
        _draw_entry(paper, entry, y)
        y += _height(entry)
    if left_out:
        paper.text(_MARGIN, y + 8, Words.PICTURE_MORE.format(count=left_out), size=15, ink=GREY)
        y += _ROW
    return y


def _draw_entry(paper: Paper, entry: RedEntry, top: float) -> None:
    """Draw one line: place, name, group, honour; the reason below it."""
    right = WIDTH - _MARGIN
    if entry.kind:
        wide = paper.text(right, top + 8.5, _cut(paper, entry.kind, 17, 45), size=17, ink=RED, align=1)
    else:
        paper.text(_MARGIN + 8, top + 8.5, str(entry.rank), size=19, weight=BOLD, ink=RED, align=1)
        wide = paper.text(right, top + 8.5, f"{show(entry.points)}{CommonWords.POINT}", size=17, align=1)
    left = _MARGIN + 13
    name = _cut(paper, entry.name, 20, 70, BOLD)
    left += paper.text(left, top + 8.5, name, size=20, weight=BOLD) + 5
    paper.text(left, top + 8.5, _cut(paper, entry.group, 15, right - wide - left - 3), size=15, ink=GREY)
    if entry.reason:
        reason = _cut(paper, entry.reason, 14.5, right - _MARGIN - 13)
        paper.text(_MARGIN + 13, top + 16, reason, size=14.5, ink=GREY)
    bottom = top + _height(entry) - 0.6
    paper.line(_MARGIN, bottom, right, bottom, ink=HAIR, thickness=0.25)


def _draw_objection(paper: Paper, poster: Poster, channel: Passage, top: float, height: float) -> float:
    """Draw until when the board hangs and how to object; return where it ends, in mm."""
    paper.box(_MARGIN - 3, top, _WIDE + 6, height, _WASH, radius=2)
    left = _MARGIN + 3
    paper.text(left, top + 9, CommonWords.OBJECTION, size=18, weight=BOLD, ink=RED)
    first, last = day_in_words(poster.publicity_from), day_in_words(poster.publicity_until)
    span = f"{CommonWords.PUBLICITY} {CommonWords.SPAN.format(first=first, last=last)}"
    paper.text(left, top + 18.5, _cut(paper, span, 15.5, _WIDE - 12, BOLD), size=15.5, weight=BOLD)
    y = channel.draw(paper, left, top + 23)
    if poster.hotline:
        hotline = f"{CommonWords.HOTLINE} {poster.hotline}"
        paper.text(left, y + 8, _cut(paper, hotline, 17, _WIDE - 12, BOLD), size=17, weight=BOLD, ink=RED)
    return top + height


def _draw_code(paper: Paper, poster: Poster, top: float) -> None:
    """Draw the month's code as QR and as digits, two groups a line."""
    drawn = path(poster.anchor.code)
    quiet = QUIET * _CODE / drawn[0]
    paper.code(_MARGIN, top + quiet, _CODE, drawn)
    left = _MARGIN + _CODE + quiet + 4
    paper.text(left, top + quiet + 6, Words.ANCHOR, size=18, weight=BOLD)
    groups = poster.anchor.digits.split()
    y = top + quiet + 17
    for place in range(0, len(groups), 2):
        paper.text(left, y, " ".join(groups[place : place + 2]), size=22, weight=BOLD)
        y += 9.5
    note = Passage(
        paper.case,
        poster.anchor_note if poster.period else Words.PICTURE_NOTE,
        width=WIDTH - _MARGIN - left,
        size=SMALLEST,
        lines=3,
        ink=GREY,
    )
    note.draw(paper, left, y - 5)
