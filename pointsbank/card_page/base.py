"""What a section of the card's page is: its place, its title, and how to find out what stands in it."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Section:
    """One section of the page.

    Args:
        name: lower-case ASCII, as its template `mine/sections/NAME.html` and its place on the page are named.
        title: Chinese, a few characters; stands above it.
        position: where it stands: the smallest first.
        gather: `gather(session, *, visit, at)` returns frozen values about the household of the visit; None
            where the section is not shown.
    """

    name: str
    title: str
    position: int
    gather: Callable[..., object | None]
