"""The database of a practice village, and how a session tells that it is one.

Whatever is made there is marked: cards have tokens of their own kind, pages and sheets say so. The mark goes
with the database, so that nothing made for practice can be mistaken once it is on paper.
"""

from sqlalchemy.engine import Connection
from sqlmodel import Session

from pointsbank.database import Database

MARK = "练习"
"""What stands on every page and sheet of a practice village."""

_PRACTICE = "practice"


class PracticeDatabase(Database):
    """A database in which nothing counts."""

    def _session(self, connection: Connection) -> Session:
        session = super()._session(connection)
        session.info[_PRACTICE] = True
        return session


def is_practice(session: Session) -> bool:
    """Return whether nothing counts of what is written here.

    Example:
        is_practice(session)  # False at the real till
    """
    return bool(session.info.get(_PRACTICE))
