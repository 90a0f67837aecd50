"""The figures of 五公开, as far as the books know them: issued, redeemed, and what is still out.

A closed month's figures are those of its poster. They are kept: what was issued is frozen with the month, and
what was redeemed changes only when something of it comes back.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from pointsbank import boards, ledger, market, villages
from pointsbank.dates import first_day, last_day
from pointsbank.points import Points

MONTHS = 24
"""How many closed months are shown, the newest first."""


@dataclass(frozen=True, slots=True)
class OpenMonth:
    """A closed month in figures: hundredths of a point issued and redeemed, and how many pieces went."""

    month: str
    issued: Points
    redeemed: Points
    pieces: int


@dataclass(frozen=True, slots=True)
class Openness:
    """The closed months, the newest first; the points in people's hands and what the shelf is worth."""

    months: tuple[OpenMonth, ...]
    outstanding: Points
    shelf: Points


def openness(session: Session, *, village: str, at: datetime, months: int = MONTHS) -> Openness:
    """Return what was issued and redeemed in closed months, and what is still out at this moment.

    Args:
        months: how many, > 0.

    Example:
        openness(session, village="chayuan", at=now).months[0].redeemed  # 312000
    """
    closed = villages.closed_months(session, village=village)[-months:]
    return Openness(
        months=month_figures(session, village=village, months=closed[::-1]),
        outstanding=ledger.outstanding(session, village=village),
        shelf=market.shelf_value(session, village=village, at=at),
    )


def month_figures(session: Session, *, village: str, months: Sequence[str]) -> tuple[OpenMonth, ...]:
    """Return the figures of some closed months, in the order in which they are given.

    Example:
        month_figures(session, village="chayuan", months=["2026-08"])[0].issued  # 1254300
    """
    came_back = market.taken_back_so_far(session, village=village)
    return tuple(
        ledger.kept_under(
            session,
            village=village,
            about=("month in figures", month),
            version=came_back,
            make=lambda month=month: _figures(session, village, month),  # type: ignore[misc]
        )
        for month in months
    )


def _figures(session: Session, village: str, month: str) -> OpenMonth:
    """Return a closed month in figures."""
    issued = boards.issued_in(session, village=village, months=[month])
    sold = market.sales(session, village=village, first=first_day(month), last=last_day(month))
    return OpenMonth(month, issued.get(month, Points(0)), sold.total, sold.pieces)
