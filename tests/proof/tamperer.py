"""Somebody with the database file and SQL, who changes one byte of one row and touches nothing else."""

import json
import random
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pointsbank.ledger import canonical
from pointsbank.merkle import Frontier, commitment, leaf_hash

TABLES = (
    "log_entry",
    "log_private",
    "transaction",
    "posting",
    "account",
    "log_head",
    "anchor",
    "closed_month",
    "standing",
    "redemption",
    "redemption_reversal",
    "redemption_return",
    "stock_move",
    "stock_move_undone",
    "stocktake",
    "stocktake_count",
    "stocktake_return",
    "score",
)


@dataclass(frozen=True)
class Flip:
    """One changed value: where, and what it was and became."""

    table: str
    column: str
    rowid: int
    before: object
    after: object


def opened(file: Path) -> sqlite3.Connection:
    """The file with every rule of the database switched off."""
    connection = sqlite3.connect(file, isolation_level=None)
    connection.execute("PRAGMA synchronous=OFF")
    for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        connection.execute(f'DROP TRIGGER "{name}"')
    connection.execute("PRAGMA foreign_keys=OFF")
    connection.execute("PRAGMA ignore_check_constraints=ON")
    return connection


def flip(file: Path, table: str, dice: random.Random) -> Flip:
    """Change one byte of one column of one row; tries again where a key is already taken."""
    with closing(opened(file)) as connection:
        while True:
            done = _try_flip(connection, table, dice)
            if done is not None:
                return done


def _try_flip(connection: sqlite3.Connection, table: str, dice: random.Random) -> Flip | None:
    rowid = dice.choice(connection.execute(f'SELECT rowid FROM "{table}"').fetchall())[0]
    columns = [row[1] for row in connection.execute(f'PRAGMA table_info("{table}")')]
    column = dice.choice(columns)
    kind, stored, before = connection.execute(
        f'SELECT typeof("{column}"), CAST("{column}" AS BLOB), "{column}" FROM "{table}" WHERE rowid = ?',
        [rowid],
    ).fetchone()
    value = "?"
    after: object = bytes([dice.randrange(256)])
    if kind == "integer":
        after = before ^ (1 << dice.randrange(63))
    elif kind != "null":
        after = _changed(stored, dice)
        value = "CAST(? AS TEXT)" if kind == "text" else "?"
    try:
        connection.execute(f'UPDATE "{table}" SET "{column}" = {value} WHERE rowid = ?', [after, rowid])
    except sqlite3.IntegrityError:
        return None
    return Flip(table, column, rowid, before, after)


def _changed(stored: bytes, dice: random.Random) -> bytes:
    """The same bytes but one; of nothing, one byte."""
    if not stored:
        return bytes([dice.randrange(256)])
    place = dice.randrange(len(stored))
    return stored[:place] + bytes([stored[place] ^ dice.randrange(1, 256)]) + stored[place + 1 :]


def rewrite_words(file: Path, index: int, change: Callable[[dict[str, Any]], None]) -> None:
    """Change what an entry's private part says, and every hash after it, with our own functions."""
    with closing(opened(file)) as connection:
        salt, private = connection.execute(
            "SELECT salt, private FROM log_private WHERE log_index = ?", [index]
        ).fetchone()
        said = json.loads(private)
        change(said)
        hidden = json.dumps(said, sort_keys=True).encode()
        (text,) = connection.execute("SELECT public FROM log_entry WHERE log_index = ?", [index]).fetchone()
        public = canonical({**json.loads(text), "c": commitment(salt, hidden).hex()})
        connection.execute("UPDATE log_private SET private = ? WHERE log_index = ?", [hidden, index])
        written = [public, leaf_hash(public), index]
        connection.execute("UPDATE log_entry SET public = ?, leaf = ? WHERE log_index = ?", written)
        leaves = [row[0] for row in connection.execute("SELECT leaf FROM log_entry ORDER BY log_index")]
        connection.execute("UPDATE log_head SET peaks = ?", [Frontier().extend(leaves).pack()])
