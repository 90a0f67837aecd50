"""Before a program writes or serves: the log is checked against all stubs, and these are brought up to date.

A stub is begun without ceremony only where nothing can be hidden by it: over logs without entries, in the
very command that made the data, or beside another stub that vouches for the log. Else two people must say so.
"""

import contextlib
from collections.abc import Sequence
from datetime import UTC, datetime

from pointsbank.database import Database
from pointsbank.errors import Refused
from pointsbank.watermark.comparing import Comparison, Standing, compare, examine, heads
from pointsbank.watermark.places import Place
from pointsbank.watermark.standing import bring_up_to_date, refusal_of, unvouched


class NothingVouches(Refused):
    """A stub is to be begun over a log that has entries, and no other stub vouches for it."""

    code = "nothing_vouches"
    sentence = (
        "账本已有记录，又没有别的存根作证，不能由一个人开始新的存根。"
        "请两位角色不同的人一起在服务器上运行 pointsbank watermark accept。"
    )
    fixed_by = "管理员"


def check(database: Database, places: Sequence[Place]) -> list[Comparison]:
    """Refuse a log that lacks what a stub saw, else bring the stubs up to date; return how they stood.

    Raises:
        LogBehindWatermark, WatermarkUnusable: nothing may be served or written.
    """
    if not _has_entries(database):
        make_places(places)
    stood = examine(database, places)
    refusal = refusal_of(stood)
    if refusal is not None:
        raise refusal
    settle(database, stood)
    return stood


def begin(database: Database, places: Sequence[Place], *, just_made: bool = False) -> list[Comparison]:
    """Begin stubs at the places that have none; return how all stand now.

    Args:
        just_made: the data was made a moment ago by who calls, so there is nothing older or newer.

    Raises:
        NothingVouches: the log has entries that no other stub vouches for.
        LogBehindWatermark, WatermarkUnusable: as `check`.
        OSError: a place cannot be made.

    Example:
        begin(database, [Place(Path("E:/pointsbank"))], just_made=True)
    """
    stood = examine(database, places)
    refusal = refusal_of(stood)
    if refusal is not None and not just_made:
        raise refusal
    if any(unvouched(stood)) and _has_entries(database) and not just_made:
        raise NothingVouches()
    make_places(places, loudly=True)
    settle(database, examine(database, places))
    return examine(database, places)


def renew(database: Database, places: Sequence[Place], accepted: Sequence[Comparison]) -> None:
    """Make the stubs anew after two people accepted how they stood; the old ones keep another name.

    Raises:
        OSError: no place is there, and none can be made.
    """
    if not any(place.is_here for place in places):
        make_places(places, loudly=True)
    known = heads(database)
    for one in accepted:
        if one.village not in known and one.place.is_here:
            one.place.put_aside(one.village, at=datetime.now(UTC))
            one.place.remove(one.village)
    settle(database, examine(database, places))


def make_places(places: Sequence[Place], *, loudly: bool = False) -> None:
    """Make the places that are not there; one that cannot be made is away.

    Raises:
        OSError: a place cannot be made, and `loudly` is set.
    """
    for place in places:
        if not place.is_here:
            with contextlib.nullcontext() if loudly else contextlib.suppress(OSError):
                place.begin()


def settle(database: Database, stood: Sequence[Comparison]) -> None:
    """Bring every stub up to date that can be; a place that cannot be written is told of by who follows."""
    for one in stood:
        with contextlib.suppress(OSError):
            if one.place.is_here:
                with one.place.locked():
                    now = datetime.now(UTC)
                    bring_up_to_date(database, compare(database, one.place, one.village), at=now)


def troubled(stood: Sequence[Comparison]) -> list[Comparison]:
    """Return the comparisons that two people must accept before anything is served."""
    behind = [one for one in stood if one.standing is Standing.BEHIND]
    return behind + [one for group in unvouched(stood) for one in group if one not in behind]


def _has_entries(database: Database) -> bool:
    return any(tree.size for tree in heads(database).values())
