"""Shares sections out over pages: no heading stands alone, and each is repeated where its section goes on."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

_ROUNDING = 0.01
Draw = Callable[[float, float], None]
"""Draws one line: its top and how high it may be, in mm."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a section: its least height in mm, and what draws it."""

    height: float
    draw: Draw


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and the lines below it.

    Args:
        gap: room behind the last line, in mm; none is needed at the end of a page.
        stretches: its lines take what room is left.
        together: it begins a page of its own rather than be parted, where one page holds it.
    """

    heading: float
    draw_heading: Draw
    lines: Sequence[Line]
    gap: float = 4.0
    stretches: bool = False
    together: bool = False

    @property
    def height(self) -> float:
        """How high the heading and all lines are."""
        return self.heading + sum(line.height for line in self.lines)


def height(sections: Sequence[Section]) -> float:
    """Return how high these sections are below each other, in mm."""
    return sum(section.height + section.gap for section in sections) - (sections[-1].gap if sections else 0)


def _spare(sections: Sequence[Section], space: float) -> float:
    """Return by how much a stretching line may grow, in mm, until the first page is full."""
    whole = sections
    while whole and height(whole) > space + _ROUNDING:
        if not whole[-1].together:
            return 0.0
        whole = whole[:-1]
    stretching = sum(len(section.lines) for section in whole if section.stretches)
    return max(space - height(whole), 0.0) / stretching if stretching else 0.0


@dataclass(frozen=True, slots=True)
class Placed:
    """What stands on a page, from where, and how high it may be."""

    draw: Draw
    top: float
    height: float


def placed(
    sections: Sequence[Section],
    *,
    first: tuple[float, float],
    other: tuple[float, float],
    added_at_most: float,
) -> list[list[Placed]]:
    """Return what stands on each page.

    Args:
        first, other: where the words of the first page and of each other one begin and end, in mm.
        added_at_most: a line of a section that stretches is at most so much higher, where the first page
            has space left: it holds all, or what follows begins a page of its own.
    """
    top, bottom = first
    added = min(_spare(sections, bottom - top), added_at_most)
    pages: list[list[Placed]] = [[]]
    y = top
    for section in sections:
        begun = False
        parted = y + section.height > bottom + _ROUNDING
        if section.together and parted and pages[-1] and section.height <= other[1] - other[0]:
            pages.append([])
            y, bottom = other
        for line in section.lines:
            tall = line.height + (added if section.stretches else 0)
            needed = tall + (0 if begun else section.heading)
            # A line that is higher than a page stands on one all the same: nothing is left out.
            if y + needed > bottom + _ROUNDING and pages[-1]:
                pages.append([])
                y, bottom = other
                begun = False
            if not begun:
                pages[-1].append(Placed(section.draw_heading, y, section.heading))
                y += section.heading
                begun = True
            pages[-1].append(Placed(line.draw, y, tall))
            y += tall
        y += section.gap
    return pages
