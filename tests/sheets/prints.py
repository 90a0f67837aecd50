"""Prints values as the sheet of their kind does."""

import io

from pointsbank import sheets
from pointsbank.printing import Fonts
from pointsbank.sheets.base import SheetValue, example_names
from pointsbank.sheets.cards import CardFace, Cards, example

NAMES = list(example_names(10))


def printed(value: SheetValue, fonts: Fonts) -> bytes:
    """The PDF of a value."""
    [sheet] = [sheet for sheet in sheets.every() if type(sheet.example(1)) is type(value)]
    out = io.BytesIO()
    sheet.render(value, fonts=fonts, out=out)
    return out.getvalue()


def faces(count: int) -> tuple[CardFace, ...]:
    """Faces for so many households, the example's names in turn."""
    return example(count).faces


def cards_of(*chosen: CardFace, fonts: Fonts) -> bytes:
    """The sheets for these cards."""
    return printed(Cards(chosen), fonts)
