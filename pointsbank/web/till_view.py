"""What the till's pages show and read: the scanned household, what was typed, the basket."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from pointsbank import market, points, roster
from pointsbank.market import BasketLine
from pointsbank.points import Points

TOKEN_LENGTH = 27


@dataclass(frozen=True)
class TillView:
    """The scanned household with its balance, under one scan ticket."""

    ticket: str
    typed: bool
    expires_at: datetime
    participant: roster.Participant
    balance: Points
    has_pin: bool


def is_scanned(text: str) -> bool:
    """Return True if a text ends in a card's token: 27 letters and digits, which nobody types by hand."""
    tail = text.strip()[-TOKEN_LENGTH:]
    return len(tail) == TOKEN_LENGTH and tail.isascii() and tail.isalnum()


def wants_search(text: str) -> bool:
    """Return True if a text is a name or its initials rather than a number or a card."""
    return not is_scanned(text) and not any(sign.isdigit() for sign in text)


def chosen(form: Mapping[str, str]) -> list[BasketLine]:
    """Read the basket from a posted form: `q-CODE` pieces of goods at `p-CODE` points each, as shown.

    Raises:
        BasketInvalid: no goods were chosen.
        QuantityInvalid: a quantity is no whole number of at most six digits.
        PointsInvalid: a price is no number of points.
    """
    lines = []
    for name, value in form.items():
        if name.startswith("q-") and value.strip() not in ("", "0"):
            code = name.removeprefix("q-")
            lines.append(BasketLine(code, _pieces(value.strip()), points.parse(form.get(f"p-{code}", ""))))
    if not lines:
        raise market.problems.BasketInvalid()
    return lines


def _pieces(value: str) -> int:
    if not (value.isascii() and value.isdigit() and len(value) <= 6):
        raise market.problems.QuantityInvalid()
    return int(value)
