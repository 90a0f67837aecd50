"""Finds out what became of a write whose COMMIT was sent and not answered.

A connection that ends before COMMIT was sent has written nothing. One that ends between COMMIT and its
answer has written everything or nothing, and who says "nothing" there makes a clerk sell the same goods
twice. So the write is looked up on a fresh connection: by the request id where it has one (`KEPT`), on
PostgreSQL by the number of its transaction otherwise. Whoever looks waits until the transaction has ended,
for one that is still on its way would be taken for one that was lost. A server that crashed gives the numbers
of transactions it lost to others, so after a crash a number says nothing: then a row of the write is looked
for (`THERE`). What cannot be found out is told as `OutcomeUnknown`.
"""

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import partial

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlmodel import Session

from pointsbank.errors import Refused

log = logging.getLogger("pointsbank")

Kept = Callable[[Session], bool | None]
"""Called with a fresh session that is rolled back: True if the write is there, None if not known."""

KEPT = "tells whether this write was kept"
"""Of `session.info`: the `Kept` of this write, where a request id or the like can be looked up."""

THERE = "tells whether a row of this write is there"
"""Of `session.info`: the same for a write that is over for certain, by a row that only it can have made."""

PATIENCE = 8
"""Seconds for which a fresh connection is tried before the outcome is said to be unknown."""

# SQLite's extended codes of a commit that was written and perhaps not made durable: fsync of the file, of its
# folder, and the end of the journal by truncating or deleting it.
_NOT_SYNCED_IN_SQLITE = (1034, 1290, 1546, 2570)


class OutcomeUnknown(Refused):
    """COMMIT was sent, no answer came, and nobody can be asked what became of it."""

    code = "outcome_unknown"
    sentence = (
        "不知道这一次是否成功：数据库没有答复。请不要另外重做；过一会儿先看记录，还没有再把这一次原样提交。"
    )
    fixed_by = "本人"


class _NobodyKnows(Exception):
    """Asking on would not help."""


class InterruptedAtCommit(KeyboardInterrupt):
    """Somebody interrupted the program while a COMMIT was on its way."""


class Unanswered(Exception):
    """A COMMIT without an answer: the error, how to find out, and what follows a good commit."""

    def __init__(self, error: DBAPIError, kept: Kept | None, then: Callable[[], None]) -> None:
        super().__init__(str(error))
        self.error, self.kept, self.then = error, kept, then


def send_commit(session: Session, send: Callable[[], None], committed: Callable[[Session], None]) -> None:
    """Send COMMIT: a failure that leaves its outcome open is handed to `settle`.

    Args:
        session: the session of the write.
        send: sends it and waits for the answer.
        committed: called with the session once the write is known to be kept.

    Raises:
        InterruptedAtCommit: the program was interrupted meanwhile.
        Unanswered: nobody knows yet what became of it.
    """
    kept = session.info.get(KEPT) or _by_transaction(session)
    try:
        send()
    except KeyboardInterrupt as error:
        raise InterruptedAtCommit() from error
    except DBAPIError as error:
        if not _is_unanswered(error):
            raise
        raise Unanswered(error, kept, partial(committed, session)) from error
    committed(session)


def settle(unanswered: Unanswered, writing: Callable[[], AbstractContextManager[Session]]) -> None:
    """Go on as after a good commit if an unanswered one was kept after all.

    Args:
        unanswered: what `send_commit` raised.
        writing: opens a transaction on a fresh connection.

    Raises:
        OutcomeUnknown: nobody can be asked.
        DBAPIError: the write was not kept; the failure as it was.
    """
    kept = _find_out(writing, unanswered.kept)
    log.warning("no answer to COMMIT (%s): kept is %s", unanswered.error.orig, kept)
    if kept is None:
        raise OutcomeUnknown() from unanswered.error
    if not kept:
        raise unanswered.error from None
    unanswered.then()


@contextmanager
def afterwards(what: str) -> Iterator[None]:
    """Log a failure inside and go on: what came before is kept, and is not told as failed because of this.

    Args:
        what: what was not done, for the log.
    """
    try:
        yield
    except (DBAPIError, PoolTimeout, OutcomeUnknown) as error:
        log.warning("%s was not done: %s", what, error)


def roll_back(session: Session) -> None:
    """Undo what was tried in a transaction, so that leaving its block commits nothing."""
    # A session that never ran a statement itself would roll back nothing: `prepared` goes round it.
    session.connection()
    session.rollback()


def _find_out(writing: Callable[[], AbstractContextManager[Session]], kept: Kept | None) -> bool | None:
    """Return whether the write was kept, asking again while nobody answers; None if unknown."""
    end = time.monotonic() + PATIENCE
    while kept is not None and time.monotonic() < end:
        try:
            with writing() as session:
                answer = kept(session)
                roll_back(session)
            if answer is not None:
                return answer
        except _NobodyKnows:
            return None
        except (DBAPIError, PoolTimeout) as error:
            log.warning("what became of a COMMIT cannot be asked yet: %s", error)
        time.sleep(0.2)
    return None


def _is_unanswered(error: DBAPIError) -> bool:
    """Return True unless the database itself said that it did not commit."""
    if (sqlite_code := getattr(error.orig, "sqlite_errorcode", None)) is not None:
        return sqlite_code in _NOT_SYNCED_IN_SQLITE
    state = getattr(error.orig, "sqlstate", None)
    return error.connection_invalidated or state is None or state[:2] in ("08", "57")


# A crash in which the server itself goes on begins its statistics anew; who resets them by hand is told that
# nobody knows, no more.
_RUN = "concat_ws(' ', pg_postmaster_start_time(), (SELECT stats_reset FROM pg_stat_bgwriter))"
_NUMBER = f"SELECT pg_current_xact_id_if_assigned()::text, {_RUN}"
_STATE = f"SELECT pg_xact_status(%s::text::xid8), {_RUN}"


def _by_transaction(session: Session) -> Kept | None:
    """Return how to look up this transaction by its number, which SQLite does not give."""
    connection = session.connection()
    if connection.dialect.name == "sqlite":
        return None
    number, run = connection.exec_driver_sql(_NUMBER).one()
    return partial(has_ended_well, number=number, run=run, there=session.info.get(THERE))


def has_ended_well(session: Session, number: str | None, run: str, there: Kept | None) -> bool | None:
    """Return whether a transaction was committed (without a number: wrote nothing), None while it goes on.

    Args:
        run: between which starts and crashes of the server the number was given.
        there: looks for a row of the transaction, where it has one.
    """
    if number is None:
        return True
    connection = session.connection()
    state, now = connection.exec_driver_sql(_STATE, (number,)).one()
    if now != run:
        if there is None:
            raise _NobodyKnows()
        return there(session)
    return {"committed": True, "aborted": False}.get(str(state))
