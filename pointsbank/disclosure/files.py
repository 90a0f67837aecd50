"""What the public board gives away as an Excel table: prices, rules and figures, and nobody's name."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from pointsbank.dates import month_in_words
from pointsbank.disclosure.openness import openness
from pointsbank.disclosure.price_list import price_list
from pointsbank.disclosure.rules import rules
from pointsbank.points import to_decimal
from pointsbank.spreadsheets import Cell


@dataclass(frozen=True)
class OpenFile:
    """A table for everybody: its title, its headings, and what returns its rows."""

    title: str
    headings: Sequence[str]
    rows: Callable[..., Iterable[Sequence[Cell]]]


def _prices(session: Session, *, village: str, at: datetime) -> Iterable[Sequence[Cell]]:
    """Yield what points buy."""
    for one in price_list(session, village=village, at=at).offers:
        limit: Cell = one.limit_per_month or ""
        yield [one.code, one.name, one.spec, one.category, to_decimal(one.points), limit, one.left]


def _rules(session: Session, *, village: str, at: datetime) -> Iterable[Sequence[Cell]]:
    """Yield the items of the rules that may be shown."""
    found = rules(session, village=village, at=at)
    for part in found.parts if found else ():
        for line in part.lines:
            yield [part.heading, line.title, line.label, line.evidence]


def _months(session: Session, *, village: str, at: datetime) -> Iterable[Sequence[Cell]]:
    """Yield the closed months in figures."""
    for one in openness(session, village=village, at=at).months:
        yield [month_in_words(one.month), to_decimal(one.issued), to_decimal(one.redeemed), one.pieces]


FILES = {
    "prices": OpenFile("价目表", ("编号", "名称", "规格", "类别", "积分", "每户每月限量", "状态"), _prices),
    "rules": OpenFile("积分细则", ("类别", "条目", "计分", "佐证"), _rules),
    "openness": OpenFile("收支公开", ("月份", "发放积分", "兑换积分", "兑换件数"), _months),
}
"""The tables by the name of their page."""
