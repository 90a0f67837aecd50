"""The web edge's clock: notices when the machine's was put back, so that nothing expired revives."""

import logging
import threading
import time
from datetime import UTC, datetime, timedelta

from pointsbank import approvals, ledger, market, staff
from pointsbank.database import Database

log = logging.getLogger("pointsbank.web")

# Time servers correct a clock by seconds, now and then; that ends nothing.
SLACK = timedelta(minutes=1)


class Clock:
    """Reads the machine's time; when it fell, ends first what the later time had ended or begun."""

    def __init__(self) -> None:
        """Nothing has been seen yet."""
        self._seen: tuple[datetime, float] | None = None
        self._one_at_a_time = threading.Lock()

    def now(self, database: Database) -> datetime:
        """Return this moment in UTC; if the clock fell by over a minute, void tickets and sessions first."""
        with self._one_at_a_time:
            moment, ticks = datetime.now(UTC), time.monotonic()
            due = self._due(database, moment, ticks)
            if moment < due - SLACK:
                _end_what_would_revive(database, due=due, moment=moment)
            self._seen = moment, ticks
            return moment

    def _due(self, database: Database, moment: datetime, ticks: float) -> datetime:
        """Return what the clock should show: counted on from the last request, or by the ledger."""
        if self._seen:
            last, ticks_then = self._seen
            return last + timedelta(seconds=ticks - ticks_then)
        with database.reading() as session:
            return ledger.latest_moment(session) or moment


def _end_what_would_revive(database: Database, *, due: datetime, moment: datetime) -> None:
    """Void open scan tickets, sessions that have ended or begin later than now, and overdue requests."""
    log.warning("the clock went back from %s to %s: what had ended stays so", due, moment)
    with database.writing() as session:
        market.void_tickets(session, at=moment)
        staff.end_sessions(session, ended_by=due, at=moment)
    approvals.end_overdue(database, at=moment, over_by=due)
