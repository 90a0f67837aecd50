"""Draws a notice of scores: A4, as many pages as it takes, each with its head and its number."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import BinaryIO, Protocol

from pointsbank.printing import FontSet, Paper, starts
from pointsbank.publicity import PublicEntry
from pointsbank.sheets.notice import as_official, frame
from pointsbank.sheets.notice.entry_rows import entry_rows
from pointsbank.sheets.notice.household_rows import household_rows
from pointsbank.sheets.notice.values import Notice, Words


class _Rows(Protocol):
    """The lines between head and foot, however they are laid out; lengths in mm."""

    @property
    def head(self) -> float: ...

    @property
    def heights(self) -> Sequence[float]: ...

    @property
    def heads(self) -> Sequence[bool]: ...

    def draw(self, paper: Paper, top: float, start: int, end: int) -> float: ...


def draw(notice: Notice, case: FontSet, out: BinaryIO, *, intro: str = "") -> int:
    """Write the notice; the last page of each copy carries lines, how to object, and the seal's place.

    Args:
        intro: what stands above the lines, where it is not what every notice says.
    """
    intro = intro or (Words.POSTED if notice.is_posted else Words.INTRO)
    if notice.official:
        return as_official.draw(notice, case, out, intro=intro)
    paper = Paper(out, case, width=frame.SIZE[0], height=frame.SIZE[1], title=notice.title)
    pages = sum(_copy(paper, copy, group, intro) for copy, group in _copies(notice))
    paper.finish()
    return pages


def _copies(notice: Notice) -> Iterator[tuple[Notice, str]]:
    """Yield what hangs as one: the whole notice, or what concerns a group, with the group's name."""
    groups: dict[str, list[PublicEntry]] = {}
    for entry in notice.entries:
        groups.setdefault(entry.group, []).append(entry)
    if not notice.apart or not groups:
        yield notice, ""
        return
    for group, entries in groups.items():
        yield replace(notice, entries=tuple(entries)), group


def _copy(paper: Paper, notice: Notice, group: str, intro: str) -> int:
    rows: _Rows = (
        entry_rows(paper.case, notice.entries)
        if notice.by_entry
        else household_rows(paper.case, notice.entries, grouped=not notice.apart)
    )
    pages = starts(
        rows.heights,
        first=frame.BOTTOM - frame.FIRST_TOP - rows.head,
        other=frame.BOTTOM - frame.TOP - rows.head,
        close=frame.CLOSE + 6,
        heads=rows.heads,
    )
    for page, (start, end) in enumerate(pages, start=1):
        top = (
            frame.first_head(paper, notice, group, intro)
            if page == 1
            else frame.running_head(paper, notice, group)
        )
        bottom = rows.draw(paper, top, start, end)
        if page == len(pages):
            frame.close(paper, max(bottom + 6, frame.SIZE[1] - 17 - frame.CLOSE), notice)
        frame.foot(paper, notice, page, len(pages))
        paper.turn()
    return len(pages)
