"""Passwords are kept as argon2id hashes and never in clear."""

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from pointsbank.errors import Invalid

LEAST = 10
MOST = 200

# OWASP's smaller argon2id setting: a village laptop checks a password in about 20 ms.
_HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
# Checked when the login is unknown, so that both refusals take the same time.
_NOBODY = _HASHER.hash("nobody has this password")


class PasswordTooShort(Invalid):
    """The password is shorter than it must be."""

    code = "password_too_short"
    sentence = "密码至少要{least}个字符，请换一个长一些的。"


class PasswordTooLong(Invalid):
    """The password is longer than anyone types."""

    code = "password_too_long"
    sentence = "密码最多{most}个字符，请换一个短一些的。"


def hash_password(password: str) -> str:
    """The hash to keep for a new password."""
    if len(password) < LEAST:
        raise PasswordTooShort(least=LEAST)
    if len(password) > MOST:
        raise PasswordTooLong(most=MOST)
    return _HASHER.hash(password)


def matches(password_hash: str | None, password: str) -> bool:
    """Whether the password is the one that was hashed; None stands for an unknown login."""
    try:
        right = _HASHER.verify(password_hash or _NOBODY, password[: MOST + 1])
    except (VerificationError, InvalidHashError, UnicodeEncodeError):
        return False
    return right and password_hash is not None
