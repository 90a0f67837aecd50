"""Accounts: opened, locked, and moved in memory before anything is written.

An account holds one unit of one owner, in hundredths: `<participant>.points`, `<participant>.honour`, and the
village's own, such as `market.points`. Participants' accounts are locked ascending by id, so that no two
writes wait for each other; the village's own are guarded by the log's head, at which all who post take turns.

The trick: a write keeps its `LockedAccounts` in `session.info`, one for each village. Nobody else moves an
account that is locked, so each is read once, every later check of the write is arithmetic in memory, and one
UPDATE for each account that moved ends the posting. What a refusal leaves behind there is dropped
(`forget_accounts`).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple, cast

from sqlalchemy import bindparam, insert, select
from sqlmodel import Session, col

from pointsbank import villages
from pointsbank.database import is_postgresql
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
from pointsbank.ledger.values import Posting
from pointsbank.points import Points, show
from pointsbank.prepared import Question, chunks, execute_many, fetch

LOCK_ACCOUNTS = (
    select(col(AccountRow.id), col(AccountRow.unit), col(AccountRow.balance), col(AccountRow.closed))
    .where(
        AccountRow.in_village(bindparam("village")),
        col(AccountRow.id).in_(bindparam("ids", expanding=True)),
    )
    .order_by(col(AccountRow.id))
    .with_for_update()
)
_INSERT = insert(AccountRow)
_LOCKED = "locked accounts"


class InsufficientPoints(Refused):
    """The account does not hold what is to be taken from it."""

    code = "insufficient_points"
    sentence = "可用积分只有{balance}分，需要{amount}分，请减少数量或换一种。"
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


class LockedAccount(NamedTuple):
    """An account as it was locked; `balance` in hundredths."""

    id: str
    unit: str
    balance: int
    closed: bool


@dataclass(frozen=True, slots=True)
class AppliedPostings:
    """A transaction's posting rows, without their key, and the balances it leaves, in hundredths."""

    columns: list[dict[str, Any]]
    balances: Mapping[str, Points]


class LockedAccounts:
    """The accounts that a write has locked, with their balances as the write has moved them so far."""

    def __init__(self) -> None:
        """Begin with none."""
        self._accounts: dict[str, LockedAccount] = {}
        self._balances: dict[str, int] = {}
        self._moved: set[str] = set()

    def __contains__(self, account: str) -> bool:
        """Tell whether this account is locked."""
        return account in self._accounts

    def questions(self, ids: Iterable[str], *, village: str) -> list[Question]:
        """Return what locks those of these accounts that are not locked yet; `load` takes the answers."""
        missing = sorted(id for id in ids if id not in self._accounts)
        return [
            Question(LOCK_ACCOUNTS, {"village": village, "ids": some}, LockedAccount)
            for some in chunks(missing)
        ]

    def load(self, rows: Iterable[LockedAccount]) -> None:
        """Add accounts that were locked now."""
        for row in rows:
            self._accounts[row.id], self._balances[row.id] = row, row.balance

    def apply(self, kind: str, postings: Sequence[Posting]) -> AppliedPostings:
        """Move the balances by a transaction's postings, in their order; nothing is written.

        Raises:
            ValueError: an amount is not > 0, or a unit unknown.
            AccountUnknown: an account is not locked here.
            AccountClosed: an account was closed.
            InsufficientPoints: see `check_funds`; kinds in `MAY_GO_BELOW_ZERO` and the village's own accounts
                are not checked.
        """
        columns = []
        for posting in postings:
            source, destination, amount = posting.source, posting.destination, posting.amount
            if amount <= 0 or posting.unit not in UNITS:
                raise ValueError("a posting's amount is positive and of a known unit")
            if source not in self._accounts or destination not in self._accounts:
                raise AccountUnknown()
            if self._accounts[source].closed or self._accounts[destination].closed:
                raise AccountClosed()
            if posting.at_most_balance:
                amount = Points(max(0, min(amount, self._balances[source])))
            if amount == 0:
                continue
            self._take(kind, source, amount)
            self._balances[destination] += amount
            self._moved.update((source, destination))
            columns.append(
                {
                    "source_account_id": source,
                    "destination_account_id": destination,
                    "unit": posting.unit,
                    "amount": int(amount),
                    "source_balance": self._balances[source],
                    "destination_balance": self._balances[destination],
                }
            )
        left = {
            account: Points(self._balances[account])
            for posting in postings
            for account in (posting.source, posting.destination)
        }
        return AppliedPostings(columns, left)

    def _take(self, kind: str, account: str, amount: Points) -> None:
        """Take an amount off an account, below zero only where the kind of transaction may."""
        if not self._overdraws(account) and kind not in MAY_GO_BELOW_ZERO:
            check_funds(self.balance(account), amount)
        self._balances[account] -= amount

    def balance(self, account: str) -> Points:
        """Return a locked account's balance, in hundredths; raises AccountUnknown if it is not locked."""
        if account not in self._balances:
            raise AccountUnknown()
        return Points(self._balances[account])

    def _overdraws(self, account: str) -> bool:
        """Tell whether an account may go below zero by nature: the village's own, and honour."""
        return is_village_account(account) or self._accounts[account].unit == HONOUR

    def changes(self, village: str) -> list[dict[str, Any]]:
        """Return the balances to be written, of each account moved since the last call.

        A participant's points may be overdrawn only while they are, by the row's own CHECK.
        """
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
    """Lock accounts ascending by id, unless this write has locked them, and return all it has locked."""
    locked = locked_accounts(session, village=village)
    for question in locked.questions(ids, village=village):
        locked.load(fetch(session, *question).all())
    return locked


