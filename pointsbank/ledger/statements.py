"""Balances now and after any past entry, and statements with a running balance, from postings by index.

Each posting has the running balances of both its accounts, so a past balance is the last posting's, and a
page of a statement costs the same however long the history is. A page is found by its cursor, `index.line` of
the last posting shown. An account's postings are those of which it is the source and those of which it is the
destination: each side is read by its own index, newest first, and the two are merged.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import Subquery, bindparam, literal, or_, union_all
from sqlalchemy import select as select_columns
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, func, select

from pointsbank.errors import Invalid
from pointsbank.ledger.canonical import words_in
from pointsbank.ledger.constants import HONOUR, POINTS, account_of
from pointsbank.ledger.models import AccountRow, LogEntryRow, LogPrivateRow, PostingRow, TransactionRow
from pointsbank.once import once_a_reading
from pointsbank.points import Points
from pointsbank.prepared import chunks, fetch

# SQLite's planner goes by averages. The village's own accounts are in every posting, and next to nothing is
# reversed, so that it would rather read the whole village; here it is given the index to go by.
ON_SQLITE = "INDEXED BY ix_{}"
_NEWEST = 2**62, 0


class CursorInvalid(Invalid):
    """A page's cursor is not one that `statement` returned."""

    code = "cursor_invalid"
    sentence = "翻页位置已经失效，请从第一页重新看。"
    at = ("cursor",)


@dataclass(frozen=True, slots=True)
class Balance:
    """A participant's balances, in hundredths: points to spend, honour that ranks."""

    points: Points
    honour: Points


@dataclass(frozen=True, slots=True)
class StatementLine:
    """A line of a statement, in hundredths; `amount` is signed, `words` None once the person was erased.

    `source`: the kind and the id of what was posted, where the entry has one: a score, a sale.
    """

    index: int
    kind: str
    occurred_on: date
    recorded_at: datetime
    amount: Points
    balance: Points
    words: dict[str, Any] | None
    reverses: int | None
    reversed_by: int | None
    source: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class StatementPage:
    """Some lines of a statement, newest first, and the cursor of the next page if there is one."""

    lines: list[StatementLine]
    next: str | None


class _AccountBalance(NamedTuple):
    """The balance of one account of a participant."""

    participant_id: str
    unit: str
    balance: Points


class _Place(NamedTuple):
    """One posting of an account: its place, its signed amount, and the running balance."""

    log_index: int
    line: int
    amount: Points
    balance: Points


class _Detail(NamedTuple):
    """The transaction of a posting, its private part while there is one, and what reversed it."""

    log_index: int
    kind: str
    occurred_on: date
    recorded_at: datetime
    reverses: int | None
    private: bytes | None
    reversed_by: int | None
    source_kind: str | None
    source_id: str | None


def _side(side: str, sign: int) -> Subquery:
    """Return the postings of which an account is the source or the destination, from a place downwards."""
    account, running = getattr(PostingRow, f"{side}_account_id"), getattr(PostingRow, f"{side}_balance")
    index, line = col(PostingRow.log_index), col(PostingRow.line)
    return (
        select_columns(
            index, line, (col(PostingRow.amount) * literal(sign)).label("amount"), running.label("balance")
        )
        .with_hint(PostingRow, ON_SQLITE.format(f"posting_village_id_{side}_account_id_log_index"), "sqlite")
        .where(
            PostingRow.in_village(bindparam("village")),
            account == bindparam("account"),
            index <= bindparam("index"),
            or_(index < bindparam("index"), line < bindparam("line")),
        )
        .order_by(index.desc(), line.desc())
        .limit(bindparam("maximum"))
        .subquery()
    )


_BOTH = union_all(*(select_columns(_side(*one)) for one in (("source", -1), ("destination", 1)))).subquery()
_POSTINGS = (
    select_columns(_BOTH).order_by(_BOTH.c.log_index.desc(), _BOTH.c.line.desc()).limit(bindparam("maximum"))
)

_reversal = aliased(LogEntryRow, name="reversal")
_DETAILS = (
    select_columns(
        *TransactionRow.columns_of(
            _Detail, private=col(LogPrivateRow.private), reversed_by=col(_reversal.log_index)
        )
    )
    .select_from(TransactionRow)
    .outerjoin(LogPrivateRow, LogPrivateRow.in_entry_of(TransactionRow))
    .outerjoin(
        _reversal,
        _reversal.in_village_of(TransactionRow)
        & (col(_reversal.ref) == col(TransactionRow.log_index))
        & (col(_reversal.kind) == "reversal"),
    )
    .with_hint(_reversal, ON_SQLITE.format("log_entry_village_id_ref"), "sqlite")
    .where(
        TransactionRow.in_village(bindparam("village")),
        col(TransactionRow.log_index).in_(bindparam("indexes", expanding=True)),
    )
)

_BALANCES = select_columns(*AccountRow.columns_of(_AccountBalance)).where(
    AccountRow.in_village(bindparam("village")), col(AccountRow.kind) == "participant"
)
_BALANCES_OF = _BALANCES.where(col(AccountRow.participant_id).in_(bindparam("ids", expanding=True)))


