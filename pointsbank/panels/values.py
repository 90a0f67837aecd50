"""What panels hand out: a panel, who sits on it, and the relatives of each."""

from dataclasses import dataclass
from datetime import date, datetime

VILLAGE, GROUP = "village", "group"
"""The kinds of panel: for the whole village, or for the groups of its area."""


@dataclass(frozen=True, slots=True)
class Relative:
    """A near relative's household and how it is related (a code of `labels.relation`)."""

    participant_id: str
    code: str
    name: str
    relation: str


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody who sits on a panel.

    Attributes:
        seat: as what, a code of `labels.seat_kind`.
        participant_id, code: their own household; None and empty where it is not known.
        since, until: first and last day; `until` is None while they sit.
    """

    number: int
    name: str
    seat: str
    participant_id: str | None
    code: str
    staff_id: str | None
    since: date
    until: date | None
    relatives: tuple[Relative, ...] = ()

    def sits_on(self, day: date) -> bool:
        """Return whether they sit on this day.

        Example:
            >>> member = Member(1, "龙凤泉", "worthy", None, "", None, date(2026, 9, 1), None)
            >>> member.sits_on(date(2026, 8, 31)), member.sits_on(date(2026, 9, 1))
            (False, True)
        """
        return self.since <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class Panel:
    """A panel with everybody who ever sat on it.

    Attributes:
        rule: how marks come together, a code of `labels.panel_rule`.
        groups: ids of the groups of its area; empty for the whole village.
        area: the same by name.
    """

    id: str
    kind: str
    name: str
    rule: str
    groups: tuple[str, ...]
    area: tuple[str, ...]
    members: tuple[Member, ...]
    made_at: datetime
    ended_at: datetime | None

    def sitting_on(self, day: date) -> tuple[Member, ...]:
        """Return who sits on this day."""
        return tuple(one for one in self.members if one.sits_on(day))
