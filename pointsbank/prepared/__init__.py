"""Statements of the counter's hot path: written with SQLAlchemy, compiled once, run by the driver itself.

SQLAlchemy takes longer over a small statement than SQLite does, and a sale has twenty. So a statement, a
constant of its module, is compiled at its first run and kept while the program runs: its SQL, one reader for
each value in the driver's order, and what makes a row class of the driver's row (`compiling.py`). The driver
runs it on the session's own connection, inside its transaction (`running.py`); on PostgreSQL it is prepared
once a connection and many travel in one go (`postgresql.py`), those of a sale as one statement
(`joining.py`). What the session has pending is written first, and errors are SQLAlchemy's. Where somebody
listens to statements or logs them, and in sessions that `Database` did not open, SQLAlchemy runs the very
same statements itself.
"""

from pointsbank.prepared.compiling import chunks
from pointsbank.prepared.running import Question, Rows, execute_many, fetch, fetch_together, writes_together
