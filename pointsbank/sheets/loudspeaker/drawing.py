"""Draws the text in large letters, a sentence a line, below what the reader must know."""

from typing import BinaryIO

from pointsbank.dates import month_in_words
from pointsbank.printing import BOLD, GREY, HAIR, INK, FontSet, Paper, Passage
from pointsbank.sheets.base import CommonWords
from pointsbank.sheets.loudspeaker.values import Loudspeaker, Words

_WIDTH, _HEIGHT = 210.0, 297.0
_MARGIN, _TOP, _BOTTOM = 20.0, 22.0, 278.0
_WIDE = _WIDTH - 2 * _MARGIN
_SIZE, _LEADING, _GAP = 18, 1.5, 2.6


def draw(value: Loudspeaker, case: FontSet, out: BinaryIO) -> int:
    """Write the text; what finds no space goes on on a further page."""
    title = f"{Words.TITLE} {month_in_words(value.month)}"
    paper = Paper(out, case, width=_WIDTH, height=_HEIGHT, title=title)
    pages = _pages(value, case)
    for page, passages in enumerate(pages, start=1):
        y = _head(paper, value) if page == 1 else _TOP
        for passage in passages:
            y = passage.draw(paper, _MARGIN, y) + _GAP
        foot = CommonWords.PAGE.format(page=page, pages=len(pages))
        paper.text(_WIDTH - _MARGIN, 287, foot, size=10, ink=GREY, align=1)
        paper.turn()
    paper.finish()
    return len(pages)


def _pages(value: Loudspeaker, case: FontSet) -> list[list[Passage]]:
    """Return the sentences of each page."""
    pages, space = [list[Passage]()], _BOTTOM - _TOP - 30
    for sentence in value.sentences:
        passage = Passage(case, sentence, width=_WIDE, size=_SIZE, leading=_LEADING)
        if passage.height + _GAP > space:
            pages.append([])
            space = _BOTTOM - _TOP
        pages[-1].append(passage)
        space -= passage.height + _GAP
    return pages


def _head(paper: Paper, value: Loudspeaker) -> float:
    """Draw the title and what the reader must know; return where the text begins, in mm."""
    paper.text(_MARGIN, _TOP + 6, f"{month_in_words(value.month)}{Words.TITLE}", size=20, weight=BOLD)
    length = Words.LENGTH.format(seconds=value.seconds, characters=value.characters)
    paper.text(_WIDTH - _MARGIN, _TOP + 6, length, size=11, ink=GREY, align=1)
    paper.text(_MARGIN, _TOP + 15, Words.ABOUT, size=11.5, ink=GREY, fit=_WIDE)
    paper.line(_MARGIN, _TOP + 20, _WIDTH - _MARGIN, _TOP + 20, ink=INK, thickness=0.4)
    paper.line(_MARGIN, _TOP + 21, _WIDTH - _MARGIN, _TOP + 21, ink=HAIR, thickness=0.2)
    return _TOP + 28
