"""Balances now and at any past moment, and statements with a running balance, from postings by index."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import and_, bindparam, func, literal, or_, select, union_all
from sqlmodel import Session

from pointsbank.database import execute, table_of
from pointsbank.errors import Invalid
from pointsbank.ledger.constants import HONOUR, POINTS, account_of
from pointsbank.ledger.models import AccountRow, LogEntryRow, LogPrivateRow, PostingRow, TransactionRow
from pointsbank.points import Points

_account = table_of(AccountRow)
_entry = table_of(LogEntryRow)
_posting = table_of(PostingRow)
_private = table_of(LogPrivateRow)
_transaction = table_of(TransactionRow)
_reversal = table_of(LogEntryRow).alias("reversal")

# SQLite's planner goes by averages. The village's own accounts stand in every posting, and next to nothing is
# reversed, so that it would rather read the whole village; here it is told which index to go by.
_ON_SQLITE = "INDEXED BY ix_{}"
_CHUNK = 500


class CursorInvalid(Invalid):
    """A page's cursor is not one we gave."""

    code = "cursor_invalid"
    sentence = "翻页标记无效，请从第一页重新查看。"


@dataclass(frozen=True, slots=True)
class Balance:
    """What a participant holds: points to spend, honour that ranks."""

    points: Points
    honour: Points


@dataclass(frozen=True, slots=True)
class StatementLine:
    """One line of a statement; `amount` is signed, `words` is None once the person was erased."""

    index: int
    kind: str
    occurred_on: date
    recorded_at: datetime
    amount: Points
    balance: Points
    words: dict[str, Any] | None
    reverses: int | None
    reversed_by: int | None


@dataclass(frozen=True, slots=True)
class StatementPage:
    """Some lines of a statement, newest first, and the cursor of the next page if there is one."""

    lines: list[StatementLine]
    next: str | None


def balances(
    session: Session, *, village: str, participants: Iterable[str] | None = None
) -> dict[str, Balance]:
    """What each of these participants holds, or every one where none are named."""
    query = select(_account.c.participant_id, _account.c.unit, _account.c.balance).where(
        _account.c.village_id == village, _account.c.kind == "participant"
    )
    if participants is None:
        rows = execute(session, query).all()
    else:
        ids = sorted(set(participants))
        chunks = (ids[start : start + _CHUNK] for start in range(0, len(ids), _CHUNK))
        rows = [
            r for chunk in chunks for r in execute(session, query.where(_account.c.participant_id.in_(chunk)))
        ]
    held = {(row.participant_id, row.unit): Points(row.balance) for row in rows}
    return {
        participant: Balance(
            held.get((participant, POINTS), Points(0)), held.get((participant, HONOUR), Points(0))
        )
        for participant in {row.participant_id for row in rows}
    }


def balance(session: Session, *, village: str, participant: str) -> Balance:
    """What one participant holds."""
    found = balances(session, village=village, participants=[participant])
    return found.get(participant, Balance(Points(0), Points(0)))


def village_balances(session: Session, *, village: str) -> dict[str, Points]:
    """What the village's own accounts stand at, by account id: issuance and market among them."""
    query = select(_account.c.id, _account.c.balance).where(
        _account.c.village_id == village, _account.c.kind != "participant"
    )
    return {row.id: Points(row.balance) for row in execute(session, query)}


def outstanding(session: Session, *, village: str) -> Points:
    """All points that participants could still spend; what is below zero counts as nothing."""
    query = select(func.coalesce(func.sum(_account.c.balance), 0)).where(
        _account.c.village_id == village,
        _account.c.kind == "participant",
        _account.c.unit == POINTS,
        _account.c.balance > 0,
    )
    return Points(int(execute(session, query).scalar_one()))


def balance_at(session: Session, *, village: str, account: str, moment: datetime) -> Points:
    """What an account held at a moment: the running balance of its last posting recorded by then."""
    last = select(func.max(_entry.c.log_index)).where(
        _entry.c.village_id == village, _entry.c.recorded_at <= moment
    )
    index = execute(session, last).scalar_one()
    return balance_after(session, village=village, account=account, index=-1 if index is None else index)


