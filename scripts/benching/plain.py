"""The limit of a redemption: the plain driver writing the very rows ours writes, under the same locks.

Nothing is decided and nothing hashed: digests are random bytes of the right length. What a redemption must
ask before it may write (whose card, what price, which limits) is left out too.
"""

import json
import os
import secrets
import sqlite3
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime
from typing import Any

import psycopg

from benching.scene import CLERK, PRICE, Shop, request_id
from pointsbank.database import BUSY_SECONDS, journal_mode

_REQUEST = (
    "INSERT INTO request (village_id, request_id, actor_id, contents_digest, answer, recorded_at)"
    " VALUES (?,?,?,?,?,?)"
)
_ACCOUNTS = "SELECT id, balance FROM account WHERE village_id=? AND id IN (?,?) ORDER BY id"
_GOODS = "SELECT stock, moves FROM goods WHERE village_id=? AND id=?"
_HEAD = "SELECT size, peaks FROM log_head WHERE village_id=?"
_MARKET = "SELECT balance FROM account WHERE village_id=? AND id=?"
_SHIFT = "UPDATE goods SET stock=?, moves=? WHERE village_id=? AND id=? AND stock>=1"
_ENTRY = (
    "INSERT INTO log_entry (village_id, log_index, kind, recorded_at, ref, public, leaf)"
    " VALUES (?,?,?,?,NULL,?,?)"
)
_PRIVATE = "INSERT INTO log_private (village_id, log_index, salt, private) VALUES (?,?,?,?)"
_MOVE_HEAD = "UPDATE log_head SET size=?, peaks=?, recorded_at=? WHERE village_id=?"
_TRANSACTION = (
    'INSERT INTO "transaction" (village_id, log_index, kind, occurred_on, recorded_at, actor_id, source_kind,'
    " source_id, reverses, request_id) VALUES (?,?,?,?,?,?,?,?,NULL,?)"
)
_POSTING = (
    "INSERT INTO posting (village_id, log_index, line, source_account_id, destination_account_id, unit,"
    " amount, source_balance, destination_balance) VALUES (?,?,0,?,?,'points',?,?,?)"
)
_BALANCE = "UPDATE account SET balance=? WHERE village_id=? AND id=?"
_REDEMPTION = (
    "INSERT INTO redemption (village_id, id, participant_id, ticket_id, total, balance_after, log_index,"
    " sold_on, sold_by, sold_at, second_check, approver) VALUES (?,?,?,?,?,?,?,?,?,?,'none',NULL)"
)
_STOCK_MOVE = (
    "INSERT INTO stock_move (village_id, goods_id, position, kind, quantity, stock_after, redemption_id,"
    " price, note, moved_by, moved_at) VALUES (?,?,?,'redeemed',-1,?,?,?,'',?,?)"
)
_PUBLIC = b"x" * 210
_WORDS = b"x" * 330


class PlainTill:
    """One connection of the plain driver."""

    def __init__(self, shop: Shop, lock: AbstractContextManager[Any] | None = None) -> None:
        """Connect as ours does: same journal, same sync, same foreign keys."""
        self.shop = shop
        self.sqlite = shop.database.is_sqlite
        self.lock: Any = lock or nullcontext()
        self.connection: Any = self._open_sqlite() if self.sqlite else self._open_postgresql()
        self._cursor = self.connection.cursor()

    def _open_sqlite(self) -> sqlite3.Connection:
        path = str(self.shop.database.engine.url.database)
        connection = sqlite3.connect(
            path, isolation_level=None, timeout=BUSY_SECONDS, check_same_thread=False
        )
        for pragma in (f"journal_mode={journal_mode(sqlite3.sqlite_version)}", "synchronous=FULL"):
            connection.execute(f"PRAGMA {pragma}")
        connection.execute("PRAGMA foreign_keys=ON")
        return connection

    def _open_postgresql(self) -> Any:
        url = self.shop.database.engine.url
        place = url.host or url.query.get("host")
        return psycopg.connect(
            dbname=url.database,
            user=url.username,
            password=url.password,
            host=place,
            port=url.port,
            autocommit=True,
            prepare_threshold=0,
        )

    def close(self) -> None:
        """Let go of the database."""
        self.connection.close()

    def sell(self) -> None:
        """One sale: lock, read, write, commit."""
        with self.lock:
            self._run("BEGIN IMMEDIATE" if self.sqlite else "BEGIN")
            self._write(*next(self.shop.scans))
            self._run("COMMIT")

    def _run(self, sql: str, *values: Any) -> Any:
        """Run a statement; both drivers keep it prepared."""
        return self._cursor.execute(sql if self.sqlite else sql.replace("?", "%s"), values)

    def _locked(self, sql: str, *values: Any) -> list[Any]:
        """Read rows, on PostgreSQL locking them."""
        return list(self._run(sql if self.sqlite else f"{sql} FOR UPDATE", *values).fetchall())

    def _write(self, ticket: str, person: str, at: datetime) -> None:
        """The rows of one sale, in the order of the locks."""
        run, village, goods = self._run, self.shop.village, self.shop.goods_id
        moment = at.strftime("%Y-%m-%d %H:%M:%S.%f") if self.sqlite else at
        day = at.date().isoformat() if self.sqlite else at.date()
        sale, request = secrets.token_hex(8), request_id()
        answer = json.dumps({"id": sale, "total": 200, "balance": 10**8, "index": 10**4, "leaf": "0" * 64})
        own, honour, market = f"{person}.points", f"{person}.honour", "market.points"
        run(_REQUEST, village, request, CLERK, os.urandom(32), answer, moment)
        held = dict(self._locked(_ACCOUNTS, village, own, honour))
        stock, moves = self._locked(_GOODS, village, goods)[0]
        size, _ = self._locked(_HEAD, village)[0]
        till = self._locked(_MARKET, village, market)[0][0]
        left, till = held[own] - PRICE, till + PRICE
        assert left >= 0
        run(_SHIFT, stock - 1, moves + 1, village, goods)
        run(_ENTRY, village, size, "redemption", moment, _PUBLIC, os.urandom(32))
        run(_PRIVATE, village, size, os.urandom(32), _WORDS)
        run(_MOVE_HEAD, size + 1, os.urandom(32 * (size + 1).bit_count()), moment, village)
        run(_TRANSACTION, village, size, "redemption", day, moment, CLERK, "redemption", sale, request)
        run(_POSTING, village, size, own, market, PRICE, left, till)
        run(_BALANCE, left, village, own)
        run(_BALANCE, till, village, market)
        run(_REDEMPTION, village, sale, person, ticket, PRICE, left, size, day, CLERK, moment)
        run(_STOCK_MOVE, village, goods, moves + 1, stock - 1, sale, PRICE, CLERK, moment)
