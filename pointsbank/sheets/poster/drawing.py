"""Draws the poster: its boards flow over pages, in letters as large as the month allows."""

from collections.abc import Sequence
from functools import partial
from typing import BinaryIO

from pointsbank.printing import BOLD, DEEP, FontSet, Paper, Passage, draw_ground
from pointsbank.sheets.poster import black_board, grade_counts, group_chart, red_board
from pointsbank.sheets.poster.flow import Line, Placed, Section, height, placed
from pointsbank.sheets.poster.foot import draw_foot
from pointsbank.sheets.poster.foot import height as foot_height
from pointsbank.sheets.poster.form import A3, A4, Form
from pointsbank.sheets.poster.masthead import (
    BASIS,
    FIGURES,
    draw_figures,
    draw_foot_line,
    draw_further_head,
    draw_masthead,
    title,
)
from pointsbank.sheets.poster.values import Poster

_ADDED = 16.0
"""Millimetres by which a row of the red board grows at most where a page has room left."""


def draw(poster: Poster, case: FontSet, out: BinaryIO) -> int:
    """Write the month's poster; entries that find no room on the first page go on further ones."""
    form = A4 if poster.on_a4 else A3
    paper = Paper(out, case, width=form.width, height=form.height, title=title(poster))
    pages = _pages(paper, form, poster)
    for number, page in enumerate(pages, start=1):
        draw_ground(paper, head=form.head if number == 1 else form.further_head)
        if number == 1:
            draw_masthead(paper, form, poster)
        else:
            draw_further_head(paper, form, poster)
        for one in page:
            one.draw(one.top, one.height)
        if number == (1 if form.foot_first else len(pages)):
            draw_foot(paper, form, form.bottom - foot_height(form, poster), poster)
        draw_foot_line(paper, form, poster, number, len(pages))
        paper.turn()
    paper.finish()
    return len(pages)


def _pages(paper: Paper, form: Form, poster: Poster) -> list[list[Placed]]:
    """Return what stands on each page; the red board is as large as it may be for all to stand on one."""
    first = form.head + 2.5, form.bottom - (foot_height(form, poster) + 1.5 if form.foot_first else 0)
    other = form.further_head + 5, form.bottom
    pages: list[list[Placed]] = []
    for scale in red_board.SCALES:
        pages = placed(
            _sections(paper, form, poster, scale, first[1] - first[0]),
            first=first,
            other=other,
            added_at_most=_ADDED,
        )
        # What stands below the boards on small paper has a page to itself.
        if len(pages) == 1 or not form.foot_first:
            break
    if not form.foot_first and (
        not pages[-1] or pages[-1][-1].top + pages[-1][-1].height > form.bottom - foot_height(form, poster)
    ):
        pages.append([])
    return pages


def _sections(paper: Paper, form: Form, poster: Poster, scale: float, space: float) -> Sequence[Section]:
    """Return all sections in order: where not all stand on the first page, the groups go to the next."""
    tall = FIGURES + (BASIS if poster.basis else 0)
    figures = partial(_figures, paper, form, poster)
    red = red_board.sections(paper, form, poster.red, scale if form.foot_first else 1.0, poster.empty)
    grades = [grade_counts.section(paper, form, one) for one in poster.grades]
    boards = [
        Section(0.0, _nothing, [Line(tall, figures)], gap=2.0),
        *_noted(paper, form, poster),
        *red,
        *grades,
    ]
    groups = [group_chart.section(paper, form, poster.groups)] if poster.groups else []
    black = [] if poster.black is None else [black_board.section(paper, form, poster.black)]
    on_one = height([*boards, *groups, *black]) <= space
    return [*boards, *groups, *black] if on_one else [*boards, *black, *groups]


def _figures(paper: Paper, form: Form, poster: Poster, top: float, _: float) -> None:
    draw_figures(paper, form, top, poster.figures, poster.basis)


def _noted(paper: Paper, form: Form, poster: Poster) -> list[Section]:
    """Return what is not settled yet, above the board: nothing where all is."""
    if not poster.note:
        return []
    note = Passage(paper.case, poster.note, width=form.wide - 10, size=15, weight=BOLD, ink=DEEP, leading=1.3)
    line = Line(note.height + 5, partial(_draw_note, paper, form, note))
    return [Section(0.0, _nothing, [line], gap=2.0)]


def _draw_note(paper: Paper, form: Form, note: Passage, top: float, height: float) -> None:
    paper.outline(form.margin, top, form.wide, height, ink=DEEP, thickness=0.5)
    note.draw(paper, form.margin + 5, top + 2.5)


def _nothing(_: float, __: float) -> None:
    """Draw no heading."""
