"""Writes a digest of every row that a write touched, in the log of each village that the row concerns.

The trick is that many villages cost as few statements as one: rows are read once, where they count and how
often they were told is asked for hundreds of villages together, and all digests are inserted at once. So a
role of the whole installation is told in thousands of logs without thousands of questions.
"""

from collections.abc import Collection, Iterator, Sequence
from typing import Any, NamedTuple

from sqlalchemy import case, func, insert, select, true, tuple_, update
from sqlmodel import Session, SQLModel, col

from pointsbank import witness
from pointsbank.database import entropy, execute
from pointsbank.ledger.digests import SALT, RowDigest, digest, row_key
from pointsbank.ledger.models import LogHeadRow, RowWitnessRow
from pointsbank.prepared import chunks, execute_many
from pointsbank.raw_rows import raw_pages, raw_rows
from pointsbank.touched import take
from pointsbank.witness import Key, Witnessed

UNBOUND = "villages with rows that want an entry"
_HAVE_DIGESTS = "villages whose rows were told before"
_INSERT = insert(RowWitnessRow)

Place = tuple[str, str]
"""A village, and the key of a row as text."""


class _Before(NamedTuple):
    """What was told of a row: how often, under which entry at last, and whether the row was there."""

    position: int
    log_index: int | None
    alive: bool


class _Part(NamedTuple):
    """Rows of one table, and the villages in whose log they may be told."""

    rule: Witnessed
    keys: list[Key]
    villages: list[str]


def write_digests(session: Session) -> None:
    """Write a digest of every row that this write touched since the last call.

    Villages in whose log a digest wants an entry are added to `session.info[UNBOUND]`.
    """
    touched = take(session)
    if not touched:
        return
    _draw(session, touched)
    parts = [part for table in sorted(touched) for part in _parts(session, table, touched[table])]
    ready = _ready(session, sorted({village for part in parts for village in part.villages}))
    for rule, keys, villages in parts:
        for some in chunks(keys):
            for places in chunks([village for village in villages if village in ready]):
                _write_some(session, rule, some, places)


def _draw(session: Session, touched: dict[str, set[Key]]) -> None:
    """Add the rows that have to be told again with some of these."""
    for rule in [one for one in witness.witnessed() if one.table in touched and one.draws]:
        place = rule.key_names.index(rule.drawn_by)
        wanted = {key[place] for key in touched[rule.table]}
        for table, column in rule.draws.items():
            source = SQLModel.metadata.tables[table]
            drawn = select(*source.primary_key.columns).where(source.c[column].in_(wanted))
            touched.setdefault(table, set()).update(tuple(key) for key in execute(session, drawn))


def _parts(session: Session, table: str, keys: set[Key]) -> Iterator[_Part]:
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


def _villages(session: Session, rule: Witnessed, keys: set[Key]) -> list[str]:
    """Return the villages that rows without a village in their key may concern."""
    villages = SQLModel.metadata.tables["village"]
    if rule.table == "village":
        return sorted(key[0] for key in keys)
    if rule.of_village is not None:
        return list(execute(session, select(villages.c.id).order_by(villages.c.id)).scalars())
    found: set[str] = set()
    for some in chunks(sorted(keys)):
        query = select(rule.source.c.village_id, *rule.source.primary_key.columns)
        now: list[Any] = list(execute(session, query.where(_has_key(rule, some))))
        found.update(one.village_id for one in now if one.village_id is not None)
        gone = set(some) - {tuple(one)[1:] for one in now}
        if gone and not rule.added_only:
            # A row that is gone is told as gone where it was told before.
            names = [witness.key_text(rule, key) for key in gone]
            anywhere = col(RowWitnessRow.village_id).in_(select(villages.c.id))
            before = select(col(RowWitnessRow.village_id)).distinct().where(anywhere, *_of_rows(rule, names))
            found.update(execute(session, before).scalars())
    return sorted(found)


def _ready(session: Session, villages: Sequence[str]) -> set[str]:
    """Return those of these villages whose rows were told before; tell all rows of a village that has none.

    Where a write concerns many villages, those that lived long without digests wait for a write of their own:
    all their rows at once would hold up everybody.
    """
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
            _write_all(session, village=village, old=size > 0)
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


def _write_all(session: Session, *, village: str, old: bool) -> None:
    """Tell every row of a village as it is found; of an `old` one as number 0, which has no witness."""
    for rule in witness.witnessed():
        for rows in raw_pages(session, rule.source, rule.in_log_of(village)):
            own = [row for row in rows if not rule.by_own_words(row)]
            _insert(session, rule, [(village, row_key(rule, row), 0 if old else 1, row) for row in own])
    if old:
        session.info.setdefault(UNBOUND, set()).add(village)


