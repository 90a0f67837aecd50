"""The foot of a poster: how to object, the anchor with its code and digits, and the space for the seal."""

from collections.abc import Sequence

from reportlab.lib.colors import HexColor

from pointsbank.dates import day_in_words, month_in_words
from pointsbank.printing import BOLD, GREY, INK, QUIET, RED, RULE, Paper, Passage, path
from pointsbank.proof import Anchor
from pointsbank.sheets.base import CommonWords, draw_seal
from pointsbank.sheets.poster.form import Form
from pointsbank.sheets.poster.values import Poster, Words

_OBJECTION, _GAP = 21.0, 2.5
_SMALLEST_CHANNEL = 9.0
_CODE = 40.0
_EARLIER_LINE = 4.0
_WASH = HexColor("#fdf0d5")


def height(form: Form, poster: Poster) -> float:
    """Return how high the foot is in mm: on small paper each month before the third takes a line more."""
    return form.foot + (max(len(poster.earlier) - 3, 0) * _EARLIER_LINE if not form.is_large else 0)


def draw_foot(paper: Paper, form: Form, top: float, poster: Poster) -> None:
    """Draw the whole foot, as high as `height` says, with its top at `top`."""
    _objection(paper, form, top, poster)
    below = top + _OBJECTION + _GAP
    seal = 58.0 if form.is_large else 44.0
    _anchor(paper, form, below, form.wide - seal - 5, poster)
    _seal(paper, form.width - form.margin - seal, below, seal, poster)


def _objection(paper: Paper, form: Form, top: float, poster: Poster) -> None:
    wide = form.is_large
    paper.box(form.margin, top, form.wide, _OBJECTION, _WASH, radius=2)
    paper.text(form.margin + 5, top + 7.4, CommonWords.OBJECTION, size=15, weight=BOLD, ink=RED)
    right = form.margin + form.wide - 5
    x = right - (96 if wide else 78)
    size = 12.5 if wide else 10.5
    space = x - 9 - (form.margin + 5)
    _channel(paper, poster.objection_channel, space, size).draw(paper, form.margin + 5, top + 9.2)
    paper.line(x - 5, top + 4, x - 5, top + _OBJECTION - 4, ink=RULE, thickness=0.4)
    span = CommonWords.SPAN.format(
        first=day_in_words(poster.publicity_from), last=day_in_words(poster.publicity_until)
    )
    label = 21 if wide else 18
    paper.text(x, top + 8.4, CommonWords.PUBLICITY, size=size, ink=GREY)
    paper.text(x + label, top + 8.4, span, size=size, weight=BOLD, fit=right - x - label)
    if poster.hotline:
        paper.text(x, top + 17, CommonWords.HOTLINE, size=size, ink=GREY)
        fit = right - x - label
        paper.text(x + label, top + 17.4, poster.hotline, size=21, weight=BOLD, ink=RED, fit=fit)


def _channel(paper: Paper, words: str, width: float, size: float) -> Passage:
    """Set how to object, smaller where it would not stand there whole: it ends with the days of an answer."""
    for each in (size, 10.0, _SMALLEST_CHANNEL):
        channel = Passage(paper.case, words, width=width, size=each, leading=1.2)
        if channel.height <= _OBJECTION - 9.2:
            return channel
    return Passage(paper.case, words, width=width, size=_SMALLEST_CHANNEL, lines=3, leading=1.2)


def _anchor(paper: Paper, form: Form, top: float, width: float, poster: Poster) -> None:
    left = form.margin
    drawn = path(poster.anchor.code)
    quiet = QUIET * _CODE / drawn[0]
    paper.box(left, top, _CODE + 2 * quiet, _CODE + 2 * quiet, HexColor("#ffffff"))
    paper.code(left + quiet, top + quiet, _CODE, drawn)
    x = left + _CODE + 2 * quiet + 4
    space = left + width - x
    paper.text(x, top + 6.6, Words.ANCHOR, size=16, weight=BOLD)
    groups = poster.anchor.digits.split()
    lines = [groups] if form.is_large else [groups[:3], groups[3:]]
    y = top + 14.6
    for line in lines:
        size = 19.0 if form.is_large else 16.0
        paper.text(x, y, " ".join(line), size=size, weight=BOLD, fit=space)
        y += 6.6
    note = Passage(paper.case, poster.anchor_note, width=space, size=10, lines=2, ink=GREY)
    y = note.draw(paper, x, y - 4.0)
    if poster.earlier:
        y = _earlier(paper, x, y + 2.4, space, poster.earlier)
    if poster.key:
        # Never below 9 points: it takes two lines, on small paper below the code, where it is wide enough.
        at, wide = (x, space) if form.is_large else (left, width)
        y = y + 1.5 if form.is_large else max(y + 1, top + _CODE + 2 * quiet + 1)
        key = f"{Words.SIGNING_KEY} {poster.key}"
        Passage(paper.case, key, width=wide, size=9, lines=2, ink=GREY, leading=1.15).draw(paper, at, y)


def _earlier(paper: Paper, x: float, top: float, space: float, earlier: Sequence[Anchor]) -> float:
    """Draw the digits of months before; return where they end."""
    paper.line(x, top, x + space, top, ink=RULE, thickness=0.3)
    paper.text(x, top + 4.4, Words.ANCHOR_EARLIER, size=9.5, ink=GREY)
    columns = 2 if len(earlier) > 3 and space > 100 else 1
    wide, per = space / columns, -(-len(earlier) // columns)
    for place, one in enumerate(earlier):
        column, row = divmod(place, per)
        y = top + 8.8 + row * _EARLIER_LINE
        name = 17.5
        paper.text(x + column * wide, y, month_in_words(one.month), size=9, ink=GREY, fit=name - 1)
        paper.text(x + column * wide + name, y, one.digits, size=9, ink=INK)
    return top + 8.8 + per * _EARLIER_LINE - 2.5


def _seal(paper: Paper, left: float, top: float, wide: float, poster: Poster) -> None:
    middle, radius = left + wide / 2, 16.5
    draw_seal(paper, middle, top + 1, radius=radius, thickness=0.3, size=12)
    y = top + 2 * radius + 8.5
    paper.text(middle, y, poster.issued_by, size=14, weight=BOLD, align=0.5, fit=wide, upward=True)
    paper.text(middle, y + 7, day_in_words(poster.publicity_from), size=13, align=0.5, fit=wide)
