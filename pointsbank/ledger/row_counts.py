"""Counts the rows that the log tells of, table by table, and finds the tables that hold fewer.

A restore that was not whole leaves tables empty, and nothing in an empty table contradicts anything. But the
log says how many rows there must be: its head counts its entries, an adopted scheme lists its items, closed
minutes their judges and scores, a closed month what every table held that only grows. What a capability's
entries tell of is declared by it, as `RowRules`. Of what was erased nothing is told: a number is a least one.
Rows that are told as digests are counted by their tellings besides (`told_rows`).
"""

import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import func
from sqlmodel import Session, SQLModel, col, select

from pointsbank.database import Database, table_of
from pointsbank.ledger.constants import TRANSACTION_KINDS, VILLAGE_ACCOUNTS, is_village_account
from pointsbank.ledger.models import LogEntryRow, LogHeadRow, LogPrivateRow, RowBatchRow, RowWitnessRow
from pointsbank.ledger.told_rows import short_of_witnesses
from pointsbank.raw_rows import raw_rows, unreadable

CountRows = Callable[[Mapping[str, Any]], Mapping[str, int]]
"""Takes the words of one entry and returns how many rows of which tables it tells of."""

CountOfSubject = Callable[[Mapping[str, Any]], Mapping[tuple[str, str], int]]
"""The same, by table and by the thing that the rows are about."""

_CHUNK = 2000
_TELLINGS: tuple[type[RowBatchRow | RowWitnessRow], ...] = (RowBatchRow, RowWitnessRow)


@dataclass(frozen=True, slots=True)
class RowRules:
    """What the entries of a capability tell of: by the entry's kind, or by the kind of what was posted.

    `by_subject`: words that tell anew how many rows there are about one thing; the last entry holds.
    `in_all`: words that count the whole table instead of adding to what earlier entries told of.
    """

    by_kind: Mapping[str, CountRows] = field(default_factory=dict)
    by_source: Mapping[str, CountRows] = field(default_factory=dict)
    by_subject: Mapping[str, CountOfSubject] = field(default_factory=dict)
    in_all: Mapping[str, CountRows] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Shortfall:
    """A table of a village with fewer rows than its log tells of."""

    village: str
    table: str
    expected: int
    found: int

    def __str__(self) -> str:
        """Return it in words."""
        return f"{self.village} 的表 {self.table} 缺行：日志记着至少{self.expected}行，现有{self.found}行"


@dataclass
class _Tally:
    """What was told so far: rows by table, names of people and accounts, entries without words."""

    rows: Counter[str] = field(default_factory=Counter)
    subjects: dict[tuple[str, str], int] = field(default_factory=dict)
    in_all: dict[str, int] = field(default_factory=dict)
    participants: set[str] = field(default_factory=set)
    accounts: set[str] = field(default_factory=lambda: set(VILLAGE_ACCOUNTS))
    erased: set[int] = field(default_factory=set)

    def minimum(self, size: int) -> dict[str, int]:
        """Return the least number of rows of each table; `size`: entries that the head counts, >= 0.

        Whoever is a village has a head of its log and accounts of its own, from its first moment on.
        """
        rows = self.rows.copy()
        for (table, _), number in self.subjects.items():
            rows[table] += number
        minimum = {"log_head": 1, **rows}
        minimum |= {"log_entry": size, "log_private": size - len(self.erased)}
        minimum |= {"account": len(self.accounts), "participant": len(self.participants)}
        return {
            table: max(minimum.get(table, 0), self.in_all.get(table, 0)) for table in minimum | self.in_all
        }


def listed(words: Mapping[str, Any], *names: str) -> int:
    """Return how many things some lists among the words hold together; older entries lack some lists.

    Example:
        >>> listed({"judges": ["李", "赵"], "absentees": []}, "judges", "absentees")
        2
    """
    return sum(len(words[name]) for name in names if isinstance(words.get(name), list))


def counted(words: Mapping[str, Any], name: str) -> int:
    """Return the number that a word is, 0 if it is none; older entries lack some numbers.

    Example:
        >>> counted({"scores": 12}, "scores"), counted({}, "scores")
        (12, 0)
    """
    value = words.get(name)
    return value if type(value) is int else 0


def row_counts(session: Session, tables: Sequence[str], *, village: str) -> dict[str, int]:
    """Return how many rows of a village each of these tables holds.

    Example:
        row_counts(session, ["posting", "score"], village="chayuan")  # {"posting": 40, "score": 12}
    """
    return {name: _count(session, name, village) for name in tables}


def shortfalls(database: Database, *, village: str, rules: Sequence[RowRules]) -> list[Shortfall]:
    """Return the village's tables that hold fewer rows than its log tells of, ordered by name.

    Reads 2,000 entries a time, each in a short transaction, so that the till never waits.

    Raises:
        KeyError: the log tells of a table that this program does not know.

    Example:
        shortfalls(database, village="chayuan", rules=[scoring.ROW_RULES])
        # [Shortfall("chayuan", "score", expected=12, found=0)]
    """
    tally, start = _Tally(), 0
    with database.reading() as session:
        size = _size(session, village)
    while start < size:
        with database.reading() as session:
            _add_chunk(session, tally, start, rules, village=village)
        start += _CHUNK
    minimum = {table: rows for table, rows in tally.minimum(size).items() if rows > 0}
    with database.reading() as session:
        found = row_counts(session, sorted(minimum), village=village)
        by_digest = {
            one.table: Shortfall(village, *one) for one in short_of_witnesses(session, village=village)
        }
    short = {
        name: Shortfall(village, name, minimum[name], rows)
        for name, rows in found.items()
        if rows < minimum[name]
    }
    # Which of the two knows of more rows depends on how old the village is.
    return [
        max(
            (one[name] for one in (short, by_digest) if name in one),
            key=lambda each: each.expected - each.found,
        )
        for name in sorted(short | by_digest)
    ]


