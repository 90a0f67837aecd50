"""Who sits on a panel: joining, what is wrong about a member put right, leaving."""

from datetime import datetime

from sqlalchemy import update
from sqlmodel import Session, col

from pointsbank import roster, staff
from pointsbank.dates import day_of
from pointsbank.errors import Invalid, Refused
from pointsbank.panels.checking import check_seat
from pointsbank.panels.keeping import MAXIMUM_REASON
from pointsbank.panels.models import PanelMemberRow
from pointsbank.panels.reading import lock_standing, member_of, panel
from pointsbank.panels.recording import record_change
from pointsbank.panels.values import Panel
from pointsbank.roster import Participant
from pointsbank.text import clean_name, clean_required

MAXIMUM_MEMBERS = 40
MAXIMUM_NAME = 60


class PanelFull(Refused):
    """As many sit on the panel as may."""

    code = "panel_full"
    sentence = "一个评议小组最多{maximum}人，请先办理退出。"
    fixed_by = "村委"


class MemberSeated(Invalid):
    """The person, or the account, sits on this panel already."""

    code = "panel_member_seated"
    sentence = "{name}已经是这个评议小组的成员；同名的另一个人，请填他本户的户号。"
    fixed_by = "村委"
    at = ("household", "name")


def add_member(
    session: Session,
    *,
    village: str,
    panel_id: str,
    name: str,
    seat: str,
    by: str,
    at: datetime,
    household: str = "",
    login: str = "",
    reason: str = "",
) -> Panel:
    """Let somebody sit on a panel from today on; locks the village.

    Args:
        seat: as what, a code of `labels.seat_kind`.
        household: the code of their own household, which they do not judge; empty where there is none here.
        login: the account with which they sign in, if they have one.

    Raises:
        VillageUnknown, PanelUnknown, PanelEnded: as `lock_standing`.
        SeatInvalid: a panel of this kind has no such seat.
        PanelFull: 40 people sit on it.
        MemberSeated: they do already.
        ParticipantUnknown, ParticipantClosed: there is no such household, or no longer.
        StaffUnknown: there is no such account.
        TextInvalid: name or reason is too long or has hidden characters, or the name is empty.

    Example:
        panels.add_member(session, panel_id=id, name="龙凤泉", seat="worthy", household="01001", **common)
    """
    tidy, why = _checked(name, reason)
    before = lock_standing(session, village=village, panel_id=panel_id)
    check_seat(before.kind, seat)
    if len(before.sitting_on(day_of(at))) >= MAXIMUM_MEMBERS:
        raise PanelFull(maximum=MAXIMUM_MEMBERS)
    own = standing_household(session, village, household)
    account = _account(session, village, login)
    _refuse_seated(before, tidy, own, account)
    number = 1 + max((one.number for one in before.members), default=0)
    session.add(
        PanelMemberRow(
            village_id=village,
            panel_id=panel_id,
            number=number,
            name=tidy,
            seat=seat,
            participant_id=own.id if own else None,
            staff_id=account,
            since=day_of(at),
        )
    )
    session.flush()
    about = {"person": tidy, "participants": (own.id if own else None,), "reason": why}
    return _recorded(session, panel_id, "joined", village=village, by=by, at=at, **about)


def change_member(
    session: Session,
    *,
    village: str,
    panel_id: str,
    number: int,
    name: str,
    seat: str,
    reason: str,
    by: str,
    at: datetime,
    household: str = "",
    login: str = "",
) -> Panel:
    """Put right what is written of a member; locks the village.

    Args:
        number: under which they sit, >= 1.
        seat, household, login: as `add_member`.

    Raises:
        VillageUnknown, PanelUnknown, PanelEnded: as `lock_standing`.
        MemberUnknown: nobody sits under this number.
        SeatInvalid, MemberSeated, ParticipantUnknown, ParticipantClosed, StaffUnknown: as `add_member`.
        TextInvalid: name or reason is empty, too long, or has hidden characters.

    Example:
        panels.change_member(session, panel_id=id, number=1, name="龙凤泉", seat="worthy", reason=why, **rest)
    """
    tidy, why = _checked(name, clean_required(reason, maximum=MAXIMUM_REASON))
    before = lock_standing(session, village=village, panel_id=panel_id)
    old = member_of(before, number)
    check_seat(before.kind, seat)
    own = standing_household(session, village, household)
    account = _account(session, village, login)
    _refuse_seated(before, tidy, own, account, but=number)
    _change(
        session,
        village,
        panel_id,
        number,
        name=tidy,
        seat=seat,
        participant_id=own and own.id,
        staff_id=account,
    )
    about = {"person": tidy, "participants": (old.participant_id, own and own.id), "reason": why}
    return _recorded(session, panel_id, "member", village=village, by=by, at=at, **about)


def end_member(
    session: Session, *, village: str, panel_id: str, number: int, reason: str, by: str, at: datetime
) -> Panel:
    """Let a member leave, today being the last day; what they judged stays. Locks the village.

    Raises:
        VillageUnknown, PanelUnknown, PanelEnded: as `lock_standing`.
        MemberUnknown: nobody sits under this number.
        TextInvalid: the reason is empty, longer than 200 characters, or has hidden ones.

    Example:
        panels.end_member(session, panel_id=id, number=1, reason="换届", **common)
    """
    why = clean_required(reason, maximum=MAXIMUM_REASON)
    leaving = member_of(lock_standing(session, village=village, panel_id=panel_id), number)
    _change(session, village, panel_id, number, until=max(day_of(at), leaving.since))
    about = {"person": leaving.name, "participants": (leaving.participant_id,), "reason": why}
    return _recorded(session, panel_id, "left", village=village, by=by, at=at, **about)


def standing_household(session: Session, village: str, code: str) -> Participant | None:
    """Return the household with this code; None for no code.

    Raises:
        ParticipantUnknown, ParticipantClosed: there is none, or no longer.
    """
    if not code:
        return None
    found = roster.by_code(session, village=village, code=code)
    roster.refuse_closed(session, village=village, participants=[found.id])
    return found


def _account(session: Session, village: str, login: str) -> str | None:
    """Return the account of this village with this login; None for no login."""
    if not login:
        return None
    for one in staff.everyone(session, village=village):
        if one.staff.login == login:
            return one.staff.id
    raise staff.problems.StaffUnknown()


def _checked(name: str, reason: str) -> tuple[str, str]:
    """Return name and reason tidied; a reason may be missing."""
    return clean_name(name, maximum=MAXIMUM_NAME), reason and clean_required(reason, maximum=MAXIMUM_REASON)


def _refuse_seated(
    before: Panel, name: str, own: Participant | None, account: str | None, *, but: int = 0
) -> None:
    """Refuse one person twice: the same name and household, or the same account."""
    for one in before.members:
        if one.until is not None or one.number == but:
            continue
        same = one.name == name and one.participant_id == (own.id if own else None)
        if same or (account is not None and one.staff_id == account):
            raise MemberSeated(name=one.name)


def _change(session: Session, village: str, panel_id: str, number: int, **values: object) -> None:
    """Set columns of a member."""
    mine = update(PanelMemberRow).where(
        PanelMemberRow.in_village(village),
        col(PanelMemberRow.panel_id) == panel_id,
        col(PanelMemberRow.number) == number,
    )
    session.exec(mine.values(**values))


def _recorded(session: Session, panel_id: str, act: str, *, village: str, **how: object) -> Panel:
    """Write the entry of a change and return the panel as it stands."""
    changed = panel(session, village=village, panel_id=panel_id)
    record_change(session, changed, act, village=village, **how)  # type: ignore[arg-type]
    return changed
