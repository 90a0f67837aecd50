"""The poster of a month: A3, red board, black board if resolved, groups, figures, anchor, seal."""

from pointsbank.printing.fonts import Fonts
from pointsbank.printing.values import Poster


def poster_pdf(poster: Poster, *, fonts: Fonts) -> bytes:
    """Draw the month's poster."""
    raise NotImplementedError
