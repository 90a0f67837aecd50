"""Lets every database of a test process use what SQLAlchemy compiled for those before it.

An engine keeps the SQL of each statement it has run, as long as it lives and for its own dialect alone. A
site or a command has one engine; the tests open one for each database, and to compile the same statements
anew took half of what they ask. Here dialects of one kind are equal, and their engines keep SQL in one place.

A site compiles for each of its addresses two functions that write it, half of what it takes to put a site
together; the hundred sites of the tests have the same addresses.
"""

from collections.abc import Callable
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.util import LRUCache
from werkzeug.routing import Rule

# Some thousand statements: what a test makes up anew at each run goes first.
COMPILED: LRUCache[Any, Any] = LRUCache(4_000)


class _Kept:
    """A dialect whose compiled statements serve all others that compile like it."""

    supports_statement_cache = True

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and vars(self).get("statement_compiler") is vars(other).get(
            "statement_compiler"
        )

    def __hash__(self) -> int:
        return hash(type(self))

    @classmethod
    def engine_created(cls, engine: Engine) -> None:
        """Let a new engine keep its statements where the others do."""
        engine.update_execution_options(compiled_cache=COMPILED)


class Sqlite(_Kept, SQLiteDialect_pysqlite):
    """Files."""

    supports_statement_cache = True


class Postgresql(_Kept, PGDialect_psycopg):
    """Servers."""

    supports_statement_cache = True


def keep() -> None:
    """Let engines that are made from now on share what they compile."""
    registry.register("sqlite", __name__, Sqlite.__name__)
    registry.register("postgresql.psycopg", __name__, Postgresql.__name__)
    Rule._compile_builder = _once(Rule._compile_builder)  # type: ignore[method-assign]


def _once(build: Callable[..., Any]) -> Callable[..., Any]:
    """Return werkzeug's compiler of what writes an address, which compiles each address once."""
    kept = dict[tuple[Any, ...], Any]()

    def built(rule: Rule, append_unknown: bool = True) -> Any:
        if rule.defaults:
            return build(rule, append_unknown)
        # The function takes the rule, whose converters it asks, as its first argument.
        key = (rule.rule, tuple(rule._trace), append_unknown)
        if key not in kept:
            kept[key] = build(rule, append_unknown)
        return kept[key]

    return built
