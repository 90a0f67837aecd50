"""The foot of a poster: how to object, the anchor with its code and digits, and the space for the seal."""

from collections.abc import Sequence

from reportlab.lib.colors import HexColor

from pointsbank.dates import day_in_words, month_in_words
from pointsbank.printing import BOLD, GREY, HAIR, INK, QUIET, RED, Paper, Passage, path
from pointsbank.proof import Anchor
from pointsbank.sheets.base import CommonWords, draw_seal
from pointsbank.sheets.poster.masthead import MARGIN
from pointsbank.sheets.poster.values import Poster, Words

OBJECTION = 28.0
ANCHOR = 59.0
HEIGHT = OBJECTION + 5.0 + ANCHOR

_CREAM = HexColor("#fef9ec")
_SEAL = 62.0
_CODE = 50.0


def draw_foot(paper: Paper, top: float, poster: Poster) -> None:
    """Draw the whole foot with its top at `top`."""
    _objection(paper, top, poster)
    below = top + OBJECTION + 5
    _anchor(paper, MARGIN, below, paper.width - 2 * MARGIN - _SEAL - 6, poster)
    _seal(paper, paper.width - MARGIN - _SEAL, below, poster)


def _objection(paper: Paper, top: float, poster: Poster) -> None:
    width = paper.width - 2 * MARGIN
    paper.box(MARGIN, top, width, OBJECTION, _CREAM, radius=2)
    paper.text(MARGIN + 6, top + 9.5, CommonWords.OBJECTION, size=17, weight=BOLD, ink=RED)
    channel = Passage(paper.case, poster.objection_channel, width=146, size=13, lines=2)
    channel.draw(paper, MARGIN + 6, top + 12.6)
    right = MARGIN + width - 6
    span = CommonWords.SPAN.format(
        first=day_in_words(poster.publicity_from), last=day_in_words(poster.publicity_until)
    )
    x = right - 95
    paper.line(x - 5, top + 5, x - 5, top + OBJECTION - 5, ink=HAIR, thickness=0.3)
    paper.text(x, top + 11.5, CommonWords.PUBLICITY, size=13, ink=GREY)
    paper.text(x + 21, top + 11.5, span, size=13, weight=BOLD, fit=right - x - 21)
    if poster.hotline:
        paper.text(x, top + 22.5, CommonWords.HOTLINE, size=13, ink=GREY)
        paper.text(x + 21, top + 22.8, poster.hotline, size=22, weight=BOLD, ink=RED, fit=right - x - 21)


def _anchor(paper: Paper, left: float, top: float, width: float, poster: Poster) -> None:
    drawn = path(poster.anchor.code)
    quiet = QUIET * _CODE / drawn[0]
    paper.code(left, top + quiet, _CODE, drawn)
    x = left + _CODE + max(quiet, 5) + 1
    space = left + width - x
    name = paper.text(x, top + 8, Words.ANCHOR, size=17, weight=BOLD)
    note = Passage(paper.case, Words.ANCHOR_NOTE, width=space - name - 5, size=10.5, lines=2, ink=GREY)
    note.draw(paper, x + name + 5, top + 2.2)
    paper.text(x, top + 21.5, poster.anchor.digits, size=19, weight=BOLD, fit=space)
    if poster.key:
        # Four modules of the code above stay white.
        y = top + ANCHOR + 1.2
        label = paper.text(left, y, Words.SIGNING_KEY, size=8, ink=GREY)
        paper.text(left + label + 2, y, poster.key, size=8, ink=GREY, fit=width - label - 2)
    if poster.earlier:
        _earlier(paper, x, top + 29.5, space, poster.earlier)


def _earlier(paper: Paper, x: float, top: float, space: float, earlier: Sequence[Anchor]) -> None:
    paper.line(x, top - 3.5, x + space, top - 3.5, ink=HAIR, thickness=0.3)
    paper.text(x, top + 1.5, Words.ANCHOR_EARLIER, size=10.5, ink=GREY)
    columns = 1 if len(earlier) <= 4 else 2
    wide = space / columns
    size = 11.5 if columns == 1 else 8
    line = 5.4 if columns == 1 else 4.3
    per = -(-len(earlier) // columns)
    for place, one in enumerate(earlier):
        column, row = divmod(place, per)
        y = top + 7.5 + row * line
        name = 24 if columns == 1 else 17
        paper.text(x + column * wide, y, month_in_words(one.month), size=size, ink=GREY, fit=name - 1)
        paper.text(x + column * wide + name, y, one.digits, size=size, ink=INK, fit=wide - name - 3)


def _seal(paper: Paper, left: float, top: float, poster: Poster) -> None:
    middle = left + _SEAL / 2
    draw_seal(paper, middle, top + 1, radius=20, thickness=0.3, size=12)
    paper.text(middle, top + 49.5, poster.issued_by, size=15, weight=BOLD, align=0.5, fit=_SEAL)
    paper.text(middle, top + 57.5, day_in_words(poster.publicity_from), size=14, align=0.5, fit=_SEAL)
