"""Draws the poster: shares its entries out over pages, then draws each page."""

from dataclasses import dataclass
from typing import BinaryIO

from pointsbank.printing import GREY, FontSet, Paper, Passage
from pointsbank.publicity import BlackPlace
from pointsbank.sheets.poster import black_board, group_bars, red_board
from pointsbank.sheets.poster.black_board import black_height, draw_black
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
from pointsbank.sheets.poster.values import GroupBar, Poster, RedEntry

_SHEET = (297.0, 420.0)
_GUTTER = 11.0
_BARS = 92.0
_BLACK_AT_MOST = 78.0
_FOOT_LINE = 13.0


@dataclass(frozen=True, slots=True)
class _Page:
    """What stands on one page, and where its boards begin and end."""

    top: float
    bottom: float
    red: tuple[RedEntry, ...]
    groups: tuple[GroupBar, ...]
    black: tuple[BlackPlace, ...] | None


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


def _width() -> float:
    return _SHEET[0] - 2 * MARGIN


def _pages(paper: Paper, poster: Poster) -> list[_Page]:
    """Share the entries out over as many pages as they need."""
    top = BAND + FIGURES + (18 if poster.basis else 9)
    first = _filled(paper, top, _SHEET[1] - _FOOT_LINE - FOOT - 5, poster.red, poster.groups, poster.black)
    pages = [first]
    red, groups, black = poster.red, poster.groups, poster.black or ()
    while True:
        last = pages[-1]
        red, groups, black = red[len(last.red) :], groups[len(last.groups) :], black[len(last.black or ()) :]
        if not (red or groups or black):
            return pages
        bottom = _SHEET[1] - _FOOT_LINE - 4
        pages.append(_filled(paper, SLIM_BAND + 10, bottom, red, groups, black or None))


def _filled(
    paper: Paper,
    top: float,
    bottom: float,
    red: tuple[RedEntry, ...],
    groups: tuple[GroupBar, ...],
    black: tuple[BlackPlace, ...] | None,
) -> _Page:
    """One page with as many of the entries as it holds."""
    here = black and _black_that_fits(paper, black, _black_limit(bottom - top, red, groups))
    space = bottom - top - (_black_height(paper, here) if here is not None else 0)
    columns = 1 if groups else 2
    red_count = red_board.rows_that_fit(space) * columns
    return _Page(top, bottom, red[:red_count], groups[: group_bars.rows_that_fit(space)], here)


def _black_limit(height: float, red: tuple[RedEntry, ...], groups: tuple[GroupBar, ...]) -> float:
    if groups:
        return _BLACK_AT_MOST
    return max(height - red_board.height_of(-(-len(red) // 2)) - 5, _BLACK_AT_MOST)


def _black_that_fits(paper: Paper, black: tuple[BlackPlace, ...], height: float) -> tuple[BlackPlace, ...]:
    count = 0
    space = height - black_board.HEADING
    for tall in black_board.rows_height(paper, black, _width()):
        space -= tall
        if space < 0:
            break
        count += 2
    return black[:count]


def _black_height(paper: Paper, black: tuple[BlackPlace, ...]) -> float:
    return black_height(paper, black, _width()) + 4


def _draw(paper: Paper, poster: Poster, page: _Page, *, first: bool) -> None:
    if first:
        draw_masthead(paper, poster)
        draw_figures(paper, BAND + 3, poster.figures)
        if poster.basis:
            basis = Passage.cut(paper.case, poster.basis, width=_width(), size=12, lines=1, ink=GREY)
            basis.draw(paper, MARGIN, BAND + FIGURES + 6.5)
        draw_foot(paper, _SHEET[1] - _FOOT_LINE - FOOT, poster)
    else:
        draw_slim_band(paper, poster)
    bottom = page.bottom
    if page.black is not None:
        alone = not (first or page.red or page.groups)
        bottom = page.top - 4 if alone else bottom - _black_height(paper, page.black)
        draw_black(paper, MARGIN, bottom + 4, _width(), page.black)
    if page.groups:
        _groups(paper, poster, page, bottom - page.top, beside=bool(page.red) or first)
    if page.red or first:
        _red(paper, page, bottom - page.top, first=first)


def _groups(paper: Paper, poster: Poster, page: _Page, height: float, *, beside: bool) -> None:
    wide = _BARS if beside else _width()
    draw_groups(paper, MARGIN + _width() - wide, page.top, wide, height, page.groups, poster.group_measure)


def _red(paper: Paper, page: _Page, height: float, *, first: bool) -> None:
    """The red board: beside the groups, or in two columns over the whole width where it stands alone."""
    wide = _width() - (_BARS + _GUTTER if page.groups else 0)
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
