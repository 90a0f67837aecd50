"""Draws the book sent up: tables with lines to sign on, or as an official document with tables attached."""

from typing import BinaryIO

from pointsbank.printing import (
    BOLD,
    GREY,
    Field,
    FontSet,
    Official,
    Paper,
    draw_official,
    draw_tables,
)
from pointsbank.sheets.base import CommonWords, draw_signatures
from pointsbank.sheets.book.values import BookSheet, Words

_SHEET = (210.0, 297.0)
_FIELD = Field(left=18.0, wide=174.0, top=20.0, bottom=278.0)
_NUMBERED = "{number}、{title}。{about}"
_FIRST = 42.0
_CLOSE = 62.0


def draw(value: BookSheet, case: FontSet, out: BinaryIO) -> int:
    """Write the pages and return how many there are."""
    if value.official:
        return draw_official(_as_official(value), case, out, title=_title(value))
    paper = Paper(out, case, width=_SHEET[0], height=_SHEET[1], title=_title(value))
    page = 1

    def turn() -> None:
        nonlocal page
        paper.text(_SHEET[0] / 2, 289, f"— {page} —", size=10, ink=GREY, align=0.5)
        paper.text(_FIELD.left, 289, value.village, size=9, ink=GREY, fit=60)
        paper.turn()
        page += 1

    middle = _SHEET[0] / 2
    title = Words.TITLE.format(village=value.village)
    paper.text(middle, 26, title, size=22, weight=BOLD, align=0.5, fit=_FIELD.wide)
    paper.text(
        middle,
        34,
        " · ".join(filter(None, (value.span, value.standing))),
        size=12.5,
        ink=GREY,
        align=0.5,
        fit=_FIELD.wide,
    )
    y = draw_tables(paper, value.tables, _FIELD, _FIRST, turn, close=_CLOSE)
    if y + _CLOSE > _FIELD.bottom:
        turn()
        y = _FIELD.top
    _sign(paper, value, y)
    turn()
    paper.finish()
    return page - 1


def _title(value: BookSheet) -> str:
    return f"{Words.TITLE.format(village=value.village)} {value.span}"


def _sign(paper: Paper, value: BookSheet, top: float) -> None:
    """Draw a blank line for each office, the day, and the seal's place."""
    draw_signatures(
        paper,
        _FIELD,
        top,
        heading=Words.SIGN,
        offices=value.offices,
        issuer=CommonWords.COMMITTEE.format(village=value.village),
        made=Words.MADE.format(day=value.made_on),
    )


def _as_official(value: BookSheet) -> Official:
    """Return the book as an official document: a sentence for each table, those with rows attached."""
    numbered = [
        _NUMBERED.format(number=_chinese(place), title=one.title, about=one.about)
        for place, one in enumerate(value.tables, start=1)
    ]
    opening = Words.OPENING.format(span=value.span)
    issued_by = CommonWords.COMMITTEE.format(village=value.village)
    return Official(
        issuer=issued_by,
        number=CommonWords.NUMBER.format(year=value.year),
        title=Words.OFFICIAL_TITLE.format(span=value.span),
        addressee=str(Words.TO),
        body=(opening, *numbered, Words.CLOSING + value.standing),
        signed_by=issued_by,
        dated=value.made_on,
        seal=str(CommonWords.SEAL),
        signers=value.offices,
        attachment=str(CommonWords.ATTACHMENT),
        # The sentence in the text says that there is nothing: nobody attaches an empty page.
        tables=tuple(one for one in value.tables if one.rows),
    )


def _chinese(number: int) -> str:
    """Return a number from 1 to 19 in Chinese digits.

    Example:
        >>> _chinese(3), _chinese(10), _chinese(12)
        ('三', '十', '十二')
    """
    digits = str(Words.DIGITS)
    return digits[number - 1] if number <= 10 else f"十{digits[number - 11]}"
