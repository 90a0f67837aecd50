"""How the text of one cell becomes a value; each refuses with a sentence that says what to write instead."""

import re
from collections.abc import Callable, Hashable, Mapping
from datetime import date
from typing import TypeVar

from pointsbank.errors import Invalid
from pointsbank.points import Points, parse
from pointsbank.spreadsheets.table import DateText
from pointsbank.text import clean, clean_code, clean_name, narrow

Value = TypeVar("Value", bound=Hashable)

_DATE = re.compile(r"([0-9]{4})(?:-|/|\.|年)([0-9]{1,2})(?:-|/|\.|月)([0-9]{1,2})日?( 00:00(:00)?)?")

_WHOLE = re.compile(r"\+?([0-9]{1,12})(\.0+)?")


class CellInvalid(Invalid):
    """The text of a cell cannot be read as what its column holds."""

    code = "cell_invalid"
    sentence = "{reason}"


def text(most: int) -> Callable[[str], str]:
    """A reader of plain text of at most so many characters."""
    return lambda cell: clean(_not_a_date(cell), most=most)


def code(cell: str) -> str:
    """A code such as 户号."""
    return clean_code(_not_a_date(cell))


def name(cell: str) -> str:
    """The name of a person, household, group or organisation."""
    return clean_name(_not_a_date(cell))


def points(cell: str) -> Points:
    """Points: at most two decimals."""
    return parse(narrow(_not_a_date(cell)))


def whole_number(cell: str) -> int:
    """A count: 0, 1, 2 …"""
    return _whole(cell, 0, 1_000_000_000)


def whole_number_between(least: int, most: int) -> Callable[[str], int]:
    """A reader of counts within bounds."""
    return lambda cell: _whole(cell, least, most)


def iso_date(cell: str) -> date:
    """A day: 2026-09-01, 2026/9/1, 2026.9.1, 2026年9月1日, 20260901 or a date cell of Excel."""
    tidy = narrow(cell)
    if re.fullmatch(r"[0-9]{8}", tidy):
        tidy = f"{tidy[:4]}-{tidy[4:6]}-{tidy[6:]}"
    match = _DATE.fullmatch(tidy)
    try:
        year, month, day = (int(part) for part in match.groups()[:3]) if match else (0, 0, 0)
        if not 1990 <= year <= 2099:
            raise ValueError(year)
        return date(year, month, day)
    except ValueError as error:
        raise CellInvalid(reason=f"“{tidy[:30]}”不是有效的日期，请写成 2026-09-01 这样的形式。") from error


def choice(options: Mapping[str, Value]) -> Callable[[str], Value]:
    """A reader of one of a few words."""
    known = {narrow(word).casefold(): value for word, value in options.items()}
    # One word for each value is enough to say what may be written: the first, which is the Chinese one.
    first: dict[Value, str] = {}
    for word, value in options.items():
        first.setdefault(value, word)
    listed = "、".join(first.values())

    def read(cell: str) -> Value:
        tidy = narrow(cell)
        if tidy.casefold() not in known:
            raise CellInvalid(reason=f"“{tidy[:30]}”不在可选范围内，请填：{listed}。")
        return known[tidy.casefold()]

    return read


def _whole(cell: str, least: int, most: int) -> int:
    """A whole number within bounds; nothing is rounded."""
    tidy = narrow(_not_a_date(cell))
    match = _WHOLE.fullmatch(tidy)
    if not match or not least <= int(match[1]) <= most:
        raise CellInvalid(reason=f"“{tidy[:30]}”不是有效的数，请填{least}到{most}之间的整数。")
    return int(match[1])


def _not_a_date(cell: str) -> str:
    """Refuse what Excel has turned into a date by itself."""
    if isinstance(cell, DateText):
        raise CellInvalid(reason=f"Excel把它变成了日期（{cell}），请把这一列设为“文本”格式后重新输入。")
    return cell
