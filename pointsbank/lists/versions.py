"""Filters that choose versions of the scheme: the rows are read so, and none is left to be taken away."""

from dataclasses import dataclass, field
from datetime import datetime

from sqlmodel import Session

from pointsbank import dates, scoring
from pointsbank.dates import day_of
from pointsbank.lists.base import Asked
from pointsbank.lists.filters import AlreadyApplied, Choices


@dataclass(frozen=True)
class OfVersions(AlreadyApplied):
    """The rows are of this version, adopted or a draft; `unset`: the one taken where none is named."""

    unset: str = field(default="", kw_only=True)

    def is_there(self, session: Session, value: str, village: str, at: datetime) -> bool:
        """Return whether there is such a version: of another the usual one would be read."""
        return value in {number for number, _ in self.choices(session, village)}

    def choices(self, session: Session, village: str) -> Choices:
        """Return the versions, the newest first."""
        known = scoring.schemes(session, village=village)
        return [(str(one.version), version_in_words(one)) for one in reversed(known)]

    @property
    def unset_words(self) -> str:
        """Return which version is taken where none is named."""
        return self.unset


OLDER = OfVersions("before", "原来的一版", "number", unset="现行的或上一版")
NEWER = OfVersions("after", "新的一版", "number", unset="最新的一版")


def version_in_words(scheme: scoring.Scheme) -> str:
    """Return a version as people call it.

    Example:
        version_in_words(scheme)  # "第2版（2026年10月1日起）"; of a draft "第3版（草案）"
    """
    since = f"{dates.day_in_words(scheme.from_date)}起" if scheme.from_date else "草案"
    return f"第{scheme.version}版（{since}）"


def compared(session: Session, asked: Asked) -> scoring.Compared:
    """Return the versions that a list was asked for."""
    return scoring.compared_versions(
        session,
        village=asked.village,
        day=day_of(asked.at),
        before=asked.filters.get("before", ""),
        after=asked.filters.get("after", ""),
    )
