"""The head of a poster: village, month and the name of the board in gold on red, the month in figures."""

from collections.abc import Sequence

from pointsbank.law import Cleared
from pointsbank.printing import BOLD, BRIGHT, CREAM, GREY, MISSING, RED, RULE, Paper, Passage
from pointsbank.sheets.base import CommonWords
from pointsbank.sheets.poster.form import Form
from pointsbank.sheets.poster.values import Poster, Words

_NUMBER, _LABEL = 26.0, 12.0
FIGURES = 19.5
BASIS = 5.5


def title(poster: Poster) -> str:
    """Return the whole title: 茶源村2026年10月文明积分红黑榜."""
    return f"{poster.village}{poster.when}{_board_name(poster)}"


def _board_name(poster: Poster) -> str:
    # Where the village has resolved no black board, the poster does not speak of one.
    return Words.BOARD_NAME if poster.black is not None else Words.BOARD_NAME_RED_ONLY


def draw_masthead(paper: Paper, form: Form, poster: Poster) -> None:
    """Draw village and month between two gold lines, then the name of the board, very large."""
    middle, scale = form.width / 2, form.scale
    head = f"{poster.village} {poster.when}"
    # A heading in a second language stands below the Chinese one, which makes room; half of it is none.
    second = poster.second if MISSING not in poster.second else ""
    y, name_y, size = (18.5, 40, 60) if second else (18.6, 46.8, 78)
    fit = 165 * scale
    wide = paper.text(
        middle,
        y * scale + 3.2 * (1 - scale),
        head,
        size=28 * scale,
        weight=BOLD,
        ink=CREAM,
        align=0.5,
        fit=fit,
    )
    for side in (-1, 1):
        inner, outer = middle + side * (wide / 2 + 7 * scale), middle + side * (wide / 2 + 32 * scale)
        line_y = y * scale + 3.2 * (1 - scale) - 3.5 * scale
        paper.line(inner, line_y, outer, line_y, ink=BRIGHT, thickness=0.7)
    name = _board_name(poster)
    paper.text(
        middle,
        name_y * scale + 3.2 * (1 - scale),
        name,
        size=size * scale,
        weight=BOLD,
        ink=BRIGHT,
        align=0.5,
        fit=form.wide - 8,
        spread=13 * scale,
    )
    if second:
        at = 51 * scale + 3.2 * (1 - scale)
        paper.text(middle, at, second, size=20 * scale, weight=BOLD, ink=CREAM, align=0.5, fit=form.wide - 8)


def draw_further_head(paper: Paper, form: Form, poster: Poster) -> None:
    """Draw the head of every further page: the whole title and that it goes on."""
    whole_title = title(poster) + CommonWords.CONTINUED
    size = 24 * form.scale
    paper.text(
        form.width / 2,
        form.further_head - 8 * form.scale - 1,
        whole_title,
        size=size,
        weight=BOLD,
        ink=BRIGHT,
        align=0.5,
        fit=form.wide - 8,
    )


def draw_foot_line(paper: Paper, form: Form, poster: Poster, page: int, pages: int) -> None:
    """Draw the last line of a page: the whole title, and which page of how many where there are several."""
    y = form.height - 13.6
    paper.text(form.margin, y, title(poster), size=9, ink=GREY, fit=form.wide - 40)
    if pages > 1:
        count = CommonWords.PAGE.format(page=page, pages=pages)
        paper.text(form.width - form.margin, y, count, size=9, ink=GREY, align=1)


def draw_figures(
    paper: Paper, form: Form, top: float, figures: Sequence[tuple[str, str, str]], basis: Cleared
) -> None:
    """Draw the month in figures, each with its unit and its word below, and by what it was scored."""
    wide = form.wide / len(figures)
    units = max(paper.width_of(unit, size=9.5, weight=BOLD) for _, unit, _ in figures)
    widest = max(paper.width_of(number, size=_NUMBER, weight=BOLD) for number, _, _ in figures)
    size = _NUMBER * min(1, (wide - units - 4) / widest)
    label_size = _LABEL if form.is_large else 9.5
    for place, (number, unit, label) in enumerate(figures):
        left = form.margin + place * wide
        if place:
            paper.line(left, top + 3, left, top + FIGURES - 4, ink=RULE, thickness=0.3)
        middle = left + wide / 2
        digits = paper.width_of(number, size=size, weight=BOLD)
        begin = middle - (digits + 1 + paper.width_of(unit, size=9.5, weight=BOLD)) / 2
        paper.text(begin, top + 10, number, size=size, weight=BOLD, ink=RED)
        paper.text(begin + digits + 1, top + 10, unit, size=9.5, ink=GREY)
        paper.text(middle, top + 16, label, size=label_size, ink=GREY, align=0.5, fit=wide - 2)
    if basis:
        passage = Passage(paper.case, basis, width=form.wide, size=10.5, lines=1, ink=GREY, centred=True)
        passage.draw(paper, form.margin, top + FIGURES - 1.5)
