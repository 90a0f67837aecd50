"""What becomes of an announcement: its pledge is signed; it is postponed or cancelled, with a reason."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import func
from sqlmodel import Session, col, select

from pointsbank import ledger, roster, villages
from pointsbank.ceremonies.announcing import lawful, refuse_again
from pointsbank.ceremonies.models import CeremonyChangeRow, CeremonyRow
from pointsbank.ceremonies.reading import Ceremony, ceremony_row, view
from pointsbank.ceremonies.states import (
    ANNOUNCED,
    CANCELLED,
    POSTPONED,
    REPORTED,
    PledgeSigned,
    check_days,
    check_signing,
    check_stands,
)
from pointsbank.dates import day_of
from pointsbank.labels.ceremony_change import CEREMONY_CHANGE
from pointsbank.labels.ceremony_kind import CEREMONY_KIND
from pointsbank.text import clean_required


def sign_pledge(
    session: Session,
    *,
    village: str,
    ceremony_id: str,
    signed_on: date,
    groups: Collection[str] | None = None,
    by: str,
    at: datetime,
) -> Ceremony:
    """Record on which day the household signed the printed pledge, once.

    Args:
        signed_on: from the day of the announcement on, not after the occasion, not after today.
        groups: as `announce`.

    Raises:
        CeremonyUnknown: there is none.
        CeremonyStands: it was cancelled or decided.
        PledgeSigned: it was signed already.
        SigningDayInvalid: it cannot have been signed on that day.

    And those of `ledger.record`.

    Example:
        ceremonies.sign_pledge(session, ceremony_id=id, signed_on=day, **common).signed_on
    """
    row = ceremony_row(session, village, ceremony_id, groups=groups, lock=True)
    check_stands(row.status, ANNOUNCED, REPORTED)
    if row.signed_on is not None:
        raise PledgeSigned(day=row.signed_on)
    check_signing(signed_on, announced_on=row.announced_on, last_on=row.last_on, today=day_of(at))
    row.signed_on, row.signed_at, row.signed_by = signed_on, at, by
    session.flush()
    words = _about(row) | {"signed_on": signed_on.isoformat()}
    ledger.record(session, village=village, kind="ceremony_signed", by=by, at=at, words=words)
    return view(session, row)


def change(
    session: Session,
    *,
    village: str,
    ceremony_id: str,
    held_on: date | None,
    reason: str,
    groups: Collection[str] | None = None,
    by: str,
    at: datetime,
) -> Ceremony:
    """Postpone what is announced to another first day, of as many days, or cancel it; locks the village.

    Args:
        held_on: the new first day; None cancels it.
        reason: 1 to 200 characters.
        groups: as `announce`.

    Raises:
        CeremonyUnknown: there is none.
        CeremonyStands: it was reported, decided or cancelled.
        CeremonyDayInvalid: the new day is too far away.
        CeremonyAnnounced: the household has announced the same for that day.
        TextInvalid: the reason is empty or too long.
        Wording, NamesSomebody: it holds what is said of nobody, or names somebody; as `law.check`.

    And those of `villages.lock` and `ledger.record`.

    Example:
        ceremonies.change(session, ceremony_id=id, held_on=None, reason="不办酒席了", **common).status
    """
    row = ceremony_row(session, village, ceremony_id, groups=groups, lock=True)
    check_stands(row.status, ANNOUNCED)
    villages.lock(session, village=village)
    why = lawful(session, village, clean_required(reason, maximum=200), "原因")
    old = row.held_on
    if held_on is None:
        row.status = CANCELLED
    elif held_on != old:
        last = held_on + (row.last_on - old)
        check_days(held_on, last, day_of(at))
        person = roster.by_id(session, village=village, id=row.participant_id)
        refuse_again(session, village, person, row.kind, held_on)
        row.held_on, row.last_on = held_on, last
    else:
        return view(session, row)
    earlier = CeremonyChangeRow
    mine = (earlier.in_village(village), col(earlier.ceremony_id) == row.id)
    number = session.exec(select(func.count()).select_from(earlier).where(*mine)).one() + 1
    session.add(
        earlier(
            village_id=village,
            ceremony_id=row.id,
            number=number,
            kind=CANCELLED if held_on is None else POSTPONED,
            old_on=old,
            new_on=held_on,
            reason=why,
            changed_at=at,
            changed_by=by,
        )
    )
    session.flush()
    words = _about(row) | {
        "number": number,
        "change": CANCELLED if held_on is None else POSTPONED,
        "status": row.status,
        "held_on": row.held_on.isoformat(),
        "last_on": row.last_on.isoformat(),
    }
    ledger.record(session, village=village, kind="ceremony_changed", by=by, at=at, words=words)
    return view(session, row)


def _about(row: CeremonyRow) -> dict[str, Any]:
    """Return what every later entry says of it."""
    return {"ceremony": row.id, "participant": row.participant_id, "occasion": row.kind}


@ledger.describes("ceremony_signed")
def _signed(words: Mapping[str, Any], _names: ledger.Names) -> str:
    """Return e.g. 婚事，2026-09-20签承诺书."""
    return f"{CEREMONY_KIND.name(words['occasion'])}，{words['signed_on']}签承诺书"


@ledger.describes("ceremony_changed")
def _changed(words: Mapping[str, Any], _names: ledger.Names) -> str:
    """Return e.g. 婚事改期，2026-10-03."""
    to = f"，{words['held_on']}" if words["change"] == POSTPONED else ""
    return f"{CEREMONY_KIND.name(words['occasion'])}{CEREMONY_CHANGE.name(words['change'])}{to}"
