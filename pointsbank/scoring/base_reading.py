"""Reads what base points were given, and what is left of them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import Select, bindparam
from sqlalchemy import select as select_columns
from sqlmodel import Session, col

from pointsbank import ledger, roster
from pointsbank.database import execute
from pointsbank.ledger import HONOUR, POINTS
from pointsbank.points import Points, show
from pointsbank.prepared import fetch
from pointsbank.scoring.base_account import Move, left_of
from pointsbank.scoring.base_models import BaseGrantRow
from pointsbank.scoring.base_periods import period_in_words, period_so_far
from pointsbank.scoring.scheme_models import ItemRow


@dataclass(frozen=True, slots=True)
class BaseGrant:
    """What a participant (id) was given of a base item for a period; amounts in hundredths.

    `title` is the item's, as it was when they were given.
    """

    participant_id: str
    item_code: str
    period: str
    item_id: str
    title: str
    begins_on: date | None
    ends_on: date | None
    amount: Points
    redeemable: bool
    clears: bool
    given_at: datetime
    log_index: int
    ended_at: datetime | None
    ended_before: int | None
    taken_points: Points | None
    taken_honour: Points | None

    @property
    def key(self) -> str:
        """What names it in the ledger, as the source of its transaction."""
        return f"{self.participant_id}.{self.item_code}.{self.period}"

    @property
    def units(self) -> tuple[str, ...]:
        """The units in which it was given."""
        return (POINTS, HONOUR) if self.redeemable else (HONOUR,)


@dataclass(frozen=True, slots=True)
class BaseStanding:
    """Base points that stand, and what is left of them, in hundredths; None where nothing is taken back."""

    grant: BaseGrant
    left: Points | None

    @property
    def in_words(self) -> str:
        """As a household's file says it: 文明驾照分：本年12分，还剩9分。"""
        grant = self.grant
        rest = "" if self.left is None else f"，还剩{show(self.left)}分"
        use = "，可以兑换" if grant.redeemable else "，只计荣誉"
        return f"{grant.title}：{period_so_far(grant.period)}{show(grant.amount)}分{rest}{use}。"


class ListedGrant(NamedTuple):
    """A grant as the list has it."""

    participant_id: str
    item_code: str
    period: str
    title: str
    amount: int
    redeemable: bool
    clears: bool
    ends_on: date | None
    given_at: datetime
    ended_at: datetime | None
    taken_points: int | None
    taken_honour: int | None
    log_index: int
    code_order: str


_ITS_ITEM = ItemRow.in_village_of(BaseGrantRow) & (col(ItemRow.id) == col(BaseGrantRow.item_id))


def base_grants_query(*, village: str, groups: Collection[str] | None = None) -> Select[Any]:
    """Return the statement that selects all base points that were given (`ListedGrant`).

    Args:
        groups: only those of participants of these groups (ids); None for the whole village.

    Example:
        execute(session, scoring.base_grants_query(village="cy")).first().amount  # 1200 hundredths
    """
    given: dict[str, Any] = {
        "title": col(ItemRow.title),
        "code_order": roster.code_column(col(BaseGrantRow.participant_id), village=village),
    }
    query = (
        select_columns(*BaseGrantRow.columns_of(ListedGrant, **given))
        .select_from(BaseGrantRow)
        .join(ItemRow, _ITS_ITEM)
        .where(BaseGrantRow.in_village(village))
    )
    if groups is not None:
        query = query.where(col(BaseGrantRow.participant_id).in_(roster.ids_within(groups, village=village)))
    return query


_GRANTS = (
    select_columns(*BaseGrantRow.columns_of(BaseGrant, title=col(ItemRow.title)))
    .select_from(BaseGrantRow)
    .join(ItemRow, _ITS_ITEM)
    .order_by(col(BaseGrantRow.log_index))
)
_GRANTS_OF = _GRANTS.where(
    BaseGrantRow.in_village(bindparam("village")),
    col(BaseGrantRow.participant_id) == bindparam("participant"),
)


def read_grants(session: Session, *conditions: Any, village: str) -> list[BaseGrant]:
    """Return the grants of a village of which these conditions hold, the first one first."""
    query = _GRANTS.where(BaseGrantRow.in_village(village), *conditions)
    rows: list[Any] = list(execute(session, query))
    return [BaseGrant(*row) for row in rows]


def base_of(session: Session, *, village: str, participant: str, day: date) -> list[BaseStanding]:
    """Return the base points of a participant (id) that stand on a day, each with what is left of it.

    Example:
        scoring.base_of(session, village="cy", participant=wang.id, day=today)[0].left  # 900
    """
    found = []
    mine = {"village": village, "participant": participant}
    for grant in fetch(session, _GRANTS_OF, mine, into=BaseGrant).all():
        is_over = grant.ends_on is not None and grant.ends_on < day
        if grant.ended_at is not None or (is_over and not grant.clears):
            continue
        left = None
        if grant.clears:
            moves = moves_since(session, grant.log_index, village=village, participant=participant)
            left = left_of(grant.amount, moves, begins=grant.log_index)
        found.append(BaseStanding(grant, left))
    return found


def moves_since(
    session: Session, index: int, *, village: str, participant: str, unit: str = HONOUR
) -> Sequence[Move]:
    """Return what moved on an account after an entry, the newest first."""
    lines = ledger.lines_since(session, index, village=village, participant=participant, unit=unit)
    return [Move(one.index, one.kind, one.amount, one.reverses, one.source) for one in lines]


def named_period(title: str, period: str) -> str:
    """Return how a statement names base points of a period: 文明驾照分（2026年）."""
    return f"{title}（{period_in_words(period)}）"
