"""What a veto (一票否决) leads to: what a household is kept from, and until when. Pure: texts and days.

An item says it in two cells, 后果 and 后果期限. Villages cancel “this and next year's” redemption, or keep a
household off the board until the matter is put right (published rules of two villages, art. 17 and 29): so
the end is a length, a year's end, or open until it is lifted.
"""

import re
from collections.abc import Mapping
from datetime import date, timedelta
from functools import partial
from typing import Any

from pointsbank.errors import Invalid
from pointsbank.labels.restriction_kind import RESTRICTION_KIND
from pointsbank.scoring.item_shape import CellProblem, unreadable
from pointsbank.scoring.periods import months_later
from pointsbank.scoring.values import VETO, Item
from pointsbank.spreadsheets import Column, text

MAXIMUM_MONTHS = 60
YEAR_END, NEXT_YEAR_END = "年底", "次年年底"
_BETWEEN = re.compile(r"[、，,;；/|和及\s]+")
_MONTHS = re.compile(r"([0-9]{1,2})\s*个?月")
_YEAR_ENDS = {
    **dict.fromkeys(("年底", "当年年底", "当年", "本年", "本年度", "到年底"), YEAR_END),
    **dict.fromkeys(("次年年底", "次年", "明年年底", "当年和次年", "今明两年", "到次年年底"), NEXT_YEAR_END),
}
_UNTIL_LIFTED = ("", "解除为止", "直到解除", "整改为止")


class ConsequenceInvalid(Invalid):
    """A cell names something that a veto cannot lead to here."""

    code = "consequence_invalid"
    sentence = "看不懂后果“{given}”，请填参评、兑换、红榜、荣誉称号中的一种或几种，用顿号隔开。"


class ConsequenceEndInvalid(Invalid):
    """A cell says in no way known here when a veto's consequence ends."""

    code = "consequence_end_invalid"
    sentence = "看不懂后果期限“{given}”，请填年底、次年年底，或几个月，最多60个月；到解除为止的留空。"


COLUMNS = (
    Column(("后果", "consequence"), "consequence", False, text(100), ""),
    Column(("后果期限", "consequence_until"), "consequence_until", False, text(20), ""),
)
"""What only vetoes read of the scheme's table."""
KEYS = tuple(column.key for column in COLUMNS)


def kinds_of(consequence: str) -> tuple[str, ...]:
    """Return what a veto keeps a household from, as codes of `labels.restriction_kind`, in their order.

    Example:
        >>> kinds_of("不上红榜、兑换"), kinds_of("")
        (('redemption', 'red_board'), ())

    Raises:
        ConsequenceInvalid: it names something else.
    """
    for word in _words(consequence):
        if RESTRICTION_KIND.code(word) is None:
            raise ConsequenceInvalid(given=word[:20])
    return _kinds(consequence)


def last_day(until: str, begins_on: date) -> date | None:
    """Return the last day of a consequence that begins on a day; None where it stands until it is lifted.

    Example:
        >>> begins = date(2026, 9, 10)
        >>> last_day("3个月", begins), last_day("次年年底", begins), last_day("", begins)
        (datetime.date(2026, 12, 9), datetime.date(2027, 12, 31), None)

    Raises:
        ConsequenceEndInvalid: the cell says no end that is known here.
    """
    last = _last_day(until.strip(), begins_on)
    if last is None and until.strip() not in _UNTIL_LIFTED:
        raise ConsequenceEndInvalid(given=until[:20])
    return last


def _words(consequence: str) -> list[str]:
    """Return the words of a cell."""
    return [word for word in _BETWEEN.split(consequence) if word]


def _kinds(consequence: str) -> tuple[str, ...]:
    """Return the kinds that a cell names, in their order; what is none is passed over."""
    named = {RESTRICTION_KIND.code(word) for word in _words(consequence)}
    return tuple(kind for kind in RESTRICTION_KIND.codes if kind in named)


def _last_day(until: str, begins_on: date) -> date | None:
    """Return the last day that a cell names; None where it names none."""
    if until in _YEAR_ENDS:
        return date(begins_on.year + (_YEAR_ENDS[until] == NEXT_YEAR_END), 12, 31)
    months = _MONTHS.fullmatch(until)
    if months is None or not 1 <= int(months[1]) <= MAXIMUM_MONTHS:
        return None
    return months_later(begins_on, int(months[1])) - timedelta(days=1)


def consequence_problems(row: Mapping[str, Any]) -> list[CellProblem]:
    """Return what is wrong with the two cells of a row: only a veto has them, the second beside the first."""
    cells = (("后果", row["consequence"]), ("后果期限", row["consequence_until"]))
    if row["direction"] != VETO:
        return [(header, "只有一票否决条目才填，请留空。") for header, cell in cells if cell]
    return cells_problems(row)


def cells_problems(row: Mapping[str, Any]) -> list[CellProblem]:
    """Return what is wrong with the two cells of a row that may have them."""
    found = unreadable("后果", kinds_of, row["consequence"])
    found += unreadable("后果期限", partial(last_day, begins_on=date(2000, 1, 1)), row["consequence_until"])
    if row["consequence_until"] and not row["consequence"]:
        found.append(("后果", "填了后果期限，就要填后果：参评、兑换、红榜、荣誉称号。"))
    return found


def consequence_terms(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return the two cells of a sound row as an item keeps them."""
    return {column.key: row[column.key] for column in COLUMNS if row[column.key]}


def restricted_by(item: Item) -> tuple[str, ...]:
    """Return what a veto keeps a household from (codes); nothing for other items, and of old vetoes.

    Example:
        restricted_by(item)  # ("redemption", "red_board")
    """
    return named_in(item) if item.direction == VETO else ()


def named_in(item: Item) -> tuple[str, ...]:
    """Return what an item of any direction names as its consequence (codes).

    Example:
        named_in(item)  # ("red_board",)
    """
    return _kinds(item.terms.get("consequence", ""))


def ends_on(item: Item, begins_on: date) -> date | None:
    """Return the last day of what a veto leads to, from the day on which it begins."""
    return _last_day(item.terms.get("consequence_until", "").strip(), begins_on)


def in_words(item: Item) -> str:
    """Return what a veto leads to, as the rules page and the minutes say it.

    Example:
        in_words(item)  # "一票否决：暂停兑换、红榜，到次年年底"
    """
    kinds = "、".join(RESTRICTION_KIND.name(kind) for kind in restricted_by(item))
    if not kinds:
        return "一票否决"
    until = item.terms.get("consequence_until", "").strip()
    if until in _UNTIL_LIFTED:
        return f"一票否决：暂停{kinds}，到解除为止"
    return f"一票否决：暂停{kinds}，" + (f"到{_YEAR_ENDS[until]}" if until in _YEAR_ENDS else f"{until}内")
