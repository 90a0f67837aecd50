"""Digests of PINs that wait for a second person: kept apart from the request, which the log tells."""

from datetime import datetime
from typing import NewType

from sqlalchemy import delete
from sqlmodel import Session, col

from pointsbank.database import execute, new_id
from pointsbank.errors import Refused
from pointsbank.market.pin_models import PinProposalRow

PinDigest = NewType("PinDigest", str)
"""What is kept of a PIN, made by `pins.digest_pin` before the transaction that stores it."""


class ProposalGone(Refused):
    """The digest that waited is no longer there, as after the household was erased."""

    code = "pin_proposal_gone"
    sentence = "这一户输入的新密码已经不在，请村民重新输入并重新申请。"
    fixed_by = "店员"


def propose_pin(session: Session, *, village: str, participant: str, pin: PinDigest, at: datetime) -> str:
    """Keep the digest of a PIN that a household (id) typed; return the id under which it waits.

    Example:
        propose_pin(session, village="chayuan", participant=household.id, pin=digest, at=now)  # "k3v7q2…"
    """
    id = new_id(session)
    session.add(
        PinProposalRow(village_id=village, id=id, participant_id=participant, digest=pin, proposed_at=at)
    )
    session.flush()
    return id


def take_proposal(session: Session, *, village: str, participant: str, proposal: str) -> PinDigest:
    """Return the digest that waits under an id for this household (id), and forget it.

    Raises:
        ProposalGone: there is none.

    Example:
        take_proposal(session, village="chayuan", participant=household.id, proposal=id)  # "$argon2id$…"
    """
    row = session.get(PinProposalRow, (village, proposal), with_for_update=True)
    if row is None or row.participant_id != participant:
        raise ProposalGone()
    digest = PinDigest(row.digest)
    session.delete(row)
    session.flush()
    return digest


def drop_proposal(session: Session, *, village: str, proposal: str) -> None:
    """Forget a digest that will not be used; one that is gone already is no error.

    Example:
        drop_proposal(session, village="chayuan", proposal=id)
    """
    here = (PinProposalRow.in_village(village), col(PinProposalRow.id) == proposal)
    execute(session, delete(PinProposalRow).where(*here))


def drop_proposals_of(session: Session, *, village: str, participant: str) -> None:
    """Forget every digest that waits for a household (id)."""
    theirs = (PinProposalRow.in_village(village), col(PinProposalRow.participant_id) == participant)
    execute(session, delete(PinProposalRow).where(*theirs))
