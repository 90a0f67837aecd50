"""Statements and columns that lists are made of: the log, and what the participant of a row holds."""

from typing import Any

from sqlalchemy import ColumnElement, Select, func
from sqlalchemy import select as select_columns
from sqlmodel import col, select

from pointsbank.ledger.constants import is_village_account
from pointsbank.ledger.growth import object_in
from pointsbank.ledger.models import AccountRow, LogEntryRow, LogPrivateRow, PostingRow, TransactionRow


def balance_column(participant: Any, *, village: str, unit: str) -> ColumnElement[int]:
    """Return a column with a participant's balance of a unit, in hundredths; 0 without an account.

    Args:
        participant: the column of the statement around it that holds the participant's id.

    Example:
        select(ParticipantRow.code, ledger.balance_column(ParticipantRow.id, village="cy", unit="points"))
    """
    kept = select(AccountRow.balance).where(
        AccountRow.in_village(village), col(AccountRow.id) == participant + f".{unit}"
    )
    return func.coalesce(kept.scalar_subquery(), 0)


def log_query(*, village: str) -> Select[Any]:
    """Return the statement that selects the entries of a village's log; `ref` is null where there is none.

    Example:
        execute(session, ledger.log_query(village="cy")).first().kind  # "group_made"
    """
    entry = LogEntryRow
    columns: tuple[Any, ...] = (entry.log_index, entry.kind, entry.recorded_at, entry.ref)
    return (
        select_columns(*(col(one) for one in columns), col(LogPrivateRow.private))
        .select_from(LogEntryRow)
        .outerjoin(LogPrivateRow, LogPrivateRow.in_entry_of(LogEntryRow))
        .where(LogEntryRow.in_village(village))
    )


def log_light(*, village: str) -> Select[Any]:
    """Return the statement that selects the same entries without their words, to be counted.

    Example:
        execute(session, ledger.log_light(village="cy")).first().kind  # "group_made"
    """
    entry = LogEntryRow
    columns: tuple[Any, ...] = (entry.log_index, entry.kind, entry.recorded_at)
    return select_columns(*(col(one) for one in columns)).where(LogEntryRow.in_village(village))


def private_part(stored: bytes | None) -> tuple[str, dict[str, Any] | None]:
    """Return who made an entry and its words, from its private part; words None once they are erased.

    Example:
        >>> private_part('{"actor":"li","words":{"name":"三组"}}'.encode())
        ('li', {'name': '三组'})
    """
    found = object_in(stored or b"{}")
    return str(found.get("actor") or ""), found.get("words")


def postings_query(*, village: str) -> Select[Any]:
    """Return the statement that selects all postings, each with its transaction; amounts in hundredths.

    Example:
        execute(session, ledger.postings_query(village="cy")).first().amount  # 500
    """
    moved, entry = PostingRow, TransactionRow
    columns: tuple[Any, ...] = (moved.log_index, moved.line, moved.unit, moved.amount)
    accounts: tuple[Any, ...] = (moved.source_account_id, moved.destination_account_id)
    about: tuple[Any, ...] = (entry.kind, entry.occurred_on, entry.recorded_at)
    return (
        select_columns(*(col(one) for one in (*columns, *accounts, *about)))
        .select_from(PostingRow)
        .join(TransactionRow, TransactionRow.in_entry_of(PostingRow))
        .where(PostingRow.in_village(village))
    )


def postings_light(*, village: str) -> Select[Any]:
    """Return the statement that selects the same postings without their transactions, to be counted.

    Example:
        execute(session, ledger.postings_light(village="cy")).first().unit  # "points"
    """
    columns: tuple[Any, ...] = (PostingRow.log_index, PostingRow.unit)
    return select_columns(*(col(one) for one in columns)).where(PostingRow.in_village(village))


def owner_of(account: str) -> tuple[str, str]:
    """Return the kind of an account and the participant (id) whose it is, empty for the village's own.

    Example:
        >>> owner_of("market.points"), owner_of("k3v7q2n5x4b6m8ja.honour")
        (('market', ''), ('participant', 'k3v7q2n5x4b6m8ja'))
    """
    whose = account.rpartition(".")[0]
    return (whose, "") if is_village_account(account) else ("participant", whose)
