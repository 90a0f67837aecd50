"""Collects the texts of a value that will be drawn, so that the fonts can be cut to hold them."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass

PUNCTUATION = "年月日时分…：·。×"
"""Characters that prints add to the texts of their values: in days, between fields, and where one is cut."""


def texts_of(value: object) -> Iterator[str]:
    """Yield every text within a frozen dataclass, however deep in tuples and other dataclasses."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from texts_of(part)
    elif is_dataclass(value):
        for field in fields(value):
            yield from texts_of(getattr(value, field.name))
