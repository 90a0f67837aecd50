"""Writes a digest of every row that a write touched, in the log of each village that the row concerns.

Here is decided which rows and which villages; `row_digests` writes. The trick is that many villages cost as
few statements as one: rows are read once, where they count and how often they were told is asked for hundreds
of villages together, and all digests are inserted at once. So a role of the whole installation is told in
thousands of logs without thousands of questions.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlmodel import Session, SQLModel, col

from pointsbank import witness
from pointsbank.database import execute
from pointsbank.ledger.models import LogHeadRow, RowWitnessRow
from pointsbank.ledger.row_digests import UNBOUND, Write, has_key, of_rows, write_all, write_part
from pointsbank.prepared import chunks
from pointsbank.touched import Touched, peek, take
from pointsbank.witness import Key, Witnessed

_HAVE_DIGESTS = "villages whose rows were told before"


class _Part(NamedTuple):
    """Rows of one table, and the villages in whose log they may be told."""

    rule: Witnessed
    keys: list[Key]
    villages: list[str]


def write_digests(session: Session, indexes: Mapping[str, int] | None = None, *, added: bool = True) -> Write:
    """Write a digest of every row that this write touched since the last call.

    Villages in whose log a digest wants an entry are added to `session.info[UNBOUND]`.

    Args:
        indexes: of the entries that vouch for it at once, by village; what these now tell of is returned.
        added: also of rows that were added and not touched again.
    """
    write, touched = Write(session, indexes or {}), take(session, added=added)
    if not touched:
        return write
    _draw(session, touched)
    parts = [part for table in sorted(touched) for part in _parts(session, table, touched[table])]
    write.villages = sorted({village for part in parts for village in part.villages})
    ready = _ready(write, write.villages)
    for rule, keys, villages in parts:
        write_part(write, rule, keys, [one for one in villages if one in ready], touched[rule.table])
    return write


def village_for_certain(session: Session) -> str | None:
    """Return the one village in whose log this write must make an entry, where that is worth knowing early.

    What an import adds, thousands of rows, can then be written under its entry at once. None says nothing.
    """
    touched = peek(session)
    if not any(values is not None for rows in touched.values() for values in rows.values()):
        return None
    unbound = session.info.setdefault(UNBOUND, set())
    villages, certain = set(unbound), False
    for table, rows in touched.items():
        rule = witness.RULES[table]
        assert isinstance(rule, Witnessed)
        if rule.of_village is not None or rule.draws or "village_id" not in rule.key_names:
            return None
        place = rule.key_names.index("village_id")
        villages.update({key[place] for key in rows})
        certain = certain or (rule.at_once and any(values is not None for values in rows.values()))
    if len(villages) != 1 or not _have_digests(session, list(villages)):
        return None
    write_digests(session, added=False)
    return villages.pop() if certain or unbound else None


def _draw(session: Session, touched: dict[str, Touched]) -> None:
    """Add the rows that have to be told again with some of these."""
    done: dict[str, int] = {}
    # What was drawn may draw others: a village's township its roles, and these whose they are.
    while rules := [one for one in witness.witnessed() if one.draws and _grew(touched, done, one.table)]:
        for rule in rules:
            done[rule.table] = len(touched[rule.table])
            place = rule.key_names.index(rule.drawn_by)
            wanted = {key[place] for key in touched[rule.table]}
            for table, column in rule.draws.items():
                source = SQLModel.metadata.tables[table]
                drawn = select(*source.primary_key.columns).where(source.c[column].in_(wanted))
                rows = touched.setdefault(table, {})
                for key in execute(session, drawn):
                    rows.setdefault(tuple(key), None)


def _grew(touched: Mapping[str, Touched], done: Mapping[str, int], table: str) -> bool:
    """Return whether a table has more touched rows than when it drew others."""
    return len(touched.get(table, ())) > done.get(table, 0)


def _parts(session: Session, table: str, keys: Collection[Key]) -> Iterator[_Part]:
    """Yield the touched rows of a table with the villages in whose log they may be told."""
    rule = witness.RULES[table]
    assert isinstance(rule, Witnessed)
    if "village_id" not in rule.key_names:
        yield _Part(rule, sorted(keys), _villages(session, rule, keys))
        return
    place = rule.key_names.index("village_id")
    of_village: dict[str, list[Key]] = {}
    for key in keys:
        of_village.setdefault(key[place], []).append(key)
    for village, some in of_village.items():
        yield _Part(rule, some, [village])


def _villages(session: Session, rule: Witnessed, keys: Collection[Key]) -> list[str]:
    """Return the villages that rows without a village in their key may concern."""
    villages = SQLModel.metadata.tables["village"]
    if rule.table == "village":
        return sorted(key[0] for key in keys)
    if rule.of_village is not None:
        return list(execute(session, select(villages.c.id).order_by(villages.c.id)).scalars())
    found: set[str] = set()
    for some in chunks(sorted(keys)):
        query = select(rule.source.c.village_id, *rule.source.primary_key.columns)
        now: list[Any] = list(execute(session, query.where(has_key(rule, some))))
        found.update(one.village_id for one in now if one.village_id is not None)
        gone = set(some) - {tuple(one)[1:] for one in now}
        if gone and not rule.added_only:
            # A row that is gone is told as gone where it was told before.
            names = [witness.key_text(rule, key) for key in gone]
            anywhere = col(RowWitnessRow.village_id).in_(select(villages.c.id))
            before = select(col(RowWitnessRow.village_id)).distinct().where(anywhere, *of_rows(rule, names))
            found.update(execute(session, before).scalars())
    return sorted(found)


def _ready(write: Write, villages: Sequence[str]) -> set[str]:
    """Return those of these villages whose rows were told before; tell all rows of a village that has none.

    Where a write concerns many villages, those that lived long without digests wait for a write of their own:
    all their rows at once would hold up everybody.
    """
    session = write.session
    known: set[str] = session.info.setdefault(_HAVE_DIGESTS, set())
    asked = [village for village in villages if village not in known]
    for some in chunks(asked):
        known.update(_have_digests(session, some))
    ready = known.intersection(villages)
    for village in asked:
        if village in known:
            continue
        size = _size(session, village)
        if size and len(villages) > 1:
            continue
        _size(session, village, lock=True)
        if _have_digests(session, [village]):  # Somebody else was first.
            ready.add(village)
        else:
            write_all(write, village=village, old=size > 0)
        known.add(village)
    return ready


def _have_digests(session: Session, villages: Sequence[str]) -> list[str]:
    """Return those of these villages of which a row was ever told."""
    table = SQLModel.metadata.tables["village"]
    digest = select(col(RowWitnessRow.position)).where(col(RowWitnessRow.village_id) == table.c.id)
    query = select(table.c.id).where(table.c.id.in_(villages), digest.exists())
    return list(execute(session, query).scalars())


def _size(session: Session, village: str, *, lock: bool = False) -> int:
    """Return how many entries the village's log has, >= 0."""
    query = select(col(LogHeadRow.size)).where(LogHeadRow.in_village(village))
    return execute(session, query.with_for_update() if lock else query).scalar() or 0
