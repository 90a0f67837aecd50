"""Ink only: frozen values in, PDF bytes out. Knows no database, no capability, and no clock.

What draws is loaded at the first print: fonts and paper took a fifth of every start.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from pointsbank.printing import problems
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

if TYPE_CHECKING:
    from pointsbank.printing.cards import cards_pdf
    from pointsbank.printing.fonts import Fonts
    from pointsbank.printing.notices import notice_pdf
    from pointsbank.printing.posters import poster_pdf
    from pointsbank.printing.qr import fits
    from pointsbank.printing.receipts import receipt_pdf

_DRAWN_BY = {
    "Fonts": "fonts",
    "cards_pdf": "cards",
    "fits": "qr",
    "notice_pdf": "notices",
    "poster_pdf": "posters",
    "receipt_pdf": "receipts",
}

__all__ = [
    "AnchorPrint",
    "BlackEntry",
    "CardFace",
    "EarlierAnchor",
    "Fonts",
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
    "problems",
    "receipt_pdf",
]


def __getattr__(name: str) -> Any:
    """One of the names above that draw, from the module it lives in."""
    if name not in _DRAWN_BY:
        raise AttributeError(f"printing has no {name}")
    return getattr(import_module(f"{__name__}.{_DRAWN_BY[name]}"), name)
