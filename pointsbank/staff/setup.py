"""The first start: a one-time code makes the first administrator, once."""

import secrets
from datetime import datetime

from sqlalchemy import delete
from sqlmodel import Session, col, select

from pointsbank import database
from pointsbank.errors import NotAllowed
from pointsbank.staff import accounts
from pointsbank.staff.models import SetupCode, StaffRow
from pointsbank.staff.permissions import Role, Staff
from pointsbank.staff.presence import digest

# No letters or digits that look alike on a console.
_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


class SetupCodeWrong(NotAllowed):
    """The code is wrong, or the installation is already set up."""

    code = "setup_code_wrong"
    sentence = "安装码不对或已经用过，请在服务器窗口里查看最新的安装码。"
    fixed_by = "管理员"


def setup_code_needed(session: Session) -> bool:
    """Whether nobody can sign in yet."""
    return session.exec(select(StaffRow.id).limit(1)).first() is None


def make_setup_code(session: Session, *, at: datetime) -> str:
    """A fresh code; earlier ones are worth nothing."""
    database.execute(session, delete(SetupCode))
    groups = ["".join(secrets.choice(_ALPHABET) for _ in range(4)) for _ in range(4)]
    code = "-".join(groups)
    session.add(SetupCode(digest=_digest(code), made_at=at))
    session.flush()
    return code


def use_setup_code(
    session: Session, *, code: str, login: str, password: str, name: str, at: datetime
) -> Staff:
    """Make the first administrator and burn the code."""
    burnt = database.execute(session, delete(SetupCode).where(col(SetupCode.digest) == _digest(code)))
    if burnt.rowcount != 1 or not setup_code_needed(session):
        raise SetupCodeWrong()
    return accounts.add(
        session, login=login, password=password, name=name, roles=[(None, Role.ADMIN)], by="setup", at=at
    )


def _digest(code: str) -> str:
    return digest(code.strip().upper().replace("-", "").replace(" ", ""))
