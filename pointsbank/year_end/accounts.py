"""What is on every account of a village, and what of it is of the year that ends; read in few questions."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import Session

from pointsbank import ledger
from pointsbank.ledger import HONOUR, POINTS, AccountMove, Balance
from pointsbank.year_end.rule import UNDONE, Move, old_honour, old_points

_OLD_OF = {POINTS: old_points, HONOUR: old_honour}
_NONE = -1


@dataclass(frozen=True, slots=True)
class Holding:
    """What a participant has now, and what of it is of the year that ends, in hundredths."""

    points: int
    honour: int
    old_points: int
    old_honour: int


def holdings(session: Session, *, village: str, turn: int) -> dict[str, Holding]:
    """Return what every participant (id) has.

    Args:
        turn: the first entry of the new year.
    """
    since = ledger.moves_from(session, turn, village=village)
    return _read(since, ledger.balances(session, village=village), turn)


def own_holding(session: Session, *, village: str, participant: str, turn: int) -> Holding:
    """Return what one participant (id) has, by its own accounts alone where that is enough."""
    accounts = [ledger.account_of(participant, unit) for unit in (POINTS, HONOUR)]
    since = [
        one
        for account in accounts
        for one in ledger.moves_from(session, turn, village=village, account=account)
    ]
    if any(one.kind == "transfer" and one.amount > 0 for one in since):
        # What another household brought along: how much of that is old, its own accounts say.
        return holdings(session, village=village, turn=turn)[participant]
    own = ledger.balances(session, village=village, participants=[participant])
    return _read(since, own, turn).get(participant, Holding(0, 0, 0, 0))


def _read(since: Sequence[AccountMove], balances: Mapping[str, Balance], turn: int) -> dict[str, Holding]:
    """Return what these participants have."""
    now = {
        ledger.account_of(who, unit): amount
        for who, one in balances.items()
        for unit, amount in ((POINTS, one.points), (HONOUR, one.honour))
    }
    book = _Book(since, now, turn)
    return {
        who: Holding(
            one.points,
            one.honour,
            book.old_of(ledger.account_of(who, POINTS)),
            book.old_of(ledger.account_of(who, HONOUR)),
        )
        for who, one in balances.items()
    }


class _Book:
    """What moved since the turn, by account, with what each move goes back to."""

    def __init__(self, since: Sequence[AccountMove], now: Mapping[str, int], turn: int) -> None:
        self._turn = turn
        self._by_account: dict[str, list[AccountMove]] = defaultdict(list)
        for one in since:
            self._by_account[one.account].append(one)
        self._at_turn = {
            account: balance - sum(one.amount for one in self._by_account.get(account, ()))
            for account, balance in now.items()
        }
        self._amounts = {(one.account, one.index): one.amount for one in since}
        self._reverses = {one.index: one.reverses for one in since if one.reverses is not None}
        # By a corrected score the entry that its correction put back; by a sale its own entry.
        self._undone: dict[str, int] = {}
        self._sales: dict[str, int] = {}
        for one in since:
            if one.source is None:
                continue
            if one.source[0] == "score_correction" and one.reverses is not None:
                self._undone[one.source[1]] = one.reverses
            elif one.kind == "redemption":
                self._sales[one.source[1]] = one.index

    def old_of(self, account: str, *, before: int | None = None) -> int:
        """Return what of an account is of the old year, now or before an entry."""
        moves = self._by_account.get(account, [])
        if before is not None:
            moves = [one for one in moves if one.index < before]
        unit = account.rpartition(".")[2]
        read = [self._move(one) for one in moves]
        return _OLD_OF[unit](self._at_turn.get(account, 0), read, turn=self._turn)

    def _move(self, one: AccountMove) -> Move:
        """Return a move with what it goes back to."""
        root = self._root(one)
        old_part = 0
        if one.kind == "transfer" and one.amount > 0 and one.other in self._at_turn:
            # What came of another household: its old points are still old, and no more than came.
            old_part = min(one.amount, max(0, self.old_of(one.other, before=one.index)))
            root = one.index
        elif one.source and one.source[0] == UNDONE and one.amount > 0:
            # What a year's end had taken of who became part of this household since is as old as it was.
            old_part = one.amount
        amount = self._amounts.get((one.account, root), 0)
        return Move(one.index, one.kind, one.amount, root, amount, old_part)

    def _root(self, one: AccountMove) -> int:
        """Return the entry that a move goes back to: the first of what it puts right, else its own."""
        before = self._before(one)
        while before is not None and before >= self._turn and before in self._reverses:
            before = self._reverses[before]
        return one.index if before is None else before

    def _before(self, one: AccountMove) -> int | None:
        """Return the entry that a move puts right; below the turn where it is older than what is known."""
        if one.kind == "goods_return":
            sale = one.source[1].partition(".")[0] if one.source else ""
            return self._sales.get(sale, _NONE)
        if one.kind == "correction" and one.source:
            return self._undone.get(one.source[1])
        return one.reverses
