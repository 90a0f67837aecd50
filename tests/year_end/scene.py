"""茶源村 in its first winter: points earned in autumn, a resolution to clear them on 10 January."""

from datetime import UTC, date, datetime
from typing import Any

from pointsbank import ledger, roster, year_end
from pointsbank.ledger import POINTS, NewTransaction, Posting
from pointsbank.points import Points, whole
from pointsbank.year_end import YearEnd
from tests.builders import COMMITTEE, SUPERVISOR, VILLAGE, Chayuan

AUTUMN = datetime(2026, 9, 1, 2, 0, tzinfo=UTC)
DECEMBER = datetime(2026, 12, 20, 2, 0, tzinfo=UTC)
JANUARY = datetime(2027, 1, 5, 2, 0, tzinfo=UTC)
DUE = datetime(2027, 1, 10, 2, 0, tzinfo=UTC)
LATER = datetime(2027, 1, 20, 2, 0, tzinfo=UTC)
YEAR = 2026
CLEARING: dict[str, Any] = {
    "points": "clear",
    "resolution": "2026年村民代表会议第3号决议",
    "from_date": date(2026, 9, 1),
}


def resolved(cast: Chayuan, **more: Any) -> year_end.Rule:
    """What the village resolves in September."""
    rule = cast.write(year_end.adopt_rule, **CLEARING | more)
    assert isinstance(rule, year_end.Rule)
    return rule


def move(
    cast: Chayuan,
    who: roster.Participant,
    points: int,
    *,
    at: datetime,
    kind: str = "award",
    honour: bool = False,
    source: tuple[str, str] | None = None,
) -> int:
    """Post so many points for somebody, < 0 off the account, with as much honour if wanted; its entry."""
    units = (POINTS, ledger.HONOUR) if honour else (POINTS,)
    other = {"redemption": "market", "gift": "charity"}.get(kind, "issuance")
    lines = []
    for unit in units:
        own, theirs = ledger.account_of(who.id, unit), ledger.village_account(other, unit)
        sides = (theirs, own) if points > 0 else (own, theirs)
        lines.append(Posting(*sides, unit, whole(abs(points))))
    words = {"participant": who.id, "item": "做好事"}
    entry = NewTransaction(kind, at.date(), tuple(lines), words, source)
    [posted] = cast.write(ledger.post, entries=[entry], at=at)
    return int(posted.index)


def ended(cast: Chayuan, *, at: datetime = DUE, year: int = YEAR) -> YearEnd:
    """The year's end as two people post it."""
    run = cast.write(year_end.post_run, year=year, second=SUPERVISOR, at=at)
    assert isinstance(run, YearEnd)
    return run


def undone(cast: Chayuan, *, at: datetime = LATER, year: int = YEAR) -> year_end.Undoing:
    """The year's end undone by two people."""
    found = cast.write(year_end.undo_run, year=year, reason="决议的日期看错了", second=SUPERVISOR, at=at)
    assert isinstance(found, year_end.Undoing)
    return found


def points_of(cast: Chayuan, who: roster.Participant) -> Points:
    """What somebody can spend."""
    return cast.balance(who).points


__all__ = ["AUTUMN", "COMMITTEE", "VILLAGE"]
