"""Statements of the counter's hot path: written with SQLAlchemy, compiled once, run by the driver itself.

SQLAlchemy takes longer over a small statement than SQLite does, and a sale has twenty. What is run here runs
on the session's own connection, inside its transaction, and fails with SQLAlchemy's errors. Where somebody
listens to statements, and in sessions that `writing()` did not open, SQLAlchemy runs them itself.

Only for statements that are constants of a module: each is kept, compiled, while the program runs.
"""

from pointsbank.prepared.plans import chunks
from pointsbank.prepared.running import Rows, ask, execute_many, fetch, writes_together

__all__ = ["Rows", "ask", "chunks", "execute_many", "fetch", "writes_together"]