def villages_in_logs(session: Session) -> list[str]:
    """Return the codes of the villages that have a log or a telling, by code, whether or not they are there.

    Example:
        villages_in_logs(session)  # ["chayuan"]
    """
    tables = (table_of(LogHeadRow), table_of(RowWitnessRow), table_of(RowBatchRow))
    known = [set(session.exec(select(table.c.village_id).distinct())) for table in tables]
    return sorted(set().union(*known))


def _size(session: Session, village: str) -> int:
    """Return how many entries there must be; those that are there, if the head is gone."""
    heads = raw_rows(session, table_of(LogHeadRow), LogHeadRow.in_village(village))
    sizes = [int(head.size) for head in heads if not unreadable(head)]
    return max([_count(session, "log_entry", village), *sizes])


def _add_chunk(
    session: Session, tally: _Tally, start: int, rules: Sequence[RowRules], *, village: str
) -> None:
    """Add what the entries from `start` on tell of."""
    here, hidden = col(LogEntryRow.log_index), col(LogPrivateRow.log_index)
    end, mine = start + _CHUNK, LogEntryRow.in_village(village)
    entries = raw_rows(session, table_of(LogEntryRow), mine, here >= start, here < end)
    whose = LogPrivateRow.in_village(village)
    privates = raw_rows(session, table_of(LogPrivateRow), whose, hidden >= start, hidden < end)
    words = {row.log_index: row.private for row in privates if not unreadable(row)}
    batched, alone = (_with_tellings(session, model, start, end, village) for model in _TELLINGS)
    # An entry whose tellings are gone had them in one of the two; in which nothing says but what is empty.
    lost = "row_batch" if _count(session, "row_witness", village) else "row_witness"
    for entry in (entry for entry in entries if not unreadable(entry)):
        if entry.kind in TRANSACTION_KINDS:
            tally.rows["transaction"] += 1
            tally.rows["posting"] += listed(_read(entry.public), "p")
        elif b'"w":"' in entry.public:
            index = entry.log_index
            tally.rows["row_batch" if index in batched else "row_witness" if index in alone else lost] += 1
        if entry.kind == "erasure" and entry.ref is not None:
            tally.erased.add(entry.ref)
        if entry.log_index in words:
            _add_words(tally, entry.kind, _read(words[entry.log_index]), rules)


def _with_tellings(
    session: Session, model: type[RowBatchRow | RowWitnessRow], start: int, end: int, village: str
) -> set[int | None]:
    """Return the entries from `start` up to `end` that rows of this table tell for."""
    index = col(model.log_index)
    query = select(index).where(model.in_village(village), index >= start, index < end)
    return set(session.exec(query.distinct()))


def _add_words(tally: _Tally, kind: str, private: Mapping[str, Any], rules: Sequence[RowRules]) -> None:
    """Add what the hidden part of one entry tells of."""
    words = private.get("words")
    words = words if isinstance(words, dict) else {}
    _add_people(tally, private, words)
    source = private.get("source")
    posted = source[0] if isinstance(source, list) and source else None
    for rule in rules:
        for count in (rule.by_kind.get(kind), rule.by_source.get(posted) if posted else None):
            if count is not None:
                tally.rows.update(count(words))
        if kind in rule.by_subject:
            tally.subjects.update(_read_subjects(rule.by_subject[kind], words))
        if kind in rule.in_all:
            for table, rows in rule.in_all[kind](words).items():
                tally.in_all[table] = max(rows, tally.in_all.get(table, 0))


def _read_subjects(count: CountOfSubject, words: Mapping[str, Any]) -> Mapping[tuple[str, str], int]:
    """Return what words tell of; nothing where somebody wrote other words."""
    try:
        return count(words)
    except (LookupError, TypeError, ValueError):
        return {}


def _add_people(tally: _Tally, private: Mapping[str, Any], words: Mapping[str, Any]) -> None:
    """Add the accounts that an entry moved points of, and the people it is about."""
    postings = private.get("postings")
    for posting in postings if isinstance(postings, list) else ():
        accounts = [str(account) for account in posting[:2]] if isinstance(posting, list) else []
        tally.accounts.update(accounts)
        owned = (account for account in accounts if not is_village_account(account))
        tally.participants.update(account.rpartition(".")[0] for account in owned)
    if isinstance(words.get("participant"), str):
        tally.participants.add(words["participant"])


def _read(text: bytes) -> dict[str, Any]:
    """Return the object of stored JSON; an empty one where somebody put something else there."""
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


def _count(session: Session, table: str, village: str) -> int:
    rows = SQLModel.metadata.tables[table]
    query = select(func.count()).select_from(rows).where(rows.c.village_id == village)
    number: int = session.exec(query).one()
    return number
