"""Whether a supervisor countersigned a warning, after its last letter."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from pointsbank.boards.basis import BasisMissing, basis_of, is_posted, refuse_not_posted
from pointsbank.boards.contested import contested
from pointsbank.boards.models import ListingRow
from pointsbank.boards.process_models import DeliveryRow, VisaRow
from pointsbank.boards.records import Record, records
from pointsbank.boards.states import PROPOSED
from pointsbank.errors import Refused


class VisaMissing(Refused):
    """No supervisor has countersigned, or the letter was brought anew since."""

    code = "visa_missing"
    sentence = "上黑榜以前要由村务监督看过依据、送达和期限并签字：还没有签字，请村务监督先签字。"
    fixed_by = "监督委员会"


@dataclass(frozen=True, slots=True)
class Visa:
    """A supervisor's (id) countersignature and its day."""

    given_by: str
    given_on: date


def visa(session: Session, *, village: str, listing: str) -> Visa | None:
    """Return the countersignature of a listing (id) that counts; None before, and once a letter came after.

    Example:
        visa(session, village="cy", listing=id).given_by  # zhao.id
    """
    given = visa_rows(session, village, listing)
    mine = (DeliveryRow.in_village(village), col(DeliveryRow.listing_id) == listing)
    brought = session.exec(select(DeliveryRow.recorded_at).where(*mine))
    if not given or any(one >= given[-1].given_at for one in brought):
        return None
    return given[-1].into(Visa)


def refuse_unsigned(session: Session, record: Record) -> None:
    """Raise unless a warning rests on something named and a supervisor countersigned it.

    Raises:
        BasisMissing: it rests on nothing that is named.
        BasisNotPosted: the score that it rests on has not hung its days, or was withdrawn.
        VisaMissing: nobody countersigned.
        ScoreUnknown: raised by `refuse_not_posted`, and not here.
    """
    here = {"village": record.row.village_id, "listing": record.row.id}
    basis = basis_of(session, **here)
    if basis is None:
        raise BasisMissing()
    refuse_not_posted(session, basis, village=record.row.village_id)
    if visa(session, **here) is None:
        raise VisaMissing()


def to_countersign(session: Session, *, village: str, day: date) -> list[str]:
    """Return the warnings (ids) that wait for a supervisor: notified, their days over by a day, unsigned.

    Raises:
        ScoreUnknown: raised by `is_posted`, and not here.

    Example:
        boards.to_countersign(session, village="cy", day=today)  # ["7qk…"]
    """
    found = records(session, village, col(ListingRow.board) == "black")
    ready = [
        one.row.id
        for one in found
        if one.status == PROPOSED and one.notified is not None and one.notified.earliest_on <= day
    ]
    return [one for one in ready if _may_be_signed(session, village, one)]


def _may_be_signed(session: Session, village: str, listing: str) -> bool:
    """Return whether nothing but the countersignature is missing; nobody is asked for what is refused."""
    basis = basis_of(session, village=village, listing=listing)
    if basis is None or visa(session, village=village, listing=listing) is not None:
        return False
    return is_posted(session, basis, village=village) and listing not in contested(session, village=village)


def visa_rows(session: Session, village: str, listing: str) -> list[VisaRow]:
    """Return every countersignature of a listing (id), the first one first."""
    mine = (VisaRow.in_village(village), col(VisaRow.listing_id) == listing)
    return list(session.exec(select(VisaRow).where(*mine).order_by(col(VisaRow.number))))
