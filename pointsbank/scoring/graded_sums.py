"""What a period came to by category and by base points, for grades that are not given for honour."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from sqlalchemy import BigInteger, cast, func
from sqlalchemy import select as select_columns
from sqlmodel import Session, col

from pointsbank import ledger
from pointsbank.database import execute
from pointsbank.points import Points
from pointsbank.scoring.base_account import Move, left_of
from pointsbank.scoring.base_models import BaseGrantRow
from pointsbank.scoring.base_reading import BaseGrant, read_grants
from pointsbank.scoring.models import CorrectionRow, StoredScoreRow
from pointsbank.scoring.scheme_models import ItemRow
from pointsbank.scoring.superseded import CORRECTED, TAKEN_BACK_AT_ONCE
from pointsbank.scoring.values import POSTED

_COUNTED = col(StoredScoreRow.counted_points)
_ITS_ITEM = ItemRow.in_village_of(StoredScoreRow) & (col(ItemRow.id) == col(StoredScoreRow.item_id))


def category_totals(
    session: Session, *, village: str, category: str, months: Collection[str]
) -> dict[str, Points]:
    """Return what each participant's (id) posted scores of a category come to in some months, in hundredths.

    As in `month_totals`, what a closed month had and was put right later is taken back in the month of that.

    Example:
        scoring.category_totals(session, village="cy", category="环境卫生", months=["2026-09"])[wang.id]
    """
    counted = (
        select_columns(col(StoredScoreRow.participant_id), cast(func.sum(_COUNTED), BigInteger))
        .join(ItemRow, _ITS_ITEM)
        .where(
            StoredScoreRow.in_village(village),
            col(ItemRow.category) == category,
            col(StoredScoreRow.counted_in).in_(months),
            col(StoredScoreRow.status) == POSTED,
            ~TAKEN_BACK_AT_ONCE,
        )
        .group_by(col(StoredScoreRow.participant_id))
    )
    back = (
        select_columns(col(StoredScoreRow.participant_id), cast(func.sum(_COUNTED), BigInteger))
        .join(ItemRow, _ITS_ITEM)
        .join(
            CorrectionRow,
            CorrectionRow.in_village_of(StoredScoreRow)
            & (col(CorrectionRow.corrects) == col(StoredScoreRow.id)),
        )
        .where(
            StoredScoreRow.in_village(village),
            col(ItemRow.category) == category,
            col(CorrectionRow.taken_back_in).in_(months),
            col(StoredScoreRow.counted_in) != col(CorrectionRow.taken_back_in),
        )
        .group_by(col(StoredScoreRow.participant_id))
    )
    totals: dict[str, int] = defaultdict(int)
    won: list[Any] = list(execute(session, counted))
    for participant, amount in won:
        totals[participant] += int(amount)
    lost: list[Any] = list(execute(session, back))
    for participant, amount in lost:
        totals[participant] -= int(amount)
    return {participant: Points(amount) for participant, amount in totals.items()}


def stars_won(session: Session, *, village: str, category: str, months: Collection[str]) -> dict[str, int]:
    """Return for how many different items of a category each participant (id) got points in some months.

    Each item is a criterion, and a star: 十星 are ten of them. What was put right counts as it is now.

    Example:
        scoring.stars_won(session, village="cy", category="十星", months=["2026-09"])  # {"7qk…": 8}
    """
    query = (
        select_columns(
            col(StoredScoreRow.participant_id), func.count(func.distinct(col(StoredScoreRow.item_code)))
        )
        .join(ItemRow, _ITS_ITEM)
        .where(
            StoredScoreRow.in_village(village),
            col(ItemRow.category) == category,
            col(StoredScoreRow.counted_in).in_(months),
            col(StoredScoreRow.status) == POSTED,
            _COUNTED > 0,
            ~CORRECTED,
        )
        .group_by(col(StoredScoreRow.participant_id))
    )
    rows: list[Any] = list(execute(session, query))
    return {participant: int(number) for participant, number in rows}


def base_given(session: Session, *, village: str, first: date, last: date) -> dict[str, Points]:
    """Return the base points that stood at some time from one day to another, by participant (id).

    Example:
        scoring.base_given(session, village="cy", first=first, last=last)  # {"7qk…": 100000} hundredths
    """
    totals: dict[str, int] = defaultdict(int)
    for grant in _standing(session, village, first, last):
        totals[grant.participant_id] += grant.amount
    return {participant: Points(amount) for participant, amount in totals.items()}


def base_left(session: Session, *, village: str, first: date, last: date) -> Mapping[str, Points]:
    """Return what is left of base points that stood from one day to another, by participant (id).

    Of a period that is over it is what was left when its rest was taken back.

    Example:
        scoring.base_left(session, village="cy", first=first, last=last)  # {"7qk…": 900} hundredths
    """
    totals: dict[str, int] = defaultdict(int)
    grants = _standing(session, village, first, last)
    if not grants:
        return {}
    since = min(grant.log_index for grant in grants)
    moved = ledger.transfers_since(session, since, village=village, unit=ledger.HONOUR)
    for grant in grants:
        moves = [
            Move(
                one.log_index,
                one.kind,
                one.amount,
                one.reverses,
                (one.source_kind, one.source_id) if one.source_kind and one.source_id else None,
            )
            for one in moved.get(grant.participant_id, ())
            if one.log_index > grant.log_index
        ]
        totals[grant.participant_id] += left_of(
            grant.amount, moves, begins=grant.log_index, ends=grant.ended_before
        )
    return {participant: Points(amount) for participant, amount in totals.items()}


def _standing(session: Session, village: str, first: date, last: date) -> list[BaseGrant]:
    """Return the grants of which a day lies between these, both included."""
    begins, ends = col(BaseGrantRow.begins_on), col(BaseGrantRow.ends_on)
    return read_grants(
        session,
        begins.is_(None) | (begins <= last),
        ends.is_(None) | (ends >= first),
        village=village,
    )
