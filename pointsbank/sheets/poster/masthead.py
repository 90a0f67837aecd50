"""The head of a poster: the red band with the title, and the month in figures below it."""

from collections.abc import Sequence

from reportlab.lib.colors import HexColor

from pointsbank.dates import month_in_words
from pointsbank.printing import BOLD, GREY, HAIR, MISSING, RED, WHITE, Paper
from pointsbank.sheets.base import CommonWords
from pointsbank.sheets.poster.values import Poster, Words

MARGIN = 15.0
BAND = 61.0
FIGURES = 27.0
SLIM_BAND = 24.0

_DEEP = HexColor("#7f1d1d")
_GOLD = HexColor("#fcd34d")
_CREAM = HexColor("#fef3c7")


def title(poster: Poster) -> str:
    """Return the whole title: 茶源村2026年10月文明积分红黑榜."""
    return f"{poster.village}{month_in_words(poster.month)}{_board_name(poster)}"


def _board_name(poster: Poster) -> str:
    # Where the village has resolved no black board, the poster does not speak of one.
    return Words.BOARD_NAME if poster.black is not None else Words.BOARD_NAME_RED_ONLY


def draw_masthead(paper: Paper, poster: Poster) -> None:
    """Draw the red band over the whole width: village and month, then the name of the board, very large."""
    middle = paper.width / 2
    paper.box(0, 0, paper.width, BAND, RED)
    paper.box(0, BAND, paper.width, 2.2, _DEEP)
    paper.box(0, BAND - 1.2, paper.width, 1.2, _GOLD)
    head = f"{poster.village} {month_in_words(poster.month)}"
    # A heading in a second language stands below the Chinese one, which makes room; half of it is none.
    second = poster.second if MISSING not in poster.second else ""
    y, name_y, size = (15.5, 44.5, 74) if second else (18, 51, 86)
    wide = paper.text(middle, y, head, size=29, weight=BOLD, ink=_CREAM, align=0.5, fit=170, spread=2)
    for side in (-1, 1):
        inner, outer = middle + side * (wide / 2 + 8), middle + side * (wide / 2 + 34)
        paper.line(inner, y - 3.6, outer, y - 3.6, ink=_GOLD, thickness=0.7)
    name = _board_name(poster)
    paper.text(middle, name_y, name, size=size, weight=BOLD, ink=WHITE, align=0.5, fit=258, spread=14)
    if second:
        paper.text(middle, 56, second, size=20, weight=BOLD, ink=_CREAM, align=0.5, fit=240)


def draw_slim_band(paper: Paper, poster: Poster) -> None:
    """Draw the head of every further page: the whole title and that it goes on."""
    paper.box(0, 0, paper.width, SLIM_BAND, RED)
    paper.box(0, SLIM_BAND - 0.8, paper.width, 0.8, _GOLD)
    whole_title = title(poster) + CommonWords.CONTINUED
    paper.text(MARGIN, 16, whole_title, size=27, weight=BOLD, ink=WHITE, fit=paper.width - 2 * MARGIN)


def draw_foot_line(paper: Paper, poster: Poster, page: int, pages: int) -> None:
    """Draw the last line of a page: the whole title, and which page of how many where there are several."""
    y = paper.height - 7
    paper.text(MARGIN, y, title(poster), size=9, ink=GREY, fit=180)
    if pages > 1:
        count = CommonWords.PAGE.format(page=page, pages=pages)
        paper.text(paper.width - MARGIN, y, count, size=9, ink=GREY, align=1)


def draw_figures(paper: Paper, top: float, figures: Sequence[tuple[str, str, str]]) -> None:
    """Draw the month in figures: numbers in a row, large, each with its unit, and its word below."""
    wide = (paper.width - 2 * MARGIN) / len(figures)
    widest = max(paper.case.width(number, BOLD, 28) * 25.4 / 72 for number, _, _ in figures)
    size = 28 * min(1, (wide - 9) / widest)
    for place, (number, unit, label) in enumerate(figures):
        left = MARGIN + place * wide
        if place:
            paper.line(left, top + 5, left, top + FIGURES - 6, ink=HAIR, thickness=0.3)
        middle = left + wide / 2
        digits = paper.case.width(number, BOLD, size) * 25.4 / 72
        begin = middle - (digits + 5) / 2
        paper.text(begin, top + 13.5, number, size=size, weight=BOLD)
        paper.text(begin + digits + 1, top + 13.5, unit, size=11.5, ink=GREY)
        paper.text(middle, top + 21, label, size=13, ink=GREY, align=0.5)
    paper.line(MARGIN, top + FIGURES, paper.width - MARGIN, top + FIGURES, ink=HAIR, thickness=0.3)
