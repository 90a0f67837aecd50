"""Ink only: frozen values in, PDF bytes out. Knows no database, no capability, and no clock."""

from pointsbank.printing.cards import cards_pdf
from pointsbank.printing.fonts import Fonts, GlyphsMissing
from pointsbank.printing.notices import notice_pdf
from pointsbank.printing.posters import poster_pdf
from pointsbank.printing.qr import CodeTooLong, fits
from pointsbank.printing.receipts import receipt_pdf
from pointsbank.printing.values import (
    AnchorPrint,
    BlackEntry,
    CardFace,
    EarlierAnchor,
    GroupBar,
    MonthFigures,
    NoticeLine,
    NoticeSheet,
    Poster,
    Receipt,
    ReceiptLine,
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
    "NoticeLine",
    "NoticeSheet",
    "Poster",
    "Receipt",
    "ReceiptLine",
    "RedEntry",
    "cards_pdf",
    "fits",
    "notice_pdf",
    "poster_pdf",
    "receipt_pdf",
]
