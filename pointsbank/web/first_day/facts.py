"""Reads what a village has so far: a few rows, each question answered by the room that owns them."""

from datetime import datetime

from sqlmodel import Session

from pointsbank import market, roster, scoring, staff, villages
from pointsbank.public_address import reach_of
from pointsbank.web.first_day.step import Facts


def facts_of(session: Session, *, village: str, public_url: str, at: datetime) -> Facts:
    """Return the facts by which the steps are seen to be done.

    Raises:
        VillageUnknown: there is no such village.
    """
    chosen = villages.settings(session, village=village)
    versions = {one.status for one in scoring.schemes(session, village=village)}
    return Facts(
        telephones=(chosen.contact_phone, chosen.hotline),
        has_people=bool(roster.listing(session, village=village, limit=1).items),
        scheme="adopted" if "adopted" in versions else "draft" if versions else "",
        has_goods=bool(market.goods_list(session, village=village, at=at)),
        missing=tuple(staff.staff_missing(session, village=village)),
        reach=reach_of(public_url),
        cards=roster.card_states(session, village=village),
    )