def balance_after(session: Session, *, village: str, account: str, index: int) -> Points:
    """What an account held once the log entry of this index stood."""
    place = {"village": village, "index": index + 1, "line": 0, "most": 1}
    row = execute(session, _lines_of(account), place).first()
    return Points(row.balance if row else 0)


def statement(
    session: Session,
    *,
    village: str,
    participant: str,
    unit: str = POINTS,
    before: str | None = None,
    limit: int = 50,
) -> StatementPage:
    """A participant's lines of one unit, newest first; a page costs the same however long the history."""
    index, line = _cursor(before)
    places = execute(
        session,
        _lines_of(account_of(participant, unit)),
        {"village": village, "index": index, "line": line, "most": limit + 1},
    ).all()
    details = _details(session, village, [place.log_index for place in places[:limit]])
    lines = [_statement_line(place, details[place.log_index]) for place in places[:limit]]
    last = places[limit - 1] if len(places) > limit else None
    return StatementPage(lines, f"{last.log_index}.{last.line}" if last else None)


def _statement_line(place: Any, detail: Any) -> StatementLine:
    """One line from its posting and its transaction."""
    words = json.loads(detail.private)["words"] if detail.private is not None else None
    return StatementLine(
        index=place.log_index,
        kind=detail.kind,
        occurred_on=detail.occurred_on,
        recorded_at=detail.recorded_at,
        amount=Points(place.amount),
        balance=Points(place.balance),
        words=words,
        reverses=detail.reverses,
        reversed_by=detail.reversed_by,
    )


def _cursor(before: str | None) -> tuple[int, int]:
    """A page's place; the first page begins past every index."""
    if before is None:
        return 2**62, 0
    index, _, line = before.partition(".")
    if not (before.isascii() and index.isdigit() and line.isdigit() and len(before) < 24):
        raise CursorInvalid()
    return int(index), int(line)


def _lines_of(account: str) -> Any:
    """An account's postings before a place, newest first, signed: each side found by its own index."""
    place = or_(
        _posting.c.log_index < bindparam("index"),
        (_posting.c.log_index == bindparam("index")) & (_posting.c.line < bindparam("line")),
    )
    sides = []
    for column, balance_column, sign in (
        (_posting.c.source_account_id, _posting.c.source_balance, -1),
        (_posting.c.destination_account_id, _posting.c.destination_balance, 1),
    ):
        by_account = _ON_SQLITE.format(f"posting_village_id_{column.name}_log_index")
        side = (
            select(
                _posting.c.log_index,
                _posting.c.line,
                (_posting.c.amount * literal(sign)).label("amount"),
                balance_column.label("balance"),
            )
            .with_hint(_posting, by_account, "sqlite")
            .where(
                _posting.c.village_id == bindparam("village"),
                column == account,
                _posting.c.log_index <= bindparam("index"),
                place,
            )
            .order_by(_posting.c.log_index.desc(), _posting.c.line.desc())
            .limit(bindparam("most"))
        )
        sides.append(select(side.subquery()))
    both = union_all(*sides).subquery()
    return select(both).order_by(both.c.log_index.desc(), both.c.line.desc()).limit(bindparam("most"))


def _details(session: Session, village: str, indexes: list[int]) -> dict[int, Any]:
    """The transactions at these indexes with their words, if still there, and who reversed them."""
    same_entry = (_private.c.village_id == _transaction.c.village_id) & (
        _private.c.log_index == _transaction.c.log_index
    )
    undone = and_(
        _reversal.c.village_id == _transaction.c.village_id,
        _reversal.c.ref == _transaction.c.log_index,
        _reversal.c.kind == "reversal",
    )
    query = (
        select(_transaction, _private.c.private, _reversal.c.log_index.label("reversed_by"))
        .outerjoin(_private, same_entry)
        .outerjoin(_reversal, undone)
        .with_hint(_reversal, _ON_SQLITE.format("log_entry_village_id_ref"), "sqlite")
        .where(_transaction.c.village_id == village, _transaction.c.log_index.in_(indexes))
    )
    return {row.log_index: row for row in execute(session, query)}