def locked_accounts(session: Session, *, village: str) -> LockedAccounts:
    """Return the accounts of a village that this write has locked until now."""
    return cast(LockedAccounts, session.info.setdefault(_LOCKED, {}).setdefault(village, LockedAccounts()))


def check_funds(balance: Points, amount: Points) -> None:
    """Raise InsufficientPoints if `amount` is more than `balance`, both in hundredths of a point.

    Raises:
        InsufficientPoints: the amount is more than the balance.

    Example:
        >>> check_funds(Points(1000), Points(1000))
        >>> check_funds(Points(1000), Points(1001))
        Traceback (most recent call last):
        pointsbank.ledger.accounts.InsufficientPoints: 可用积分只有10分，需要10.01分，请减少数量或换一种。
    """
    if amount > balance:
        raise InsufficientPoints(balance=show(balance), amount=show(amount))


def lock_balance(session: Session, *, village: str, participant: str) -> Points:
    """Lock a participant's account of points for this write and return its balance, in hundredths.

    Raises AccountUnknown.

    Example:
        lock_balance(session, village="chayuan", participant=wang.id)  # 49800
    """
    account = account_of(participant, POINTS)
    return lock_accounts_by_id(session, [account], village=village).balance(account)


def forget_accounts(session: Session) -> None:
    """Forget the balances in memory, so that they are read anew; the rows stay locked."""
    session.info.pop(_LOCKED, None)


def lock_accounts(session: Session, *, village: str, participants: Iterable[str]) -> None:
    """Lock these participants' accounts of points and honour, so that nobody else moves them in this write.

    Example:
        lock_accounts(session, village="chayuan", participants=[wang.id, li.id])
    """
    if not is_postgresql(session):
        return  # BEGIN IMMEDIATE holds everybody off already.
    lock_accounts_by_id(
        session, [account_of(p, unit) for p in participants for unit in UNITS], village=village
    )


def open_accounts(session: Session, *, village: str, participants: Sequence[str]) -> None:
    """Open the two accounts of each new participant, of points and of honour, both empty.

    Example:
        open_accounts(session, village="chayuan", participants=[wang.id])
    """
    rows = [_new_account(village, "participant", unit, one) for one in participants for unit in UNITS]
    execute_many(session, _INSERT, *rows)


def _new_account(village: str, kind: str, unit: str, participant: str | None = None) -> dict[str, Any]:
    """Return the row of an empty account."""
    return {
        "village_id": village,
        "id": account_of(participant, unit) if participant else village_account(kind, unit),
        "kind": kind,
        "unit": unit,
        "participant_id": participant,
        "balance": 0,
        "may_overdraw": participant is None or unit == HONOUR,
        "closed": False,
    }


def found_village(session: Session, *, code: str, name: str, by: str, at: datetime) -> villages.Village:
    """Found a village: its row, its settings, its own accounts and its empty log.

    Raises the refusals of `villages.create`.

    Example:
        found_village(session, code="chayuan", name="茶源村", by=admin, at=now).name  # "茶源村"
    """
    village = villages.create(session, code=code, name=name, at=at)
    rows = [_new_account(code, kind, unit) for kind in VILLAGE_KINDS for unit in UNITS]
    execute_many(session, _INSERT, *rows)
    session.add(LogHeadRow(village_id=code))
    return village
