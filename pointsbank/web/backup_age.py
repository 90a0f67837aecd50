"""How old the last backup is, as home says it: to the administrator always, to all once it is too old."""

from dataclasses import dataclass
from datetime import datetime

from flask import Flask

from pointsbank import dates, duties
from pointsbank.web import access

TOO_OLD_DAYS = 3
"""A weekend without anybody at the machine is nothing to warn of."""


@dataclass(frozen=True, slots=True)
class BackupAge:
    """When the last backup was made here, how many days ago, and which other folders lack it."""

    made_at: datetime | None
    days: int
    lacking: tuple[str, ...]

    @property
    def is_too_old(self) -> bool:
        """True where backups were made once, and none lately."""
        return self.days > TOO_OLD_DAYS


def register(app: Flask) -> None:
    """Let a template find out how old the last backup is; folders are looked at only where it does."""
    app.context_processor(lambda: {"last_backup": last_backup})


def last_backup() -> BackupAge | None:
    """Return how old the last backup is; None where the data is in PostgreSQL."""
    if not access.database().is_sqlite:
        return None
    own, *others = duties.places(access.settings(), at=access.now())
    made_at = own.newest.made_at if own.newest else None
    days = (dates.day_of(access.now()) - dates.day_of(made_at)).days if made_at else 0
    behind = [one for one in others if one.newest is None or (made_at and one.newest.made_at < made_at)]
    return BackupAge(made_at, days, tuple(str(one.folder) for one in behind))
