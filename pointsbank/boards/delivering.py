"""The letter about a warning reaches the household: only its recorded delivery begins the days.

The letter (告知书) is a sheet. Who brings it writes down when and into whose hands; where nobody takes it
somebody else saw it, by name.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlmodel import Session, col, select

from pointsbank import ledger, working_days
from pointsbank.boards import due_process
from pointsbank.boards.deciding import DayInvalid, ListingNotProposed
from pointsbank.boards.listings import Listing, views
from pointsbank.boards.models import ListingNotificationRow
from pointsbank.boards.process_models import DeliveryRow
from pointsbank.boards.records import find, lock_one
from pointsbank.boards.states import BLACK, PROPOSED
from pointsbank.dates import day_of
from pointsbank.errors import Invalid
from pointsbank.labels.handed_to import HANDED_TO
from pointsbank.text import clean, clean_required

ADULT = "adult"


class NotificationDayInvalid(DayInvalid):
    """The household was notified before it was proposed, or in the future."""

    code = "notification_day_invalid"
    sentence = "日期“{day}”有误：告知日期应在提名之后，并且不晚于今天，请重新填写。"
    at = ("on",)


class HandedToInvalid(Invalid):
    """A letter is handed to an adult, refused, or put up at the door."""

    code = "handed_to_invalid"
    sentence = "请选交给了谁：家里的成年人、拒收、贴在门上。"
    at = ("handed_to",)


class ReceiverMissing(Invalid):
    """An adult took the letter, and nobody says who."""

    code = "receiver_missing"
    sentence = "请写明是家里哪位成年人收的。"
    at = ("receiver",)


class WitnessMissing(Invalid):
    """Nobody took the letter, and nobody is named who saw that it was brought."""

    code = "witness_missing"
    sentence = "拒收或者贴在门上的，要有一位见证人，请写明见证人的姓名。"
    at = ("witness",)


class WitnessIsBearer(Invalid):
    """Who brought the letter is no witness of it."""

    code = "witness_is_bearer"
    sentence = "见证人不能是送达的人自己，请另写一位。"
    at = ("witness",)


@dataclass(frozen=True, slots=True)
class Delivery:
    """One recorded delivery; `number` counts those of a listing from 1, the last one counts."""

    number: int
    delivered_on: date
    handed_to: str
    brought_by: str
    receiver: str
    witness: str
    recorded_by: str
    recorded_at: datetime


def check_hands(handed_to: str, *, brought_by: str, receiver: str, witness: str) -> None:
    """Check into whose hands a letter was given.

    Raises:
        HandedToInvalid: it is no code of `labels.handed_to`.
        ReceiverMissing: an adult took it, who is not named.
        WitnessMissing: nobody took it, and no witness is named.
        WitnessIsBearer: the witness is who brought it.

    Example:
        >>> check_hands("adult", brought_by="李", receiver="王建国", witness="")
        >>> check_hands("door", brought_by="李", receiver="", witness="李")
        Traceback (most recent call last):
        pointsbank.boards.delivering.WitnessIsBearer: 见证人不能是送达的人自己，请另写一位。
    """
    if handed_to not in HANDED_TO.codes:
        raise HandedToInvalid()
    if handed_to == ADULT and not receiver:
        raise ReceiverMissing()
    if handed_to != ADULT and not witness:
        raise WitnessMissing()
    if witness and witness == brought_by:
        raise WitnessIsBearer()


def deliver(
    session: Session,
    *,
    village: str,
    listing: str,
    on: date,
    handed_to: str,
    brought_by: str,
    receiver: str = "",
    witness: str = "",
    by: str,
    at: datetime,
) -> Listing:
    """Record that the letter about a proposal reached the household: its days begin; a later one replaces it.

    Locks the listing.

    Args:
        handed_to: a code of `labels.handed_to`.
        brought_by: who brought it, 1 to 30 characters.
        receiver: who took it, needed where an adult did, at most 30 characters.
        witness: who saw it, needed where nobody took it, at most 30 characters.

    Raises:
        ListingUnknown: there is no such listing.
        ListingNotProposed: it has been decided or withdrawn, or is praise.
        NotificationDayInvalid: the day is before the proposal, or in the future.
        HandedToInvalid, ReceiverMissing, WitnessMissing, WitnessIsBearer: raised by `check_hands`.
        TextInvalid: one of the names is too long, or nobody brought it.

    And those of `ledger.record`.

    Example:
        deliver(session, village="chayuan", listing=id, on=today, handed_to="adult", brought_by="李",
                receiver="王建国", by="li", at=now).earliest_on  # date(2026, 9, 8)
    """
    record = lock_one(session, village, listing)
    if record.status != PROPOSED or record.row.board != BLACK:
        raise ListingNotProposed()
    if not day_of(record.row.proposed_at) <= on <= day_of(at):
        raise NotificationDayInvalid(day=on)
    bearer = clean_required(brought_by, maximum=30)
    hands = {"receiver": clean(receiver, maximum=30), "witness": clean(witness, maximum=30)}
    check_hands(handed_to, brought_by=bearer, **hands)
    number = len(deliveries(session, village=village, listing=listing)) + 1
    row = DeliveryRow(
        village_id=village,
        listing_id=listing,
        number=number,
        delivered_on=on,
        handed_to=handed_to,
        brought_by=bearer,
        **hands,
        recorded_by=by,
        recorded_at=at,
    )
    session.add(row)
    session.flush()
    notified = ListingNotificationRow(
        village_id=village,
        listing_id=listing,
        notified_on=on,
        notified_by=by,
        earliest_on=due_process.earliest_day(on, working_days.calendar(session)),
    )
    session.merge(notified)
    session.flush()
    words = {
        "participant": record.row.participant_id,
        "listing": listing,
        "number": number,
        "delivered_on": on.isoformat(),
        "handed_to": handed_to,
        "brought_by": bearer,
        **hands,
        "recorded_at": at.astimezone(UTC).isoformat(),
    }
    ledger.record(session, village=village, kind="listing_delivered", by=by, at=at, words=words)
    return views(session, village, [find(session, village, listing)])[0]


def deliveries(session: Session, *, village: str, listing: str) -> list[Delivery]:
    """Return the recorded deliveries of the letter about a listing (id), the first one first.

    Example:
        boards.deliveries(session, village="cy", listing=id)[-1].handed_to  # "adult"
    """
    mine = (DeliveryRow.in_village(village), col(DeliveryRow.listing_id) == listing)
    found = session.exec(select(DeliveryRow).where(*mine).order_by(col(DeliveryRow.number)))
    return [row.into(Delivery) for row in found]


@ledger.describes("listing_delivered")
def _delivered(words: Mapping[str, Any], names: ledger.Names) -> str:
    """Return e.g. 王建国：2026-09-01告知书送达，家里的成年人."""
    hands = HANDED_TO.name(words["handed_to"])
    return f"{names(words['participant'])}：{words['delivered_on']}告知书送达，{hands}"
