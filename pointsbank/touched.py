"""Which rows a write touches, of the tables whose rows are told to the log as digests.

The trick is that nobody has to think of it: whatever way a verb writes (the session's own objects, an UPDATE
or DELETE, `prepared.execute_many`), the keys of the rows are noted here, and told before the write is
committed. So a row that the program wrote is witnessed, and one that somebody else wrote is not.
"""

import operator
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy import (
    BinaryExpression,
    BindParameter,
    Column,
    ColumnElement,
    Delete,
    Insert,
    Table,
    Update,
    event,
    inspect,
    select,
)
from sqlalchemy.orm import ORMExecuteState, UOWTransaction
from sqlalchemy.sql.elements import BooleanClauseList
from sqlmodel import Session

from pointsbank.witness import Key, Witnessed, rule_of

Statement = Insert | Update | Delete
Values = tuple[Any, ...]
"""The values of a row, in the order of its table's columns."""

Touched = dict[Key, Values | None]
"""Rows that a write touched: their keys, and the values of one that was added and not touched again.

An import adds thousands: they need not be read again to be told.
"""

_TOUCHED = "rows touched"
_acts: list[Callable[[Session], None]] = []


def call_before_commit(act: Callable[[Session], None]) -> None:
    """Call `act` before the commit of each write that touched such rows; the ledger writes their digests."""
    _acts.append(act)


def before_commit(session: Session) -> None:
    """Call what wants to be called before the commit of a write that touched such rows."""
    if _TOUCHED in session.info:
        for act in _acts:
            act(session)


def take(session: Session, *, added: bool = True) -> dict[str, Touched]:
    """Return the rows that this write touched since the last call, by table.

    Args:
        added: also those that were added and not touched again; otherwise they stay to be taken.
    """
    session.flush()
    touched = cast("dict[str, Touched]", session.info.get(_TOUCHED, {}))
    if touched:
        session.info[_TOUCHED] = {} if added else _of_kind(touched, added=True)
    return touched if added else _of_kind(touched, added=False)


def _of_kind(touched: Mapping[str, Touched], *, added: bool) -> dict[str, Touched]:
    """Return the rows that were added and not touched again, or the others."""
    kinds = {
        table: {key: values for key, values in rows.items() if (values is not None) == added}
        for table, rows in touched.items()
    }
    return {table: rows for table, rows in kinds.items() if rows}


def peek(session: Session) -> Mapping[str, Touched]:
    """Return the rows that this write touched since `take`, by table; they stay to be taken."""
    session.flush()
    return cast("dict[str, Touched]", session.info.get(_TOUCHED, {}))


def touch(session: Session, table: str, keys: Iterable[Key]) -> None:
    """Note that these rows have to be told."""
    _rows_of(session, table).update(dict.fromkeys(keys))


def _rows_of(session: Session, table: str) -> Touched:
    """Return what was touched of a table until now."""
    return cast("Touched", session.info.setdefault(_TOUCHED, {}).setdefault(table, {}))


@dataclass(frozen=True, slots=True)
class _Plan:
    """How the keys of the rows that a statement writes are read from its parameters; None: not from them.

    `whole` reads all values of a row from there, if they are there.
    """

    rule: Witnessed
    key: Callable[[Mapping[str, Any]], Key] | None
    by_words: Callable[[Mapping[str, Any]], bool] | None
    whole: Callable[[Mapping[str, Any]], Values] | None = None


_plans: dict[Any, _Plan | None] = {}
_UNSEEN = object()


def note_many(session: Session, statement: Any, rows: Sequence[Mapping[str, Any]]) -> None:
    """Note what a statement, a constant of its module, writes for each of these rows of parameters."""
    # A sale writes ten times and is told of nothing here: one look into a dictionary is all that it pays.
    plan: Any = _plans.get(statement, _UNSEEN)
    if plan is _UNSEEN:
        plan = _plans[statement] = _plan(statement, rows[0])
    if plan is not None:
        _note(session, plan, statement, rows)


def note(session: Session, statement: Any, parameters: Any = None) -> None:
    """Note which rows a statement is about to write.

    An INSERT brings its values as parameters.
    """
    if not isinstance(statement, Insert | Update | Delete):
        return
    rows = parameters if isinstance(parameters, list | tuple) else [parameters or {}]
    if (plan := _plan(statement, rows[0])) is not None:
        _note(session, plan, statement, rows)


def _note(session: Session, plan: _Plan, statement: Any, rows: Sequence[Mapping[str, Any]]) -> None:
    """Note the keys that a statement is about to write."""
    read, whole = plan.key, plan.whole
    if read is not None and plan.by_words is not None:
        rows = [row for row in rows if not plan.by_words(row)]
    if read is not None and whole is not None:
        _add(session, plan.rule.table, dict(zip(map(read, rows), map(whole, rows), strict=True)))
        return
    if read is not None:
        keys = set(map(read, rows))
    else:
        # Which rows fit the condition is known only before they are changed.
        query = select(*plan.rule.source.primary_key.columns)
        if statement.whereclause is not None:
            query = query.where(statement.whereclause)
        keys = {tuple(found) for row in rows for found in session.connection().execute(query, row or None)}
    if keys:
        touch(session, plan.rule.table, keys)


