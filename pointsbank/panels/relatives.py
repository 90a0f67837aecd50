"""The near relatives of a panel's members: their households are judged without them."""

from datetime import datetime

from sqlalchemy import delete
from sqlmodel import Session, col

from pointsbank.errors import NotFound
from pointsbank.panels.members import standing_household
from pointsbank.panels.models import PanelRelativeRow
from pointsbank.panels.reading import lock_standing, member_of, panel
from pointsbank.panels.recording import record_change
from pointsbank.panels.values import Panel


class RelativeUnknown(NotFound):
    """The member has no relative noted in this household."""

    code = "panel_relative_unknown"
    sentence = "{name}没有登记过这一户亲属，请核对户号。"
    fixed_by = "本人"


def name_relative(
    session: Session,
    *,
    village: str,
    panel_id: str,
    number: int,
    household: str,
    relation: str,
    by: str,
    at: datetime,
) -> Panel:
    """Write down that a member has a near relative in a household; locks the village.

    Naming the household again says another relation. Meetings that are open keep what they began with.

    Args:
        number: under which the member sits, >= 1.
        household: its code.
        relation: a code of `labels.relation`.

    Raises:
        VillageUnknown, PanelUnknown, PanelEnded: as `lock_standing`.
        MemberUnknown: nobody sits under this number.
        ParticipantUnknown, ParticipantClosed: there is no such household, or no longer.
        RelativeUnknown: no household is named.

    Example:
        panels.name_relative(session, panel_id=id, number=1, household="01003", relation="child", **common)
    """
    member = member_of(lock_standing(session, village=village, panel_id=panel_id), number)
    theirs = standing_household(session, village, household)
    if theirs is None:
        raise RelativeUnknown(name=member.name)
    _drop(session, village, panel_id, number, theirs.id)
    session.add(
        PanelRelativeRow(
            village_id=village,
            panel_id=panel_id,
            number=number,
            participant_id=theirs.id,
            relation=relation,
        )
    )
    session.flush()
    changed = panel(session, village=village, panel_id=panel_id)
    # The relation itself is in no entry: it is a private matter, and the row's digest vouches for it.
    about = (member.participant_id, theirs.id)
    record_change(
        session,
        changed,
        "relative_named",
        village=village,
        by=by,
        at=at,
        person=member.name,
        participants=about,
    )
    return changed


def drop_relative(
    session: Session, *, village: str, panel_id: str, number: int, household: str, by: str, at: datetime
) -> Panel:
    """Take back that a member has a relative in a household (code); locks the village.

    Raises:
        VillageUnknown, PanelUnknown, PanelEnded: as `lock_standing`.
        MemberUnknown: nobody sits under this number.
        RelativeUnknown: nothing of the kind is written down.

    Example:
        panels.drop_relative(session, panel_id=id, number=1, household="01003", **common)
    """
    member = member_of(lock_standing(session, village=village, panel_id=panel_id), number)
    theirs = next((one for one in member.relatives if one.code == household), None)
    if theirs is None:
        raise RelativeUnknown(name=member.name)
    _drop(session, village, panel_id, number, theirs.participant_id)
    changed = panel(session, village=village, panel_id=panel_id)
    about = (member.participant_id, theirs.participant_id)
    record_change(
        session,
        changed,
        "relative_dropped",
        village=village,
        by=by,
        at=at,
        person=member.name,
        participants=about,
    )
    return changed


def _drop(session: Session, village: str, panel_id: str, number: int, participant: str) -> None:
    """Remove one relation, if it is there."""
    session.exec(
        delete(PanelRelativeRow).where(
            PanelRelativeRow.in_village(village),
            col(PanelRelativeRow.panel_id) == panel_id,
            col(PanelRelativeRow.number) == number,
            col(PanelRelativeRow.participant_id) == participant,
        )
    )
    session.expire_all()
