"""Reads sums that are written in one cell, with figure and unit: 合计：285.5分, 总计6户，共120分. Pure."""

import re
from typing import NamedTuple

from pointsbank.text import narrow

_UNIT = "积?分|元|户|种|项|条|人次|人|口|件|行|个|样|类|次|小时|袋|点"
_FIGURE = rf"(?:共计?|计|合计)?:?\(?([+-]?[0-9][0-9,]*(?:\.[0-9]+)?)({_UNIT})?\)?"
# A comma between figures of thousands belongs to the figure, any other parts two figures.
_BETWEEN = "[,、;。.]?"
_IN_WORDS = re.compile(
    rf".{{0,8}}(?:合计|小计|总计|共计|总和|汇总)[:=为是]{{0,2}}(?:{_FIGURE}{_BETWEEN}){{1,3}}"
)
_EACH = re.compile(_FIGURE)
_WORD = re.compile("合计|小计|总计|共计|总和|汇总")


class Stated(NamedTuple):
    """A figure that a sum says in words, without commas, and its unit; "" where it says none."""

    figure: str
    unit: str


def is_sum_in_words(tidy: str) -> bool:
    """Return whether a cell, narrow and without blanks, is a sum and says how much in the same words.

    Example:
        >>> is_sum_in_words("合计:285.5分"), is_sum_in_words("合计"), is_sum_in_words("合计超过5次加5分")
        (True, False, False)
    """
    return _IN_WORDS.fullmatch(tidy) is not None


def stated(cell: str) -> list[Stated]:
    """Return the figures that a sum in one cell says; none where the cell is no such sum.

    Example:
        >>> stated("总计：6户，共1,285.5分")
        [Stated(figure='6', unit='户'), Stated(figure='1285.5', unit='分')]
    """
    tidy = re.sub(r"\s", "", narrow(cell[:60]))
    word = _WORD.search(tidy)
    if word is None or not is_sum_in_words(tidy):
        return []
    return [
        Stated(one[1].rstrip(",").replace(",", ""), one[2] or "") for one in _EACH.finditer(tidy, word.end())
    ]