def _add(session: Session, table: str, added: dict[Key, Values]) -> None:
    """Note rows that are about to be added, with their values."""
    if not added:
        return
    rows = _rows_of(session, table)
    # A row that was there before this write, and was deleted in it, may have been told: it is read.
    again = added.keys() & rows.keys()
    rows.update(added)
    rows.update(dict.fromkeys(again))


def _plan(statement: Statement, row: Mapping[str, Any]) -> _Plan | None:
    """Return how to find the keys of a statement; None where its rows are not told as digests."""
    rule = rule_of(cast(Table, statement.table).name)
    if rule is None:
        return None
    names = rule.key_names
    if isinstance(statement, Insert):
        words = rule.by_words
        has_words = (lambda row: row.get(words) is not None) if words else None
        return _Plan(rule, _taker(names), has_words, _whole(statement, rule, row))
    # SQLAlchemy has no public way to ask an UPDATE which columns it sets.
    values = getattr(statement, "_values", None) or {}
    setting = {getattr(column, "key", column): value for column, value in values.items()}
    changed = setting or {name: None for name in row if name in rule.source.c}
    if isinstance(statement, Update) and rule.leaves_alone(changed):
        return None
    by_words: Callable[[Mapping[str, Any]], bool] | None = None
    # Whether this write takes the row out of a digest's care.
    leaving_by = rule.left_by if rule.leaving and set(changed) <= rule.leaving else rule.by_words
    if isinstance(index := setting.get(leaving_by), BindParameter):
        by_words = lambda row: _value(index, row) is not None  # noqa: E731
    equal = dict(equalities(statement.whereclause))
    if set(equal) != set(names):
        return _Plan(rule, None, by_words)
    parts = [_reader(equal[name]) for name in names]
    return _Plan(rule, lambda row: tuple(part(row) for part in parts), by_words)


def _taker(names: Sequence[str]) -> Callable[[Mapping[str, Any]], Key]:
    """Return what takes the values with these names out of a row's parameters."""
    if len(names) > 1:
        return operator.itemgetter(*names)
    [name] = names
    return lambda row: (row[name],)


def _whole(
    statement: Insert, rule: Witnessed, row: Mapping[str, Any]
) -> Callable[[Mapping[str, Any]], Values] | None:
    """Return what reads the row that an INSERT adds from its parameters; None if it may be another one."""
    columns = rule.source.c
    # SQLAlchemy has no public way to ask an INSERT for these.
    parts = ("_values", "_multi_values", "_post_values_clause", "select")
    fixed = any(getattr(statement, part, None) not in (None, ()) for part in parts)
    if fixed or not row.keys() <= set(columns.keys()):
        return None
    missing = [column for column in columns if column.name not in row]
    if any(not column.nullable or column.default or column.server_default for column in missing):
        return None
    names = [column.name for column in columns]
    if not missing:
        return _taker(names)
    return lambda given: tuple(given.get(name) for name in names)


def _reader(bind: BindParameter[Any]) -> Callable[[Mapping[str, Any]], Any]:
    return lambda row: _value(bind, row)


def _value(bind: BindParameter[Any], row: Mapping[str, Any]) -> Any:
    """Return what a statement's parameter stands for in this row."""
    return row.get(bind.key, bind.effective_value)


def equalities(clause: ColumnElement[Any] | None) -> Iterator[tuple[str, BindParameter[Any]]]:
    """Yield the columns that a condition holds equal to a value; others under a name that is no column."""
    if isinstance(clause, BooleanClauseList) and clause.operator is operator.and_:
        for part in clause.clauses:
            yield from equalities(part)
    elif (
        isinstance(clause, BinaryExpression)
        and clause.operator is operator.eq
        and isinstance(clause.left, Column)
        and isinstance(clause.right, BindParameter)
    ):
        yield clause.left.name, clause.right
    else:
        yield "", BindParameter("")


def _note_flushed(session: Session, _work: UOWTransaction) -> None:
    """Note the rows of the session's own objects that were just written."""
    for row in [*session.new, *session.dirty, *session.deleted]:
        state = inspect(row)
        table = cast(Table, state.mapper.local_table)
        rule = rule_of(table.name)
        if rule is None:
            continue
        changed = [one.key for one in state.attrs if one.history.has_changes()]
        if row in session.dirty and rule.leaves_alone(changed):
            continue
        if row not in session.deleted and rule.by_own_words(row):
            continue
        touch(session, rule.table, [tuple(state.mapper.primary_key_from_instance(row))])


def _note_statement(state: ORMExecuteState) -> None:
    """Note the rows of an UPDATE or DELETE that a session runs."""
    if state.is_update or state.is_delete:
        note(state.session, state.statement, state.parameters)  # type: ignore[arg-type]


event.listen(Session, "after_flush", _note_flushed)
event.listen(Session, "do_orm_execute", _note_statement)
