"""The second person confirms on the first one's screen, with login and code."""

from datetime import datetime

from pointsbank import staff
from pointsbank.approvals.answering import Confirmed, SecondNotAllowed, confirm
from pointsbank.approvals.register import find_kind
from pointsbank.approvals.requesting import NotTheRequester
from pointsbank.approvals.stored import lock_waiting, people
from pointsbank.database import Database


def confirm_on_screen(
    database: Database,
    *,
    village: str,
    approval: str,
    login: str,
    code: str,
    seen: str | None = None,
    by: str,
    at: datetime,
) -> Confirmed:
    """Let another person, who stands beside the requester, confirm with login and code.

    A guess is counted before it is judged, and stays counted whatever becomes of the request.

    Args:
        by: id of the requester, who is signed in.
        code: six digits of the other person's telephone.
        seen: the `mark` of the outlook that stands on the screen; None where nobody says what was read.

    Raises:
        NotTheRequester: somebody else made the request.
        SecondNotAllowed: nobody with this login works here, or it may not confirm.
        PasswordMustChange, SecondFactorNeeded: this person has something to do first.
        TooManyAttempts, CodeWrong, CodeUsed, SecondFactorMissing: see `staff.check_code`.
        RequesterNotAllowed, LoginNotIndependent, OutlookChanged, ApprovalUnknown, ApprovalEnded,
            ApprovalKindUnknown: and the other refusals of `confirm`.

    Example:
        confirm_on_screen(database, village="cy", approval=waiting.id, login="li", code="492039",
                          by=chen.id, at=now).approval.on_screen  # True
    """
    with database.reading() as session:
        row = lock_waiting(session, village=village, approval=approval, at=at, lock=False)
        if row.requested_by != by:
            raise NotTheRequester()
        known = people(session, village=village).values()
        person = next((one for one in known if one.staff.login == login.strip().lower()), None)
        if person is None:
            raise SecondNotAllowed(label=find_kind(row.kind).label, who=login.strip()[:40])
        staff.check_owes_nothing(person)
        second = person.staff.id
    counting = staff.counting_codes(database, person=second, place=by, at=at)
    with counting, database.writing() as session:
        staff.check_code(session, person=second, code=code, at=at)
        return confirm(
            session, village=village, approval=approval, by=second, at=at, on_screen=True, seen=seen
        )
