"""What becomes of panels when a household is forgotten, or becomes part of another."""

from sqlalchemy import delete, update
from sqlmodel import Session, col, select

from pointsbank.panels.models import PanelMemberRow, PanelRelativeRow, StaffKinRow
from pointsbank.text import ERASED


def forget(session: Session, *, village: str, participant: str) -> None:
    """Forget a household (id): nobody is its relative any more, and who sat from it has no name.

    Example:
        panels.forget(session, village="cy", participant=wang.id)
    """
    session.exec(
        delete(PanelRelativeRow).where(
            PanelRelativeRow.in_village(village), col(PanelRelativeRow.participant_id) == participant
        )
    )
    session.exec(
        delete(StaffKinRow).where(
            StaffKinRow.in_village(village), col(StaffKinRow.participant_id) == participant
        )
    )
    mine = (PanelMemberRow.in_village(village), col(PanelMemberRow.participant_id) == participant)
    for panel_id, number in session.exec(
        select(PanelMemberRow.panel_id, PanelMemberRow.number).where(*mine)
    ).all():
        # Their relatives are households of others, but whose relatives they are nobody shall know.
        session.exec(
            delete(PanelRelativeRow).where(
                PanelRelativeRow.in_village(village),
                col(PanelRelativeRow.panel_id) == panel_id,
                col(PanelRelativeRow.number) == number,
            )
        )
    session.exec(update(PanelMemberRow).where(*mine).values(name=ERASED))
    session.expire_all()


def follow(session: Session, *, village: str, participant: str, heir: str) -> None:
    """Let what is known of a household (id) be known of the one that it became part of.

    Example:
        panels.follow(session, village="cy", participant=old.id, heir=new.id)
    """
    rows = session.exec(
        select(PanelRelativeRow).where(
            PanelRelativeRow.in_village(village), col(PanelRelativeRow.participant_id) == participant
        )
    ).all()
    for row in rows:
        if session.get(PanelRelativeRow, (village, row.panel_id, row.number, heir)) is None:
            new = PanelRelativeRow(
                village_id=village,
                panel_id=row.panel_id,
                number=row.number,
                participant_id=heir,
                relation=row.relation,
            )
            session.add(new)
    close = select(StaffKinRow).where(
        StaffKinRow.in_village(village), col(StaffKinRow.participant_id) == participant
    )
    for one in session.exec(close).all():
        if session.get(StaffKinRow, (village, one.staff_id, heir)) is None:
            session.add(
                StaffKinRow(
                    village_id=village, staff_id=one.staff_id, participant_id=heir, relation=one.relation
                )
            )
    mine = update(PanelMemberRow).where(
        PanelMemberRow.in_village(village),
        col(PanelMemberRow.participant_id) == participant,
        col(PanelMemberRow.until).is_(None),
    )
    session.exec(mine.values(participant_id=heir))
    session.expire_all()