def balances(
    session: Session, *, village: str, participants: Iterable[str] | None = None
) -> dict[str, Balance]:
    """Return the balances of these participants, or of every one where none are named, by their ids.

    Ids without accounts are left out.

    Example:
        balances(session, village="chayuan", participants=[wang.id])
        # {wang.id: Balance(points=49800, honour=50000)}
    """
    asked: list[tuple[Any, dict[str, Any]]] = [(_BALANCES, {"village": village})]
    if participants is not None:
        ids = sorted(set(participants))
        asked = [(_BALANCES_OF, {"village": village, "ids": some}) for some in chunks(ids)]
    found: dict[str, dict[str, Points]] = {}
    for statement, parameters in asked:
        for row in fetch(session, statement, parameters, into=_AccountBalance).all():
            found.setdefault(row.participant_id, {})[row.unit] = row.balance
    zero = Points(0)
    return {who: Balance(units.get(POINTS, zero), units.get(HONOUR, zero)) for who, units in found.items()}


@once_a_reading
def balance(session: Session, *, village: str, participant: str) -> Balance:
    """Return the balance of one participant, in hundredths; zero if there is none.

    Example:
        balance(session, village="chayuan", participant=wang.id)  # Balance(points=49800, honour=50000)
    """
    found = balances(session, village=village, participants=[participant])
    return found.get(participant, Balance(Points(0), Points(0)))


def outstanding(session: Session, *, village: str) -> Points:
    """Return the sum of all points that participants could still spend, in hundredths.

    What is below zero counts as nothing.

    Example:
        outstanding(session, village="chayuan")  # 1254300
    """
    query = select(func.coalesce(func.sum(col(AccountRow.balance)), 0)).where(
        AccountRow.in_village(village),
        col(AccountRow.kind) == "participant",
        col(AccountRow.unit) == POINTS,
        col(AccountRow.balance) > 0,
    )
    return Points(int(session.exec(query).one()))


def balance_after(session: Session, *, village: str, account: str, index: int) -> Points:
    """Return an account's balance, in hundredths, after the log entry of this index; -1: before all of them.

    Example:
        balance_after(session, village="chayuan", account=account_of(wang.id, POINTS), index=17)  # 49800
    """
    parameters = {"village": village, "account": account, "index": index + 1, "line": 0, "maximum": 1}
    row = fetch(session, _POSTINGS, parameters, into=_Place).first()
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
    """Return a page of a participant's lines of one unit, newest first.

    Args:
        before: the cursor of the page before this one (its `next`); None: the newest lines.
        limit: lines at most, > 0.

    Raises CursorInvalid.

    Example:
        page = statement(session, village="chayuan", participant=wang.id, limit=2)
        [(line.amount, line.balance) for line in page.lines]  # [(-200, 49800), (50000, 50000)]
        page.next  # "4.0", for `before`; None on the last page
    """
    return page_from(
        session, _cursor(before), village=village, participant=participant, unit=unit, limit=limit
    )


def page_from(
    session: Session, place: tuple[int, int], *, village: str, participant: str, unit: str, limit: int
) -> StatementPage:
    """Return a page of a participant's lines below a place: an entry and a line of it."""
    index, line = place
    account = account_of(participant, unit)
    parameters = {"village": village, "account": account, "index": index, "line": line, "maximum": limit + 1}
    places = fetch(session, _POSTINGS, parameters, into=_Place).all()
    last = places[limit - 1] if len(places) > limit else None
    asked = {"village": village, "indexes": [place.log_index for place in places[:limit]]}
    details = {row.log_index: row for row in fetch(session, _DETAILS, asked, into=_Detail).all()}
    lines = [_line(place, details[place.log_index]) for place in places[:limit]]
    return StatementPage(lines, f"{last.log_index}.{last.line}" if last else None)


def _line(place: _Place, detail: _Detail) -> StatementLine:
    """Return a statement's line of a posting and its transaction."""
    return StatementLine(
        index=place.log_index,
        kind=detail.kind,
        occurred_on=detail.occurred_on,
        recorded_at=detail.recorded_at,
        amount=place.amount,
        balance=place.balance,
        words=words_in(detail.private),
        reverses=detail.reverses,
        reversed_by=detail.reversed_by,
        source=(detail.source_kind, detail.source_id) if detail.source_kind and detail.source_id else None,
    )


def _cursor(before: str | None) -> tuple[int, int]:
    """Return the log index and the line below which a page begins; raises CursorInvalid.

    Example:
        >>> _cursor("17.1")
        (17, 1)
        >>> _cursor(None) == (2**62, 0)  # beyond every index
        True
        >>> _cursor("17")
        Traceback (most recent call last):
        pointsbank.ledger.statements.CursorInvalid: 翻页位置已经失效，请从第一页重新看。
    """
    if before is None:
        return _NEWEST
    index, _, line = before.partition(".")
    if not (before.isascii() and index.isdigit() and line.isdigit() and len(before) < 24):
        raise CursorInvalid()
    return int(index), int(line)
