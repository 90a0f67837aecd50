"""Checks the accounts against their postings and against what an account has to be."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Set
from typing import Any

from sqlmodel import Session

from pointsbank.database import table_of
from pointsbank.ledger.constants import HONOUR, UNITS, VILLAGE_KINDS, account_of, village_account
from pointsbank.ledger.models import AccountRow
from pointsbank.raw_rows import raw_rows, unreadable


def account_faults(
    session: Session, *, village: str, balances: Mapping[str, int], ended: Set[str | None]
) -> Iterator[str]:
    """Return a sentence for each stored balance, sum, account or owner that contradicts the postings.

    `ended` are the households that the log has closed, with None for one that was erased since.
    """
    sums: dict[str, int] = defaultdict(int)
    expected = {village_account(kind, unit) for kind in VILLAGE_KINDS for unit in UNITS} | set(balances)
    known = set()
    for row in raw_rows(session, table_of(AccountRow), AccountRow.in_village(village)):
        known.add(str(row.id))
        spoiled = unreadable(row)
        if spoiled:
            yield f"账户 {row.id} 的 {'、'.join(spoiled)} 无法读取"
            continue
        if row.participant_id is not None:
            expected |= {account_of(row.participant_id, unit) for unit in UNITS}
        sums[row.unit] += row.balance
        yield from _faults(row, balances.get(row.id, 0))
        in_log = row.participant_id is not None and row.participant_id in ended
        if row.closed != in_log and not (row.closed and None in ended):
            yield f"账户 {row.id} 是否销户与日志不符"
    for unit, total in sums.items():
        if total:
            yield f"{unit} 的所有余额之和不是零"
    for missing in sorted(expected - known):
        yield f"账户 {missing} 不存在"


def _faults(row: Any, balance: int) -> Iterator[str]:
    """Return what is wrong with one account."""
    if row.balance != balance:
        yield f"账户 {row.id} 的余额与分录之和不符"
    whose = row.participant_id
    named = village_account(row.kind, row.unit) if whose is None else account_of(whose, row.unit)
    kinds = VILLAGE_KINDS if whose is None else ("participant",)
    if row.id != named or row.kind not in kinds or row.unit not in UNITS:
        yield f"账户 {row.id} 的编号与它的主人、种类或单位不符"
    if row.may_overdraw != (whose is None or row.unit == HONOUR or row.balance < 0):
        yield f"账户 {row.id} 透支或允许透支的标记不对"
