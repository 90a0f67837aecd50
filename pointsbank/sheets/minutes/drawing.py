"""Draws the minutes of a meeting: what is known of it, what came of it, and where to sign."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from pointsbank.dates import day_in_words
from pointsbank.printing import (
    BOLD,
    GREY,
    HAIR,
    INK,
    RED,
    FontSet,
    Official,
    Paper,
    Passage,
    draw_official,
)
from pointsbank.sheets.base import CommonWords, draw_seal
from pointsbank.sheets.minutes.values import MinutesSheet, Words

_SHEET = (210.0, 297.0)
_MARGIN, _TOP, _BOTTOM = 20.0, 22.0, 276.0
_WIDE = _SHEET[0] - 2 * _MARGIN
_LABEL = 24.0
_SIZE = 11.5
_GAP = 1.8
_SIGN, _SEAL = 13.0, 46.0
_ALONG = 4
"""Paragraphs that go along to the signatures' page at most."""
_LABELLED = "{label}：{words}"
_PIECE = 400
"""Characters of a paragraph that are set as one: a longer one may go on on the next page."""


@dataclass(frozen=True, slots=True)
class _Block:
    """Words in the column beside the labels; the first of a part has its label."""

    label: str
    words: Passage

    @property
    def height(self) -> float:
        """In mm, with the gap below it."""
        return self.words.height + _GAP


def draw(value: MinutesSheet, case: FontSet, out: BinaryIO) -> int:
    """Write the minutes; the last page ends with lines to sign on and the place of the seal."""
    if value.official:
        title = f"{value.title} {value.number}"
        return draw_official(_as_official(value), case, out, title=title)
    paper = Paper(out, case, width=_SHEET[0], height=_SHEET[1], title=f"{value.title} {value.number}")
    blocks = [_block(case, label, words) for label, words in _parts(value)]
    signing = (len(value.present) + 2) // 2 * _SIGN + _SEAL + 10
    pages = _pages(blocks, first=_BOTTOM - _TOP - 22, other=_BOTTOM - _TOP, last=signing)
    for page, some in enumerate(pages, start=1):
        y = _head(paper, value) if page == 1 else _TOP
        for block in some:
            if block.label:
                paper.text(_MARGIN, y + 4.2, block.label, size=_SIZE, weight=BOLD, ink=GREY, fit=_LABEL - 3)
            y = block.words.draw(paper, _MARGIN + _LABEL, y) + _GAP
        if page == len(pages):
            _sign(paper, max(y + 6, _BOTTOM - signing), value)
        foot = CommonWords.PAGE.format(page=page, pages=len(pages))
        paper.text(_MARGIN, 287, f"{value.village} · {Words.KEPT}", size=9, ink=GREY, fit=120)
        paper.text(_SHEET[0] - _MARGIN, 287, foot, size=9, ink=GREY, align=1)
        paper.turn()
    paper.finish()
    return len(pages)


def _parts(value: MinutesSheet) -> Iterator[tuple[str, str]]:
    """Yield the paragraphs in their order, each with the label that stands before it."""
    recused = [
        Words.RECUSALS.format(name=one.name, households="、".join(one.households)) for one in value.recusals
    ]
    agenda = [
        f"{number}. {words}\n{outcome or Words.WITHOUT_OUTCOME}"
        for number, (words, outcome) in enumerate(value.agenda, start=1)
    ]
    parts: tuple[tuple[str, Sequence[str]], ...] = (
        *((label, [words]) for label, words in value.known),
        (Words.RECUSED, recused),
        (Words.AGENDA, agenda),
        (Words.MARKS, value.marks),
        (Words.RESULT, [value.result]),
        (Words.TEXT, [value.text]),
        (Words.NOTES, value.notes),
    )
    for label, paragraphs in parts:
        lines = [line for words in paragraphs for line in words.splitlines() if line]
        pieces = [line[at : at + _PIECE] for line in lines for at in range(0, len(line), _PIECE)]
        for place, words in enumerate(pieces):
            yield ("" if place else str(label)), words


def _as_official(value: MinutesSheet) -> Official:
    """Return the minutes as an official document: each part a paragraph, who sat signs at the end."""
    body, label = list[str](), ""
    for own, words in _parts(value):
        # A part of several paragraphs has its label before the first.
        label, new = own or label, bool(own)
        body.append(_LABELLED.format(label=label, words=words) if new else words)
    issued_by = CommonWords.COMMITTEE.format(village=value.village)
    return Official(
        issuer=issued_by,
        number=value.number or str(Words.DRAFT),
        title=Words.OFFICIAL_TITLE.format(title=value.title),
        addressee="",
        body=tuple(body),
        signed_by=issued_by,
        dated=day_in_words(value.held_on),
        seal=str(CommonWords.SEAL),
        signers=(*value.present, str(Words.RECORDER)),
        in_pairs=True,
    )


def _block(case: FontSet, label: str, words: str) -> _Block:
    return _Block(label, Passage(case, words, width=_WIDE - _LABEL, size=_SIZE, leading=1.45))


def _pages(blocks: Sequence[_Block], *, first: float, other: float, last: float) -> list[list[_Block]]:
    """Return which blocks stand on which page; the last one keeps so much room at its end, in mm."""
    pages, page, space = list[list[_Block]](), list[_Block](), first
    for block in blocks:
        if page and block.height > space:
            pages.append(page)
            page, space = [], other
        page.append(block)
        space -= block.height
    if space >= last:
        return [*pages, page]
    # Some of the words go along: a page of signatures alone could be put behind anything.
    along, left = list[_Block](), other - last - 6
    while len(page) > 1 and len(along) < _ALONG and page[-1].height <= left:
        along.insert(0, page.pop())
        left -= along[0].height
    return [*pages, page, along]


def _head(paper: Paper, value: MinutesSheet) -> float:
    title = Words.TITLE.format(village=value.village)
    paper.text(_SHEET[0] / 2, _TOP + 6, title, size=20, weight=BOLD, align=0.5, fit=_WIDE)
    number = value.number or Words.DRAFT
    ink = GREY if value.number else RED
    paper.text(_SHEET[0] / 2, _TOP + 14, number, size=12, ink=ink, align=0.5, fit=_WIDE)
    paper.line(_MARGIN, _TOP + 18, _SHEET[0] - _MARGIN, _TOP + 18, ink=INK, thickness=0.4)
    return _TOP + 22


def _sign(paper: Paper, top: float, value: MinutesSheet) -> None:
    """Draw a line for each who sat, two beside each other, one for who wrote, and the place of the seal."""
    paper.text(_MARGIN, top + 4, Words.SIGNED, size=_SIZE, weight=BOLD, ink=GREY)
    half, y = _WIDE / 2, top + 14
    for place, name in enumerate((*value.present, Words.RECORDER)):
        x, bottom = _MARGIN + place % 2 * half, y + place // 2 * _SIGN
        wide = paper.text(x, bottom, name, size=_SIZE, fit=half / 2)
        paper.line(x + wide + 2, bottom + 1, x + half - 6, bottom + 1, ink=HAIR, thickness=0.3)
    below = y + (len(value.present) + 2) // 2 * _SIGN
    draw_seal(paper, _SHEET[0] - _MARGIN - 25, below, radius=17, thickness=0.25, size=10.5)
