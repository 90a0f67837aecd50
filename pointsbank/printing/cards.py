"""Sheets of household cards: A4, ten a sheet, with crop marks."""

from collections.abc import Sequence
from typing import BinaryIO

from pointsbank.printing.fonts import Fonts
from pointsbank.printing.values import CardFace


def cards_pdf(faces: Sequence[CardFace], *, fonts: Fonts, out: BinaryIO) -> int:
    """Write the sheets for these cards and say how many there are."""
    raise NotImplementedError
