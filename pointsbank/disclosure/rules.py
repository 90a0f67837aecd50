"""The rules in force, or the next to come: by category, how points are earned, and what may not be shown."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from pointsbank import ceremonies, governing, ledger, scoring, villages
from pointsbank.dates import day_of
from pointsbank.disclosure.facts import may_hang
from pointsbank.disclosure.rules_in_words import Part, RuleWords, parts_of
from pointsbank.law import Cleared, People
from pointsbank.scoring import Scheme

_RESOLVED = "村民会议决议"


@dataclass(frozen=True, slots=True)
class Version:
    """A version of the rules, the day from which it holds, and by which resolution."""

    number: int
    from_date: date
    resolution: Cleared


@dataclass(frozen=True, slots=True)
class Rules:
    """A version of the rules in words.

    Attributes:
        is_current: it holds today; else it is adopted for a later day.
        coming: the versions that are adopted for a later day, the one that is shown left out.
        unpublished: items that are only counted, since their words may not hang.
        ceremony_limits: what weddings and funerals may come to; empty where nothing is limited.
    """

    version: Version
    is_current: bool
    coming: tuple[Version, ...]
    earn: str
    spend: str
    parts: tuple[Part, ...]
    unpublished: int
    ceremony_limits: tuple[str, ...]

    @property
    def items(self) -> int:
        """How many items are shown."""
        return sum(len(part.lines) for part in self.parts)


def rules(session: Session, *, village: str, at: datetime) -> Rules | None:
    """Return the rules in force, or the next to come; None where none were adopted.

    Raises:
        VillageUnknown: there is no such village.

    Example:
        rules(session, village="chayuan", at=now).parts[0].lines[0].label  # "+5，每年最多20分"
    """
    today = day_of(at)
    found = scoring.scheme_timetable(session, village=village, day=today)
    shown = found.current or next(iter(found.coming), None)
    if shown is None:
        return None
    people = governing.named_people(session, village=village)
    # An adopted version never changes: only who lives in the village may take words off the wall.
    parts, unpublished = ledger.kept_under(
        session,
        village=village,
        about="rules in words",
        version=(shown.id, people),
        make=lambda: _words(session, village, shown, people),
        size=lambda made: sum(len(part.lines) for part in made[0]),
    )
    limits = ceremonies.limits_on(session, village=village, day=today)
    days = villages.settings(session, village=village).notice_days
    return Rules(
        version=_version(shown, people),
        is_current=shown == found.current,
        coming=tuple(_version(one, people) for one in found.coming if one != shown),
        earn=RuleWords.EARN.format(days=days),
        spend=str(RuleWords.SPEND),
        parts=parts,
        unpublished=unpublished,
        ceremony_limits=tuple(limits.in_words) if limits else (),
    )


def _words(session: Session, village: str, scheme: Scheme, people: People) -> tuple[tuple[Part, ...], int]:
    """Return a version's items in words, and how many may not be shown."""
    items = scoring.items_of(session, village=village, scheme=scheme.id)
    parts = parts_of(items, people)
    return parts, len(items) - sum(len(part.lines) for part in parts)


def _version(scheme: Scheme, people: People) -> Version:
    """Return which version it is."""
    if scheme.from_date is None:
        raise AssertionError("an adopted version has a first day")
    return Version(scheme.version, scheme.from_date, may_hang(scheme.resolution, _RESOLVED, people))
