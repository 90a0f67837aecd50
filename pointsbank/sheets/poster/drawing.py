"""Draws the poster: shares its entries out over pages, then draws each page."""

from dataclasses import dataclass
from typing import BinaryIO

from pointsbank.printing import GREY, FontSet, Paper, Passage
from pointsbank.publicity import BlackPlace, GroupPlace
from pointsbank.sheets.poster import group_bars, red_board
from pointsbank.sheets.poster.black_board import BlackCell, black_height, cells_that_fit, draw_black
from pointsbank.sheets.poster.foot import HEIGHT as FOOT
from pointsbank.sheets.poster.foot import draw_foot
from pointsbank.sheets.poster.group_bars import draw_groups
from pointsbank.sheets.poster.masthead import (
    BAND,
    FIGURES,
    MARGIN,
    SLIM_BAND,
    draw_figures,
    draw_foot_line,
    draw_masthead,
    draw_slim_band,
    title,
)
from pointsbank.sheets.poster.red_board import draw_empty, draw_heading, draw_rows
from pointsbank.sheets.poster.values import Poster, RedEntry

_SHEET = (297.0, 420.0)
_WIDTH = _SHEET[0] - 2 * MARGIN
_GUTTER = 11.0
_BARS = 92.0
_BLACK_AT_MOST = 78.0
_BLACK_GAP = 4.0
_FOOT_LINE = 13.0


@dataclass(frozen=True, slots=True)
class _Page:
    """What stands on one page, and where its boards begin and end."""

    top: float
    bottom: float
    red: tuple[RedEntry, ...]
    groups: tuple[GroupPlace, ...]
    black: list[BlackCell] | None


def draw(poster: Poster, case: FontSet, out: BinaryIO) -> int:
    """Write the month's poster; entries that find no room on the first page go on further ones."""
    paper = Paper(out, case, width=_SHEET[0], height=_SHEET[1], title=title(poster))
    pages = _pages(paper, poster)
    for number, page in enumerate(pages, start=1):
        _draw(paper, poster, page, first=number == 1)
        draw_foot_line(paper, poster, number, len(pages))
        paper.turn()
    paper.finish()
    return len(pages)


def _pages(paper: Paper, poster: Poster) -> list[_Page]:
    """Share the entries out over as many pages as they need."""
    pages: list[_Page] = []
    red, groups, black = poster.red, poster.groups, poster.black
    top, bottom = BAND + FIGURES + (18 if poster.basis else 9), _SHEET[1] - _FOOT_LINE - FOOT - 5
    while not pages or red or groups or black:
        page = _filled(paper, top, bottom, red, groups, black)
        pages.append(page)
        red, groups = red[len(page.red) :], groups[len(page.groups) :]
        black = (black or ())[len(page.black or ()) :] or None
        top, bottom = SLIM_BAND + 10, _SHEET[1] - _FOOT_LINE - 4
    return pages


def _filled(
    paper: Paper,
    top: float,
    bottom: float,
    red: tuple[RedEntry, ...],
    groups: tuple[GroupPlace, ...],
    black: tuple[BlackPlace, ...] | None,
) -> _Page:
    """One page with as many of the entries as it holds."""
    space = bottom - top
    cells = None
    if black is not None:
        beside_red = 0 if groups else space - red_board.height_of(-(-len(red) // 2)) - 5
        cells = cells_that_fit(paper, black, _WIDTH, max(beside_red, _BLACK_AT_MOST))
        space -= black_height(cells) + _BLACK_GAP
    red_count = red_board.rows_that_fit(space) * (1 if groups else 2)
    return _Page(top, bottom, red[:red_count], groups[: group_bars.rows_that_fit(space)], cells)


def _draw(paper: Paper, poster: Poster, page: _Page, *, first: bool) -> None:
    if first:
        draw_masthead(paper, poster)
        draw_figures(paper, BAND + 3, poster.figures)
        if poster.basis:
            basis = Passage(paper.case, poster.basis, width=_WIDTH, size=12, lines=1, ink=GREY)
            basis.draw(paper, MARGIN, BAND + FIGURES + 6.5)
        draw_foot(paper, _SHEET[1] - _FOOT_LINE - FOOT, poster)
    else:
        draw_slim_band(paper, poster)
    bottom = page.bottom
    if page.black is not None:
        alone = not (first or page.red or page.groups)
        bottom = page.top - _BLACK_GAP if alone else bottom - black_height(page.black) - _BLACK_GAP
        draw_black(paper, MARGIN, bottom + _BLACK_GAP, page.black)
    if page.groups:
        _groups(paper, poster, page, bottom - page.top, beside=bool(page.red) or first)
    if page.red or first:
        _red(paper, page, bottom - page.top, first=first)


def _groups(paper: Paper, poster: Poster, page: _Page, height: float, *, beside: bool) -> None:
    wide = _BARS if beside else _WIDTH
    draw_groups(paper, MARGIN + _WIDTH - wide, page.top, wide, height, page.groups)


def _red(paper: Paper, page: _Page, height: float, *, first: bool) -> None:
    """The red board: beside the groups, or in two columns over the whole width where it stands alone."""
    wide = _WIDTH - (_BARS + _GUTTER if page.groups else 0)
    draw_heading(paper, MARGIN, page.top)
    if not page.red:
        draw_empty(paper, MARGIN, page.top, wide, height)
        return
    columns = 1 if page.groups or len(page.red) <= 6 else 2
    half = -(-len(page.red) // columns)
    column = (wide - _GUTTER * (columns - 1)) / columns
    for place in range(columns):
        part = page.red[place * half : (place + 1) * half]
        draw_rows(paper, MARGIN + place * (column + _GUTTER), page.top, column, height, part, largest=first)
