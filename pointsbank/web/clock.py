"""The web edge's clock: notices when the machine's was put back, so that nothing expired comes alive."""

import logging
import threading
import time
from datetime import UTC, datetime, timedelta

from pointsbank import ledger, market, staff
from pointsbank.database import Database

log = logging.getLogger("pointsbank.web")

# Time servers correct a clock by seconds, now and then; that ends nothing.
SLACK = timedelta(minutes=1)


class Clock:
    """Gives the machine's time; at a fall it first ends what the later time had ended or begun."""

    def __init__(self) -> None:
        """Nothing has been seen yet."""
        self._seen: tuple[datetime, float] | None = None
        self._one_at_a_time = threading.Lock()

    def now(self, database: Database) -> datetime:
        """This moment, in UTC."""
        with self._one_at_a_time:
            moment, ticks = datetime.now(UTC), time.monotonic()
            due = self._due(database, moment, ticks)
            if moment < due - SLACK:
                _end_what_would_revive(database, due=due, moment=moment)
            self._seen = moment, ticks
            return moment

    def _due(self, database: Database, moment: datetime, ticks: float) -> datetime:
        """What the clock should show: counted on since the last request, or, after a start, by the ledger."""
        if self._seen:
            seen, then = self._seen
            return seen + timedelta(seconds=ticks - then)
        with database.reading() as session:
            return ledger.latest_moment(session) or moment


def _end_what_would_revive(database: Database, *, due: datetime, moment: datetime) -> None:
    """Scans must be made again; whoever's session has ended, or begins later than now, signs in again."""
    log.warning("the clock went back from %s to %s: open scans and ended sessions are void", due, moment)
    with database.writing() as session:
        market.void_tickets(session, at=moment)
        staff.end_sessions(session, ended_by=due, at=moment)
