"""Reads what a village has so far: a few rows, each question answered by the room that owns them."""

from sqlmodel import Session

from pointsbank import ledger, market, roster, scoring, staff, villages
from pointsbank.public_address import reach_of
from pointsbank.web.first_day.step import Facts


def facts_of(session: Session, *, village: str, public_url: str) -> Facts:
    """Return the facts by which the steps are seen to be done; kept while nothing is written in the village.

    Raises:
        VillageUnknown: there is no such village.
    """
    return ledger.kept(
        session,
        village=village,
        about=("first day", public_url),
        make=lambda: _facts(session, village, public_url),
    )


def _facts(session: Session, village: str, public_url: str) -> Facts:
    """Return the facts as they are found now."""
    chosen = villages.settings(session, village=village)
    versions = {one.status for one in scoring.schemes(session, village=village)}
    return Facts(
        telephones=(chosen.contact_phone, chosen.hotline),
        has_people=bool(roster.listing(session, village=village, limit=1).items),
        scheme="adopted" if "adopted" in versions else "draft" if versions else "",
        has_goods=market.has_goods(session, village=village),
        missing=tuple(staff.staff_missing(session, village=village)),
        reach=reach_of(public_url),
        cards=roster.card_states(session, village=village),
    )
