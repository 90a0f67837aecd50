"""What stands on the counter: who is there, what was typed, what is in the basket."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from pointsbank import market, points, roster
from pointsbank.market import BasketLine
from pointsbank.points import Points

TOKEN_LENGTH = 27


@dataclass(frozen=True)
class TillView:
    """The household at the counter, under one scan ticket."""

    ticket: str
    typed: bool
    expires_at: datetime
    participant: roster.Participant
    balance: Points
    has_pin: bool


def looks_scanned(text: str) -> bool:
    """Whether this ends in what only a card carries: nobody types 27 random characters."""
    tail = text.strip()[-TOKEN_LENGTH:]
    return len(tail) == TOKEN_LENGTH and tail.isascii() and tail.isalnum()


def wants_search(text: str) -> bool:
    """Whether this is a name or its initials rather than a number."""
    return not looks_scanned(text) and not any(sign.isdigit() for sign in text)


def chosen(form: Mapping[str, str]) -> list[BasketLine]:
    """The lines of the basket as posted: `q-CODE` pieces at `p-CODE` points, as shown."""
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
