"""Accounts: opened, locked, and moved in memory before anything is written."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, cast

from sqlalchemy import bindparam, insert, select
from sqlmodel import Session

from pointsbank import villages
from pointsbank.database import is_postgresql, table_of
from pointsbank.errors import NotFound, Refused
from pointsbank.ledger.constants import (
    HONOUR,
    MAY_GO_BELOW_ZERO,
    POINTS,
    UNITS,
    VILLAGE_KINDS,
    account_of,
    is_village_account,
    village_account,
)
from pointsbank.ledger.models import AccountRow, LogHeadRow
from pointsbank.points import Points, show
from pointsbank.prepared import ask, execute_many

if TYPE_CHECKING:
    from pointsbank.ledger.posting import Posting

_account = table_of(AccountRow)
_LOCK = (
    select(_account.c.id, _account.c.unit, _account.c.balance, _account.c.closed)
    .where(_account.c.village_id == bindparam("village"), _account.c.id.in_(bindparam("ids", expanding=True)))
    .order_by(_account.c.id)
    .with_for_update()
)
_INSERT = insert(_account)
_CHUNK = 500
_HELD = "accounts held"


class InsufficientPoints(Refused):
    """The account does not hold what is to be taken from it."""

    code = "insufficient_points"
    sentence = "可用积分只有 {balance} 分，需要 {amount} 分，请减少数量或换一种。"
    fixed_by = "村民"


class AccountUnknown(NotFound):
    """There is no such account in this village."""

    code = "account_unknown"
    sentence = "没有找到这个账户，请核对户号。"
    fixed_by = "村委"


class AccountClosed(Refused):
    """The household was closed: nothing is put on its accounts or taken from them any more."""

    code = "account_closed"
    sentence = "这一户已经销户，积分账户不能再变动，请到村委会核对。"
    fixed_by = "村委"


@dataclass(frozen=True, slots=True)
class AppliedPostings:
    """A transaction's posting rows, without their key, and the balances it leaves."""

    columns: list[dict[str, Any]]
    balances: Mapping[str, Points]


class LockedAccounts:
    """Locked accounts with their balances, moved line by line, to be written at the end."""

    def __init__(self) -> None:
        """Nothing is locked yet."""
        self._accounts: dict[str, Any] = {}
        self._balances: dict[str, int] = {}
        self._moved: set[str] = set()

    def __contains__(self, account: str) -> bool:
        """Whether this account is locked and known."""
        return account in self._accounts

    def load(self, rows: Iterable[Any]) -> None:
        """Add locked rows."""
        for row in rows:
            self._accounts[row.id], self._balances[row.id] = row, row.balance

    def apply(self, kind: str, lines: Sequence["Posting"]) -> AppliedPostings:
        """Apply a transaction's lines in order; raises InsufficientPoints before anything is written."""
        columns = []
        for line in lines:
            if line.amount <= 0 or line.unit not in UNITS:
                raise ValueError("a posting's amount is positive and of a known unit")
            if line.source not in self._accounts or line.destination not in self._accounts:
                raise AccountUnknown()
            if self._accounts[line.source].closed or self._accounts[line.destination].closed:
                raise AccountClosed()
            amount = (
                max(0, min(line.amount, self._balances[line.source])) if line.at_most_balance else line.amount
            )
            if amount == 0:
                continue
            self._take(kind, line.source, amount)
            self._balances[line.destination] += amount
            self._moved.update((line.source, line.destination))
            columns.append(
                {
                    "source_account_id": line.source,
                    "destination_account_id": line.destination,
                    "unit": line.unit,
                    "amount": int(amount),
                    "source_balance": self._balances[line.source],
                    "destination_balance": self._balances[line.destination],
                }
            )
        left = {
            account: Points(self._balances[account])
            for line in lines
            for account in (line.source, line.destination)
        }
        return AppliedPostings(columns, left)

    def _take(self, kind: str, account: str, amount: int) -> None:
        """Take an amount off an account, below zero only where the kind of transaction may."""
        if not self._overdraws(account) and kind not in MAY_GO_BELOW_ZERO:
            check_funds(self.balance(account), Points(amount))
        self._balances[account] -= amount

    def balance(self, account: str) -> Points:
        """Return what a locked account holds; raise AccountUnknown if it is not locked here."""
        if account not in self._balances:
            raise AccountUnknown()
        return Points(self._balances[account])

    def _overdraws(self, account: str) -> bool:
        """Whether an account may stand below zero by nature: the village's own, and honour."""
        return is_village_account(account) or self._accounts[account].unit == HONOUR

    def changes(self, village: str) -> list[dict[str, Any]]:
        """The balances to write now; a participant's points may be overdrawn only while they are."""
        moved, self._moved = sorted(self._moved), set()
        return [
            {
                "key_village": village,
                "key_account": account,
                "new_balance": self._balances[account],
                "new_may_overdraw": self._overdraws(account) or self._balances[account] < 0,
            }
            for account in moved
        ]


