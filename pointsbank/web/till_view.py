"""What the till's pages carry from step to step in their address, and what was typed into them."""

import re
from collections.abc import Iterable, Mapping
from itertools import pairwise

from pointsbank import market, points, roster
from pointsbank.market import BasketLine, Goods
from pointsbank.text import narrow

# The end of a scanned card, which nobody types by hand.
_SCANNED = re.compile(r"[0-9A-Za-z]{27}\s*\Z")
_BETWEEN = re.compile(r"[\s，,、；;×xX*]+")
_KEPT = re.compile(r"(?:ticket|back|why|[qpb]-.{1,32})\Z", re.DOTALL)
_NUMBERS = ("q-", "b-")
_MAXIMUM_FIELDS = 160


def wants_search(text: str) -> bool:
    """Return True if a text may be a name, its initials or a code rather than a card or its number."""
    return not was_scanned(text) and roster.read_number(text) is None


def was_scanned(text: str) -> bool:
    """Return True if a text ends as a card's code does, so that no hand typed it."""
    return _SCANNED.search(text) is not None


def has_digits(text: str) -> bool:
    """Return True if a text may be a card number or a code with a slip in it: such attempts are kept."""
    return any(sign.isdigit() for sign in text)


def kept(values: Mapping[str, str]) -> dict[str, str]:
    """Return what the till carries on: the scan ticket, the basket, what comes back in exchange and why.

    Prices of goods that are not chosen are left out, so that an address stays short; and so is a card that
    was scanned into a field.

    Example:
        >>> kept({"ticket": "k2", "q-M01": "１", "p-M01": "40", "q-S03": "", "p-S03": "2", "csrf_token": "…"})
        {'ticket': 'k2', 'q-M01': '1', 'p-M01': '40'}
    """
    given = {
        name: narrow(value) if name[:2] in _NUMBERS else value.strip()
        for name, value in values.items()
        if _KEPT.match(name) and not was_scanned(value)
    }
    chosen_ones = {
        name[2:] for name, value in given.items() if name.startswith("q-") and value not in ("", "0")
    }
    wanted = {
        name: value
        for name, value in given.items()
        if value and (name[:2] not in ("q-", "p-") or name[2:] in chosen_ones)
    }
    return dict(list(wanted.items())[:_MAXIMUM_FIELDS])


def scanned_meanwhile(form: Mapping[str, str]) -> str | None:
    """Return the card that was scanned into a line or a number of pieces, or None."""
    typed = (value for name, value in form.items() if name == "entry" or name.startswith("q-"))
    return next((value for value in typed if was_scanned(value)), None)


def pieces_of(prefix: str, values: Mapping[str, str]) -> dict[str, str]:
    """Return what is typed for each kind of goods: `q-` for what is bought, `b-` for what comes back.

    Example:
        >>> pieces_of("q-", {"q-M01": "2", "p-M01": "40"})
        {'M01': '2'}
    """
    return {name[2:]: value for name, value in values.items() if name.startswith(prefix)}


def has_basket(values: Mapping[str, str]) -> bool:
    """Return whether goods are chosen."""
    return any(name.startswith("q-") for name in values)


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
        raise market.problems.BasketInvalid(reason=market.NOTHING_CHOSEN)
    return lines


def added(
    carried: Mapping[str, str], wanted: Mapping[str, int], goods: Mapping[str, Goods]
) -> dict[str, str]:
    """Return the fields of the basket with what was typed as a line added to it.

    Example:
        added({"q-S03": "1", "p-S03": "4"}, {"S03": 2}, shelf)  # {"q-S03": "3", "p-S03": "4"}
    """
    fields = {}
    for code, pieces in wanted.items():
        before = carried.get(f"q-{code}", "0")
        fields[f"q-{code}"] = str(int(before) + pieces) if before.isdecimal() else before
        fields[f"p-{code}"] = carried.get(f"p-{code}", points.show(goods[code].points))
    return fields


def repriced(carried: Mapping[str, str], goods: Iterable[Goods]) -> dict[str, str]:
    """Return the basket at the prices that its goods have now.

    Example:
        repriced({"q-S03": "2", "p-S03": "4"}, shelf)  # {"q-S03": "2", "p-S03": "6"}
    """
    now = {f"p-{one.code}": points.show(one.points) for one in goods}
    return {name: now.get(name, value) for name, value in carried.items()}


def pieces_back(values: Mapping[str, str]) -> dict[str, int]:
    """Read which pieces come back: `b-CODE` pieces of goods; raises QuantityInvalid.

    Example:
        >>> pieces_back({"b-S03": "2", "b-M01": "", "b-R02": "0"})
        {'S03': 2}
    """
    named = {
        name.removeprefix("b-"): narrow(value) for name, value in values.items() if name.startswith("b-")
    }
    return {code: _pieces(value) for code, value in named.items() if value not in ("", "0")}


def read_entry(text: str, goods: Iterable[Goods]) -> dict[str, int]:
    """Return the pieces of goods that a typed line means: codes or names, each with its number, or one piece.

    Raises:
        GoodsUnknown: a word is no goods' code, and stands in the name of none or of several.
        QuantityInvalid: a number of pieces is too long.

    Example:
        read_entry("M01 2 食盐", shelf)  # {"M01": 2, "S03": 1}
    """
    words = [word for word in _BETWEEN.split(narrow(text)) if word]
    codes = {one.code.casefold(): one.code for one in goods}
    names = {one.code: one.name for one in goods}
    wanted: dict[str, int] = {}
    last: str | None = None
    for word, following in pairwise([*words, ""]):
        if last is not None and word.isdecimal():
            wanted[last] += _pieces(word) - 1
            last = None
            continue
        code = codes.get(word.casefold()) or _by_name(word, names)
        wanted[code] = wanted.get(code, 0) + 1
        last = code if following.isdecimal() else None
    return wanted


def _by_name(word: str, names: Mapping[str, str]) -> str:
    """Return the one code of goods whose name has this word in it; raises GoodsUnknown."""
    found = [code for code, name in names.items() if word in name]
    exact = [code for code in found if names[code] == word]
    if len(exact or found) != 1:
        raise market.problems.GoodsUnknown(goods="".join(sign for sign in word[:32] if sign.isprintable()))
    return (exact or found)[0]


def _pieces(value: str) -> int:
    if not (value.isascii() and value.isdigit() and len(value) <= 6):
        raise market.problems.QuantityInvalid()
    return int(value)
