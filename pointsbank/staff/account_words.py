"""What a login and a person's name may be made of, decided before anything is read or written."""

import re

from pointsbank.errors import Invalid

_LOGIN = re.compile(r"[a-z0-9][a-z0-9._-]{1,31}")
_NAME = re.compile(r"[^\x00-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]{1,40}")


class LoginInvalid(Invalid):
    """The login name is not 2 to 32 of the allowed characters."""

    code = "login_invalid"
    sentence = "账号请用2至32个小写字母、数字、点、横线，以字母或数字开头。"
    fixed_by = "管理员"
    at = ("login",)


class StaffNameInvalid(Invalid):
    """The name is empty, too long, or holds characters that cannot be seen."""

    code = "staff_name_invalid"
    sentence = "姓名请填1至40个字，不要有控制字符。"
    fixed_by = "管理员"
    at = ("person", "name")


def check_login(login: str) -> None:
    """Refuse what no login can be.

    Raises:
        LoginInvalid: it is not 2 to 32 lower-case letters, digits, dots, dashes or underscores.

    Example:
        >>> check_login("li.zhuren")
    """
    if not _LOGIN.fullmatch(login):
        raise LoginInvalid()


def check_name(name: str) -> None:
    """Refuse what no person's name can be.

    Raises:
        StaffNameInvalid: it is empty, longer than 40 characters or has invisible ones.

    Example:
        >>> check_name("买买提·艾力")
    """
    if not _NAME.fullmatch(name.strip()):
        raise StaffNameInvalid()
