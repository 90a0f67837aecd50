"""What comes before anything else: to change a password that somebody else chose, to set a second factor."""

from sqlmodel import Session

from pointsbank.errors import NotAllowed
from pointsbank.staff.models import PasswordDueRow
from pointsbank.staff.permissions import SignedIn


class PasswordMustChange(NotAllowed):
    """Somebody else chose the password."""

    code = "password_must_change"
    sentence = "密码是别人设的，请本人先登录，在“我的账号”改成只有自己知道的密码，再做别的。"
    fixed_by = "本人"


class SecondFactorNeeded(NotAllowed):
    """A role that counts in every village needs a second factor, and there is none."""

    code = "second_factor_needed"
    sentence = "您的角色要用动态码，请先在“我的账号”设置，再做别的。"
    fixed_by = "本人"


def check_owes_nothing(signed_in: SignedIn) -> None:
    """Raise while this person has to do something on the own account before anything else.

    A program that acts for the person is no way round: its token may be older than what is owed.

    Raises:
        PasswordMustChange: somebody else chose the password.
        SecondFactorNeeded: a role needs a second factor, and there is none.

    Example:
        staff.check_owes_nothing(me)
    """
    if signed_in.must_change:
        raise PasswordMustChange()
    if signed_in.lacks_factor:
        raise SecondFactorNeeded()


def check_own_password(session: Session, *, person: str) -> None:
    """Raise if somebody else chose the password of a person (by id).

    Raises:
        PasswordMustChange: so it is.

    Example:
        staff.check_own_password(session, person=chen.id)
    """
    if session.get(PasswordDueRow, person) is not None:
        raise PasswordMustChange()
