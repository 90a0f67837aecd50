"""Announced weddings and funerals that are over and that no elder has reported."""

from collections.abc import Collection
from datetime import timedelta

from sqlmodel import Session

from pointsbank import ceremonies
from pointsbank.due.kind import Asked, Due, Kind, one_or_all
from pointsbank.staff import Permission


def _in_groups(session: Session, asked: Asked, groups: Collection[str] | None) -> Due | None:
    over = ceremonies.awaiting_report(session, village=asked.village, today=asked.today, groups=groups)
    if not over:
        return None
    yesterday = asked.today - timedelta(days=1)
    return one_or_all(
        len(over),
        f"{len(over)}次红白事办完了，等看过的人来说",
        ("one_ceremony", {"ceremony": over[0].id}),
        ("ceremony_list", {"status": "announced", "until": yesterday.isoformat()}),
    )


def _waiting(session: Session, asked: Asked) -> Due | None:
    return _in_groups(session, asked, None)


KIND = Kind(
    "ceremonies_to_report",
    Permission.CEREMONY_REPORT,
    "ceremony_list",
    _waiting,
    step="judging",
    find_in_groups=_in_groups,
)
