"""Options of a print as they are typed: on a form, on the command line, or in an address; all text."""

import re
from collections.abc import Callable, Sequence
from typing import Any

from sqlmodel import Session

from pointsbank.schemas.base import Schema
from pointsbank.schemas.fields import StrictField, Text

Choices = Callable[[Session, str], list[tuple[str, str]]]
"""From a session and a village: the values to choose from, each with its wording, the most likely first."""


class Options(Schema):
    """The base of a sheet's options."""


class OneOf(Text):
    """Something of the village, named by its id or code: a month, a notice, a sale."""

    def __init__(self, choices: Choices, *, blank: str = "", **options: Any) -> None:
        """Take what lists the values a form offers, and what choosing none of them means.

        Whether a value is right is left to the rule behind it.
        """
        super().__init__(maximum=64, **options)
        self.choices, self.blank = choices, blank


class Codes(StrictField[list[str]]):
    """Several codes: a list, or one text divided by lines, blanks, commas or 、 ."""

    default_error_messages = {  # noqa: RUF012 - read from the class
        "many": "一次最多填300个，请分几次填。",
        # Nothing named would mean everybody: that is said by leaving the option out.
        "none": "请至少填一个户号；要全部的话不填这一项。",
        "invalid": "请填户号的列表，每个户号是一段文字。",
    }

    def read(self, value: Any) -> list[str]:
        """Return the codes."""
        given = value if isinstance(value, Sequence) and not isinstance(value, str) else [value]
        if not all(isinstance(text, str) for text in given):
            raise self.make_error("invalid")
        codes = [code for text in given for code in re.split(r"[\s，,、；;]+", text) if code]
        if not codes:
            raise self.make_error("none")
        if len(codes) > 300:
            raise self.make_error("many")
        return [Text(maximum=60).deserialize(code) for code in codes]


class Households(Codes):
    """Several households, by code; people name them as they like where a page settles whom they mean."""


class ItemCodes(Codes):
    """Several items of the scheme, by code."""

    default_error_messages = {  # noqa: RUF012 - read from the class
        "many": "一次最多填300个，请少填一些。",
        "none": "请至少填一个条目编号；不填这一项就由程序来选。",
        "invalid": "请填条目编号的列表，每个编号是一段文字。",
    }


class Ticked(StrictField[bool]):
    """Chosen or not: 1 when chosen."""

    default_error_messages = {"tick": "只能填1或不填。"}  # noqa: RUF012 - read from the class

    def read(self, value: Any) -> bool:
        """Return True if it was chosen."""
        if value not in ("", "0", "1", True, False):
            raise self.make_error("tick")
        return value in ("1", True)


class Signed(Ticked):
    """Chosen or not, and a signature if chosen: only who is signed in gives one, no command line."""
