"""The closed months: when each was sealed, its code of thirty digits, and what the books moved in it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from pointsbank import dates, ledger, proof, villages
from pointsbank.disclosure.openness import OpenMonth, month_figures
from pointsbank.labels.transaction_kind import TRANSACTION_KIND
from pointsbank.points import Points
from pointsbank.proof import Anchor


@dataclass(frozen=True, slots=True)
class SealedMonth:
    """A closed month: the day on which it was sealed, its code, how many entries the log had then."""

    month: str
    closed_on: date
    digits: str
    code: str
    entries: int


@dataclass(frozen=True, slots=True)
class Moved:
    """What entries of one kind moved, in hundredths: points to spend, and honour."""

    kind: str
    points: Points
    honour: Points


@dataclass(frozen=True, slots=True)
class MonthInFull:
    """A closed month with its figures, and what the entries between its seal and the one before moved.

    `before` and `after`: the months next to it, empty where there is none.
    """

    sealed: SealedMonth
    figures: OpenMonth
    moved: tuple[Moved, ...]
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Sealed:
    """The closed months, the newest first; `damaged` says of each seal that cannot be read what befell it."""

    months: tuple[SealedMonth, ...]
    damaged: tuple[str, ...]


def sealed_months(session: Session, *, village: str) -> Sealed:
    """Return the closed months.

    Example:
        sealed_months(session, village="chayuan").months[0].digits  # "48210 00317 …"
    """
    legible, damaged = proof.legible_anchors(session, village=village)
    return Sealed(tuple(_sealed(one) for one in reversed(legible)), tuple(one.detail for one in damaged))


def month_in_full(session: Session, *, village: str, month: str) -> MonthInFull:
    """Return a closed month with what its seal says.

    Raises:
        MonthInvalid: `month` is not YYYY-MM.
        AnchorUnknown: the month is not closed.

    Example:
        month_in_full(session, village="chayuan", month="2026-08").moved[0].kind  # "加分"
    """
    anchor = proof.anchor(session, village=village, month=dates.parse_month(month))
    closed = villages.closed_months(session, village=village)
    place = closed.index(month)
    [figures] = month_figures(session, village=village, months=[month])
    return MonthInFull(
        sealed=_sealed(anchor),
        figures=figures,
        moved=_moved(anchor.fields["totals"]),
        before=closed[place - 1] if place else "",
        after=closed[place + 1] if place + 1 < len(closed) else "",
    )


def _sealed(anchor: Anchor) -> SealedMonth:
    return SealedMonth(
        month=anchor.month,
        closed_on=dates.day_of(anchor.made_at),
        digits=anchor.digits,
        code=anchor.code,
        entries=anchor.fields["size"],
    )


def _moved(totals: Mapping[str, Mapping[str, int]]) -> tuple[Moved, ...]:
    """Return what each kind of entry moved, in the order of the list of kinds."""
    order = TRANSACTION_KIND.codes
    return tuple(
        Moved(
            TRANSACTION_KIND.name(kind),
            Points(totals[kind].get(ledger.POINTS, 0)),
            Points(totals[kind].get(ledger.HONOUR, 0)),
        )
        for kind in sorted(totals, key=order.index)
    )
