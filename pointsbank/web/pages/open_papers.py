"""What hangs on the wall, on the public board: each notice and each correction, group by group."""

from typing import NamedTuple

from flask import Response, render_template, request

from pointsbank import disclosure
from pointsbank.disclosure.hanging import Chapter, PaperInFull
from pointsbank.web import access, open_pages
from pointsbank.web.access import PUBLIC
from pointsbank.web.page import Page

page = Page()

_TOGETHER = 100
"""Households that stand on one page; a notice with more of them has a page for each group."""


class Part(NamedTuple):
    """What of a paper stands on one page: chapters, which group (0 for all), which page of how many."""

    chapters: tuple[Chapter, ...]
    group: int
    page: int
    pages: int


@page.get("/open/<village>/notices/<notice>", PUBLIC)
def open_notice(village: str, notice: str) -> Response:
    """Show a notice while it hangs.

    Raises:
        PageUnknown: no notice has an address like that, or this one has no such group or page.
    """
    with access.database().reading() as session:
        place = open_pages.place_of(session, village)
        if not notice.isprintable():
            raise access.PageUnknown()
        found = disclosure.notice_in_full(session, village=village, notice=notice, at=access.now())
    return open_pages.answer(
        render_template("open/paper.html", village=place, found=found, part=_part(found)), households=True
    )


@page.get("/open/<village>/corrections/<score>", PUBLIC)
def open_correction(village: str, score: str) -> Response:
    """Show a correction while it hangs.

    Raises:
        PageUnknown: it has no such page.
    """
    with access.database().reading() as session:
        place = open_pages.place_of(session, village)
        found = disclosure.correction_in_full(session, village=village, score=score, at=access.now())
    return open_pages.answer(
        render_template("open/paper.html", village=place, found=found, part=_part(found)), households=True
    )


def _part(found: PaperInFull) -> Part:
    """Return what of a paper the address asks for: all of a short one, of a long one a group.

    Raises:
        PageUnknown: it has no such group or page.
    """
    if found.households <= _TOGETHER:
        return Part(found.chapters, 0, 1, 1)
    group, number = _number("group"), _number("page")
    if group > len(found.chapters):
        raise access.PageUnknown()
    chapter = found.chapters[group - 1]
    pages = -(-len(chapter.households) // _TOGETHER)
    if number > pages:
        raise access.PageUnknown()
    some = chapter.households[(number - 1) * _TOGETHER : number * _TOGETHER]
    return Part((Chapter(chapter.group, some),), group, number, pages)


def _number(name: str) -> int:
    """Return a number from 1 of the address; the first where it says none.

    Raises:
        PageUnknown: it is none.
    """
    given = request.args.get(name, "1")
    if not (given.isascii() and given.isdigit() and len(given) <= 6 and int(given) > 0):
        raise access.PageUnknown()
    return int(given)
