"""What attachments may belong to: each kind is declared by the room whose things they are."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

Ended = Callable[[Session, str, Sequence[str]], Mapping[str, date]]
"""Takes a village and ids of owners; returns of those whose attachments are no longer needed the last day."""


@dataclass(frozen=True, slots=True)
class Owner:
    """A kind of thing that has attachments.

    Args:
        kind: one of `ATTACHMENT_OWNER`.
        maximum: attachments that one such thing has at once, >= 1.
        days: days that one stays at most, whatever becomes of its owner, 1 to 400.
        ended: which owners are over, and since when.
        media_types: what is taken.
    """

    kind: str
    maximum: int
    days: int
    ended: Ended
    media_types: tuple[str, ...] = ("image/jpeg", "image/png")


_OWNERS: dict[str, Owner] = {}


def declare(owner: Owner) -> Owner:
    """Register a kind of owner; stands in the module whose things they are.

    Example:
        OWNER = attachments.declare(Owner("claim", maximum=3, days=180, ended=_ended))
    """
    _OWNERS[owner.kind] = owner
    return owner


def owner_of(kind: str) -> Owner:
    """Return a declared kind of owner.

    Raises:
        KeyError: no room has declared it: a defect of the program.
    """
    return _OWNERS[kind]


def declared() -> list[Owner]:
    """Return the kinds of owners, by name."""
    return [_OWNERS[kind] for kind in sorted(_OWNERS)]
