"""A program acts for a person by a token, and is a second person nowhere.

A token may lie with anybody and outlives a password, so nobody stands behind what it signs. The id of a
person for whom a program acts is a text of a class of its own: whatever verb it is handed to, and however
deep, the two questions that every second person goes through (`independence.check`, `check_own`) see it.
"""

from pointsbank.errors import NotAllowed


class OwnSignInNeeded(NotAllowed):
    """A program may not be the second person: a token may lie with somebody else, and outlives a password."""

    code = "own_sign_in_needed"
    sentence = (
        "访问令牌不能代替第二个人签字、确认或答复，请本人用自己的密码登录网页办理，"
        "或当着申请人的面输入自己的账号和动态码。"
    )
    fixed_by = "本人"


class ForProgram(str):
    """The id of a person for whom a program acts; equal to the plain one, and kept like it."""

    __slots__ = ()


def check_in_person(who: str) -> None:
    """Raise if a program would be the second person (id).

    Raises:
        OwnSignInNeeded: so it is.

    Example:
        check_in_person(ForProgram("k2"))  # raises OwnSignInNeeded
    """
    if isinstance(who, ForProgram):
        raise OwnSignInNeeded()
