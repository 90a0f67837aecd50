"""What a section of the card's page is: its place, its title, and how to find out what stands in it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


def _silent(_found: Any) -> str:
    return ""


@dataclass(frozen=True)
class Section:
    """One section of the page.

    Args:
        name: lower-case ASCII, as its template `mine/sections/NAME.html` and its place on the page are named.
        title: Chinese, a few characters; stands above it.
        position: where it stands: the smallest first.
        gather: `gather(session, *, visit, at)` returns frozen values about the household of the visit; None
            where the section is not shown.
        aloud: returns what a voice says of the values, in short sentences without figures and signs
            (`spoken`); nothing where it is better looked at.
    """

    name: str
    title: str
    position: int
    gather: Callable[..., object | None]
    aloud: Callable[[Any], str] = _silent
