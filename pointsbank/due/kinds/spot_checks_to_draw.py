"""Closed months that are still to be drawn from, in a village that has done so before."""

from sqlmodel import Session

from pointsbank import spot_checks
from pointsbank.dates import month_in_words
from pointsbank.due.kind import Asked, Due, Kind
from pointsbank.staff import Permission


def _waiting(session: Session, asked: Asked) -> Due | None:
    drawn = spot_checks.spot_checks(session, village=asked.village)
    # Who never drew has not taken it up: nobody is reminded of what the village does not do.
    if not drawn:
        return None
    planned = [one.month for one in drawn if one.status == "planned"]
    months = [*planned, *spot_checks.months_to_draw(session, village=asked.village)]
    if not months:
        return None
    named = "、".join(map(month_in_words, months))
    return Due(len(months), f"{named}还没有掷骰抽查", "one_spot_check", {"month": months[0]})


KIND = Kind("spot_checks_to_draw", Permission.SPOT_CHECK, "spot_check_list", _waiting, step="board")
