"""Keeps passwords as argon2id hashes, never in clear."""

import secrets
from collections.abc import Iterable
from functools import cache
from typing import NewType

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from pointsbank.errors import Invalid
from pointsbank.slow_work import before_slow_work
from pointsbank.staff.common_passwords import NEEDED, check_uncommon, cost
from pointsbank.waiting import HASHING

PasswordHash = NewType("PasswordHash", str)
"""What is kept of a password: verbs that write take it, so that nobody hashes while others wait to write."""

MINIMUM_LENGTH = 10
MAXIMUM_LENGTH = 200

# OWASP's smaller argon2id setting: a village laptop checks a password in about 20 ms.
_HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)


class PasswordTooShort(Invalid):
    """The password is shorter than it must be."""

    code = "password_too_short"
    sentence = "密码至少要{minimum}个字符，请换一个长一些的。"
    at = ("password", "new")


class PasswordTooLong(Invalid):
    """The password is longer than anyone types."""

    code = "password_too_long"
    sentence = "密码最多{maximum}个字符，请换一个短一些的。"
    at = ("password", "new")


class PasswordUnchanged(Invalid):
    """The new password is the old one."""

    code = "password_unchanged"
    sentence = "新密码和现在的一样，请换一个只有自己知道的。"
    fixed_by = "本人"
    at = ("password", "new")


def make_password() -> str:
    """Return a new random password of 12 characters, to be shown once.

    Example:
        staff.make_password()  # "qX3-vT9kLm_2"
    """
    drawn = secrets.token_urlsafe(9)
    # By chance one in some thousands is made of syllables.
    return drawn if cost(drawn) >= NEEDED else make_password()


def check_password(password: str, *, names: Iterable[str] = ()) -> None:
    """Refuse what may not become a password, without the work of hashing it.

    Args:
        names: what is guessed first for this person: own name and login, villages, colleagues.

    Raises:
        PasswordTooShort: fewer than 10 characters.
        PasswordTooLong: more than 200 characters.
        PasswordCommon: it is put together from what is guessed first.

    Example:
        >>> check_password("chuanghu maotouying lajiao 57")
    """
    if len(password) < MINIMUM_LENGTH:
        raise PasswordTooShort(minimum=MINIMUM_LENGTH)
    if len(password) > MAXIMUM_LENGTH:
        raise PasswordTooLong(maximum=MAXIMUM_LENGTH)
    check_uncommon(password, names=names)


def hash_password(password: str, *, names: Iterable[str] = ()) -> PasswordHash:
    """Return the hash to keep for a new password; takes some 20 ms, so call it before the transaction.

    Args:
        names: what is guessed first for this person: own name and login, villages, colleagues.

    Raises:
        PasswordTooShort: fewer than 10 characters.
        PasswordTooLong: more than 200 characters.
        PasswordCommon: it is put together from what is guessed first.

    Example:
        hashed = staff.hash_password(typed)
        with database.writing() as session:
            staff.change_password(session, staff=li.id, password=hashed, by=li.id, at=now)
    """
    check_password(password, names=names)
    before_slow_work("hashing a password")
    with HASHING:
        return PasswordHash(_HASHER.hash(password))


def matches(password_hash: str | None, password: str) -> bool:
    """Return True if the password is the one that was hashed; None as hash means an unknown login."""
    before_slow_work("checking a password")
    try:
        with HASHING:
            # Asked for whoever it is: what is hashed once after a start tells nobody which logins there are.
            nobody = _nobody_s_hash()
            matched = _HASHER.verify(password_hash or nobody, password[: MAXIMUM_LENGTH + 1])
    except (VerificationError, InvalidHashError, UnicodeEncodeError):
        return False
    return matched and password_hash is not None


@cache
def _nobody_s_hash() -> str:
    """Return the hash checked when a login is unknown, so that both refusals take the same time."""
    return _HASHER.hash("nobody has this password")
