"""Proves by its PIN that the household itself acts, and says how the log calls it then."""

from datetime import datetime

from sqlmodel import Session

from pointsbank import market, staff
from pointsbank.card_visits.visiting import CardVisit
from pointsbank.database import Database
from pointsbank.errors import Refused


class PinNotOwn(Refused):
    """The household's PIN was not given, was wrong, is locked, or there is none."""

    code = "pin_not_own"
    sentence = "{why}"
    fixed_by = "本人"
    at = ("pin",)


def actor(visit: CardVisit) -> str:
    """Return who acts on a visit once the PIN was right: the household itself, for the verbs' `by`.

    Example:
        card_visits.actor(visit)  # "card:k3v7q2n5x4b6m8ja"
    """
    return staff.by_card(visit.participant)


def may_act(session: Session, *, visit: CardVisit, at: datetime) -> bool:
    """Return whether the household of a visit has a PIN with which it may act here.

    Example:
        card_visits.may_act(session, visit=visit, at=now)  # False: it never set one
    """
    here = {"village": visit.village, "participant": visit.participant}
    return market.pin_standing(session, **here, typed=False, at=at) == "counts"


def prove(database: Database, *, visit: CardVisit, pin: str, at: datetime) -> str:
    """Check the household's PIN before it acts; return who acts then, see `actor`.

    Opens its own transactions: each try is counted, apart from those at the till. Call it before the act's.

    Raises:
        PinNotOwn: the PIN is wrong, locked for now, or was never set.

    Example:
        card_visits.prove(database, visit=visit, pin="271828", at=now)  # "card:k3v7q2n5x4b6m8ja"
    """
    who = actor(visit)
    try:
        with market.recorded(database, village=visit.village, kind="pin", by=who, at=at):
            market.prove_own_pin(
                database, village=visit.village, participant=visit.participant, pin=pin, at=at
            )
    except market.problems.PinMissing:
        raise PinNotOwn(why="这一户还没有兑换密码，请带卡到超市柜台设一个，或当面办理。") from None
    except (market.problems.PinWrong, market.problems.PinLocked) as wrong:
        raise PinNotOwn(why=wrong.detail) from None
    return who
