"""Ink only: frozen values in, PDF bytes out. Knows no database, no capability, and no clock."""

from pointsbank.printing.cards import cards_pdf
from pointsbank.printing.fonts import Fonts, GlyphsMissing
from pointsbank.printing.posters import poster_pdf
from pointsbank.printing.qr import CodeTooLong, fits
from pointsbank.printing.values import (
    AnchorPrint,
    BlackEntry,
    CardFace,
    EarlierAnchor,
    GroupBar,
    MonthFigures,
    Poster,
    RedEntry,
)

__all__ = [
    "AnchorPrint",
    "BlackEntry",
    "CardFace",
    "CodeTooLong",
    "EarlierAnchor",
    "Fonts",
    "GlyphsMissing",
    "GroupBar",
    "MonthFigures",
    "Poster",
    "RedEntry",
    "cards_pdf",
    "fits",
    "poster_pdf",
]
