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


def text(maximum: int) -> Callable[[str], str]:
    """Return a reader of plain text of at most `maximum` characters.

    Raises:
        CellInvalid: the cell is a date of Excel's; the reader also raises the refusals of `text.clean`.
    """
    return lambda cell: clean(_not_a_date(cell), maximum=maximum)


def code(cell: str) -> str:
    """Read a code such as 户号.

    Raises:
        CellInvalid: Excel made a date of it.
    """
    return clean_code(_not_a_date(cell))


def name(cell: str) -> str:
    """Read the name of a person, household, group or organisation.

    Raises:
        CellInvalid: Excel made a date of it.
    """
    return clean_name(_not_a_date(cell))


def points(cell: str) -> Points:
    """Read points with at most two decimals.

    Raises:
        CellInvalid: Excel made a date of it.
    """
    return parse(narrow(_not_a_date(cell)))


def whole_number_between(minimum: int, maximum: int) -> Callable[[str], int]:
    """Return a reader of counts from `minimum` to `maximum`, both included; nothing is rounded.

    Raises:
        CellInvalid: not a whole number, or out of bounds.
    """

    def read(cell: str) -> int:
        tidy = narrow(_not_a_date(cell))
        match = _WHOLE.fullmatch(tidy)
        if not match or not minimum <= int(match[1]) <= maximum:
            raise CellInvalid(reason=f"“{tidy[:30]}”不是有效的数，请填{minimum}到{maximum}之间的整数。")
        return int(match[1])

    return read


def iso_date(cell: str) -> date:
    """Read a day: 2026-09-01, 2026/9/1, 2026.9.1, 2026年9月1日, 20260901 or a date cell of Excel.

    Raises:
        CellInvalid: no such day, or not a day at all.
    """
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
    """Return a reader of one of a few words; full-width letters and letter case do not matter.

    Args:
        options: what each accepted spelling means; the first spelling of a value is shown to people.

    Raises:
        CellInvalid: none of these words.
    """
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


def _not_a_date(cell: str) -> str:
    """Refuse what Excel has turned into a date by itself."""
    if isinstance(cell, DateText):
        raise CellInvalid(reason=f"Excel把它变成了日期（{cell}），请把这一列设为“文本”格式后重新输入。")
    return cell
