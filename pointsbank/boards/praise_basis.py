"""Who proposed praise for a deed, and what it rests on: for those inside, on no wall."""

from dataclasses import dataclass

from sqlmodel import Session

from pointsbank import panels, roster, scoring
from pointsbank.boards.praise_models import ListingPraiseRow
from pointsbank.dates import day_in_words


@dataclass(frozen=True, slots=True)
class PraiseBasis:
    """The proposer in words, and the score or inspection (id) that it rests on."""

    words: str
    score: str | None
    inspection: str | None


def praise_basis_of(session: Session, *, village: str, listing: str) -> PraiseBasis | None:
    """Return who proposed a listing (id) for a deed; None for one of the ranking, or a warning.

    Raises:
        PanelUnknown, MeetingUnknown, IsDayBook, ParticipantUnknown: raised by what it reads, and not here.

    Example:
        boards.praise_basis_of(session, village="cy", listing="7qk…").words  # "评议会：九月评议会"
    """
    row = session.get(ListingPraiseRow, (village, listing))
    if row is None:
        return None
    return PraiseBasis(_in_words(session, row), row.score_id, row.inspection_id)


def _in_words(session: Session, row: ListingPraiseRow) -> str:
    """Return the proposer by its name."""
    if row.panel_id:
        return f"评议小组：{panels.panel(session, village=row.village_id, panel_id=row.panel_id).name}"
    if row.meeting_id:
        sitting = scoring.meeting(
            session, village=row.village_id, meeting_id=row.meeting_id, or_day_book=True
        )
        return f"评议会：{sitting.title}，{day_in_words(sitting.held_on)}"
    who = roster.by_id(session, village=row.village_id, id=row.proposed_by_id or "")
    return f"村民：{who.name}（{who.code}）"