def lock_accounts_by_id(session: Session, ids: Iterable[str], *, village: str) -> LockedAccounts:
    """Lock accounts in ascending order and read what they hold; what this write holds is not asked for again.

    Nobody else moves an account that is locked, and all movements of ours go through these books.
    """
    held = session.info.setdefault(_HELD, {}).setdefault(village, LockedAccounts())
    wanted = sorted(id for id in ids if id not in held)
    for start in range(0, len(wanted), _CHUNK):
        held.load(ask(session, _LOCK, {"village": village, "ids": wanted[start : start + _CHUNK]}).all())
    return cast(LockedAccounts, held)


def check_funds(balance: Points, amount: Points) -> None:
    """Raise InsufficientPoints if `amount` is more than `balance` (both hundredths of a point)."""
    if amount > balance:
        raise InsufficientPoints(balance=show(balance), amount=show(amount))


def lock_balance(session: Session, *, village: str, participant: str) -> Points:
    """Lock a participant's account of points for this write and return its balance, in hundredths.

    Raises AccountUnknown.
    """
    account = account_of(participant, POINTS)
    return lock_accounts_by_id(session, [account], village=village).balance(account)


def forget_accounts(session: Session) -> None:
    """Read accounts anew when they are next asked for; they stay locked."""
    session.info.pop(_HELD, None)


def lock_accounts(session: Session, *, village: str, participants: Iterable[str]) -> None:
    """Lock these participants' accounts: nothing checked about them changes before this write ends."""
    if not is_postgresql(session):
        return  # BEGIN IMMEDIATE holds everybody off already.
    lock_accounts_by_id(
        session, [account_of(p, unit) for p in participants for unit in UNITS], village=village
    )


def open_accounts(session: Session, *, village: str, participants: Sequence[str]) -> None:
    """Give new participants their two accounts, of points and of honour."""
    rows = [
        {
            "village_id": village,
            "id": account_of(participant, unit),
            "kind": "participant",
            "unit": unit,
            "participant_id": participant,
            "balance": 0,
            "may_overdraw": unit == HONOUR,
            "closed": False,
        }
        for participant in participants
        for unit in (POINTS, HONOUR)
    ]
    execute_many(session, _INSERT, *rows)


def found_village(session: Session, *, code: str, name: str, by: str, at: datetime) -> villages.Village:
    """Found a village: its row, its settings, its own accounts and its empty log."""
    village = villages.create(session, code=code, name=name, at=at)
    rows = [
        {
            "village_id": code,
            "id": village_account(kind, unit),
            "kind": kind,
            "unit": unit,
            "participant_id": None,
            "balance": 0,
            "may_overdraw": True,
            "closed": False,
        }
        for kind in VILLAGE_KINDS
        for unit in UNITS
    ]
    execute_many(session, _INSERT, *rows)
    session.add(LogHeadRow(village_id=code))
    session.flush()
    return village