def _write_some(session: Session, rule: Witnessed, keys: Sequence[Key], villages: Sequence[str]) -> None:
    """Tell some rows of one table as they now stand; those that are gone are told as gone."""
    rows = _rows(session, rule, keys, villages)
    names = sorted(witness.key_text(rule, key) for key in keys)
    before = {} if rule.added_only else _digests_before(session, rule, names, villages)
    digests, again = [], []
    for place in ((village, name) for village in villages for name in names):
        row, last = rows.get(place), before.get(place)
        if row is not None and rule.by_own_words(row):
            row = None
        if row is None and (last is None or not last.alive):
            continue
        digests.append((*place, last.position + 1 if last else 1, row))
        if last is not None:
            again.append(place)
        # What an entry vouches for is replaced by nothing less than an entry.
        if rule.at_once or (last is not None and last.log_index is not None):
            session.info.setdefault(UNBOUND, set()).add(place[0])
    _forget_salts(session, rule, again)
    _insert(session, rule, digests)


def _rows(
    session: Session, rule: Witnessed, keys: Sequence[Key], villages: Sequence[str]
) -> dict[Place, Any]:
    """Return the rows with these keys, as they are stored, at each village in whose log they are told."""
    rows = {row_key(rule, row): row for row in raw_rows(session, rule.source, _has_key(rule, keys))}
    if rule.of_village is None:
        return {(row.village_id, name): row for name, row in rows.items()}
    place = SQLModel.metadata.tables["village"].alias("place")
    query = (
        select(place.c.id, *rule.source.primary_key.columns)
        .select_from(rule.source.join(place, true()))
        .where(_has_key(rule, keys), place.c.id.in_(villages), rule.of_village(place.c.id))
    )
    found = [(one[0], witness.key_text(rule, one[1:])) for one in execute(session, query)]
    return {(village, name): rows[name] for village, name in found if name in rows}


def _digests_before(
    session: Session, rule: Witnessed, names: Sequence[str], villages: Sequence[str]
) -> dict[Place, _Before]:
    """Return what was told of these rows in the logs of these villages."""
    row = RowWitnessRow
    alive = func.max(case((col(row.digest).is_not(None), col(row.position))))
    query = (
        select(col(row.village_id), col(row.row_key), func.max(row.position), func.max(row.log_index), alive)
        .where(col(row.village_id).in_(villages), *_of_rows(rule, names))
        .group_by(col(row.village_id), col(row.row_key))
    )
    found: list[Any] = list(execute(session, query))
    return {
        (village, name): _Before(position, index, position == last)
        for village, name, position, index, last in found
    }


def _forget_salts(session: Session, rule: Witnessed, places: Sequence[Place]) -> None:
    """Take the salts from what was told of these rows: what they said before is nobody's to guess."""
    if not places:
        return
    villages, names = ({place[part] for place in places} for part in (0, 1))
    row = RowWitnessRow
    mine = (col(row.village_id).in_(villages), *_of_rows(rule, names), col(row.salt).is_not(None))
    execute(session, update(row).where(*mine).values(salt=None, cells=None))


def _of_rows(rule: Witnessed, names: Collection[str]) -> tuple[Any, ...]:
    """Return the conditions that a telling is of one of these rows; its village is asked for beside it."""
    return col(RowWitnessRow.table_name) == rule.table, col(RowWitnessRow.row_key).in_(names)


def _has_key(rule: Witnessed, keys: Sequence[Key]) -> Any:
    """Return the condition that a row has one of these keys."""
    columns = list(rule.source.primary_key.columns)
    if len(columns) == 1:
        return columns[0].in_([key[0] for key in keys])
    if columns[0].name == "village_id" and len(columns) == 2 and len({key[0] for key in keys}) == 1:
        return (columns[0] == keys[0][0]) & columns[1].in_([key[1] for key in keys])
    return tuple_(*columns).in_(keys)


def _insert(session: Session, rule: Witnessed, digests: Sequence[tuple[str, str, int, Any]]) -> None:
    """Write tellings: village, key, how often it was told, and the row, None if it is gone."""
    salts = entropy(session)(SALT * len(digests))
    written = []
    for number, (village, name, position, row) in enumerate(digests):
        made = None if row is None else digest(rule, row, salts[SALT * number : SALT * (number + 1)])
        values = dict.fromkeys(RowDigest._fields) if made is None else made._asdict()
        key = {"village_id": village, "table_name": rule.table, "row_key": name, "position": position}
        written.append({**key, "log_index": None, **values})
    execute_many(session, _INSERT, *written)
