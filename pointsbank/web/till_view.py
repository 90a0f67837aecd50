"""What the till's pages read: what was typed, the basket."""

import re
from collections.abc import Mapping

from pointsbank import market, points, roster
from pointsbank.market import BasketLine

# The end of a scanned card, which nobody types by hand.
_SCANNED = re.compile(r"[0-9A-Za-z]{27}\s*\Z")


def wants_search(text: str) -> bool:
    """Return True if a text may be a name, its initials or a code rather than a card or its number."""
    return not _SCANNED.search(text) and roster.read_number(text) is None


def has_digits(text: str) -> bool:
    """Return True if a text may be a card number or a code with a slip in it: such attempts are kept."""
    return any(sign.isdigit() for sign in text)


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
