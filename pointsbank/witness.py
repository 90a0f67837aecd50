"""What vouches for each table's rows, declared beside the table.

A rule says for one table how an edit behind the program's back is found: `Witnessed` rows are told to the log
as digests (`ledger.witnessing`), `Checked` ones are compared with words or hashes that the log has anyway,
`Unwitnessed` ones matter to no page and no paper. Every table has a rule; a house test sees to it.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from functools import cache
from typing import Any, Literal

from sqlalchemy import Column, ColumnElement, Date, Integer, LargeBinary, Table, Time
from sqlmodel import SQLModel

from pointsbank.naming import Reader

Key = tuple[Any, ...]
NotShown = Literal["session", "throttle", "cache", "ticket", "job state", "search key"]
"""What a row or column may be that nobody vouches for: nothing that a page or a sheet shows."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A table or column that the audit compares with what entries say in words, or computes anew.

    `by` says with what, `kinds` the kinds of entry that say it.
    """

    by: str
    kinds: tuple[str, ...] = ()
    table: str = ""


@dataclass(frozen=True, slots=True)
class Unwitnessed:
    """A table or column that nobody vouches for, and why that does no harm."""

    kind: NotShown
    why: str
    table: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Witnessed:
    """A table whose rows are told as digests, and found again by their key.

    Attributes:
        kinds: of the entries whose verbs write such rows; others use `rows_witnessed`.
        apart: columns that no digest holds, and what vouches for them instead.
        by_words: column; a row in which it is given is told by the words of its own entry, not by a digest.
        leaving: columns that words tell once `left_by` is given; until then the digest does.
        left_by: column, one of `leaving`.
        at_once: whether a write of such rows alone makes an entry; otherwise they go into the next one.
        added_only: a row is written once and never again.
        by_reading: rows that reading itself writes, as a file opened; only lists of their own read them
            (`List.by_reading`), so that they let all else stand that was kept.
        of_village: the condition that a row concerns a village's log, where `village_id` does not say so;
            takes the village's code, or a column of codes.
        draws: other tables whose rows have to be told again with one of these, each with its column that
            holds the same as `drawn_by` here.
        drawn_by: column, one of the key.
        named_by: what the words of each kind of entry say of such rows; given, no row comes, changes or goes
            but as some entry says. Empty: rows may be told under any entry.
    """

    table: str
    kinds: tuple[str, ...] = ()
    apart: Mapping[str, Checked | Unwitnessed] = field(default_factory=dict)
    by_words: str = ""
    leaving: frozenset[str] = frozenset()
    left_by: str = ""
    at_once: bool = True
    added_only: bool = False
    by_reading: bool = False
    of_village: Callable[[Any], ColumnElement[bool]] | None = None
    draws: Mapping[str, str] = field(default_factory=dict)
    drawn_by: str = ""
    named_by: Mapping[str, Reader] = field(default_factory=dict)

    @property
    def source(self) -> Table:
        """The table itself."""
        return SQLModel.metadata.tables[self.table]

    @property
    def key_names(self) -> list[str]:
        """The columns of its key, in order."""
        return [column.name for column in self.source.primary_key.columns]

    def in_log_of(self, village: str) -> ColumnElement[bool]:
        """Return the condition that a row concerns this village's log."""
        return self.of_village(village) if self.of_village else self.source.c.village_id == village

    def by_own_words(self, row: Any) -> bool:
        """Return True if a row is told by the words of its own entry."""
        return bool(self.by_words) and getattr(row, self.by_words) is not None

    def leaves_alone(self, columns: Iterable[str]) -> bool:
        """Return True if a change of these columns concerns no digest."""
        return set(columns) <= self.apart.keys()


Rule = Witnessed | Checked | Unwitnessed

RULES: dict[str, Rule] = {}
"""The rule of every table by its name, once the models modules are imported."""


def declare(*rules: Rule) -> tuple[Rule, ...]:
    """Register the rules of some tables; stands at the end of a models module.

    Example:
        WITNESSES = declare(Witnessed(table="consent", kinds=("consent_given",)))
    """
    for rule in rules:
        RULES[rule.table] = rule
    return rules


def witnessed() -> list[Witnessed]:
    """Return the rules of the tables whose rows are told as digests, ordered by table."""
    return sorted((one for one in RULES.values() if isinstance(one, Witnessed)), key=lambda one: one.table)


def rule_of(table: str) -> Witnessed | None:
    """Return the rule of a table whose rows are told as digests, or None."""
    rule = RULES.get(table)
    return rule if isinstance(rule, Witnessed) else None


def key_text(rule: Witnessed, key: Sequence[Any]) -> str:
    """Return a row's key as text, without its village: its parts in the key's order, joined by `/`.

    Example:
        key_text(rule_of("stock_move"), ("chayuan", "k3v7q2n5", 4))  # "k3v7q2n5/4"
    """
    return "/".join([_part(key[place]) for place in _places(rule)])


def key_texts(rule: Witnessed, keys: Sequence[Key]) -> list[str]:
    """Return `key_text` of each of these keys."""
    parts = [[_part(key[place]) for key in keys] for place in _places(rule)]
    if not parts:
        return [""] * len(keys)
    return parts[0] if len(parts) == 1 else list(map("/".join, zip(*parts, strict=True)))


@cache
def _places(rule: Witnessed) -> list[int]:
    """Return which parts of a key its text has."""
    return [place for place, name in enumerate(rule.key_names) if name != "village_id"]


def key_of(rule: Witnessed, text: str, *, village: str) -> Key:
    """Return the key that a text of `key_text` stands for."""
    parts = iter(text.split("/"))
    return tuple(
        village if column.name == "village_id" else _read_part(column, next(parts, ""))
        for column in rule.source.primary_key.columns
    )


def _part(value: Any) -> str:
    if type(value) is str and not ("/" in value or "%" in value):
        return value
    if isinstance(value, bytes | memoryview):
        return bytes(value).hex()
    if isinstance(value, date | time):
        return value.isoformat()
    # The place of a role in one group has a stroke of its own.
    return str(value).replace("%", "%25").replace("/", "%2F")


def _read_part(column: Column[Any], text: str) -> Any:
    """Return a part of a key in its column's type; nothing that a column holds where it is none."""
    try:
        plain = text.replace("%2F", "/").replace("%25", "%")
        return next((read(text) for kind, read in _READERS if isinstance(column.type, kind)), plain)
    except ValueError:
        return None


_READERS: tuple[tuple[Any, Callable[[str], Any]], ...] = (
    (LargeBinary, bytes.fromhex),
    (Date, date.fromisoformat),
    (Time, time.fromisoformat),
    (Integer, int),
)
