"""Makes the first administrator with a one-time code."""

from datetime import datetime

from sqlalchemy import delete
from sqlmodel import Session, col, select

from pointsbank import database
from pointsbank.errors import NotAllowed
from pointsbank.staff import accounts
from pointsbank.staff.account_acts import SETUP
from pointsbank.staff.models import SetupCodeRow, StaffRow
from pointsbank.staff.paper_codes import code_digest, make_code
from pointsbank.staff.passwords import PasswordHash
from pointsbank.staff.permissions import Role, Staff


class SetupCodeWrong(NotAllowed):
    """The code is wrong, or the installation is already set up."""

    code = "setup_code_wrong"
    sentence = "安装码不对或已经用过，请在服务器窗口里查看最新的安装码。"
    fixed_by = "管理员"


def setup_code_needed(session: Session) -> bool:
    """Return True until the first person is added.

    Example:
        staff.setup_code_needed(session)
    """
    return session.exec(select(StaffRow.id).limit(1)).first() is None


def make_setup_code(session: Session, *, at: datetime) -> str:
    """Make a setup code of 16 characters in 4 groups; earlier codes become invalid.

    Example:
        staff.make_setup_code(session, at=now)  # "7K2M-9QXC-4HTB-W8NP"
    """
    database.execute(session, delete(SetupCodeRow))
    code = make_code()
    session.add(SetupCodeRow(digest=code_digest(code), made_at=at))
    session.flush()
    return code


def check_setup_code(session: Session, *, code: str) -> None:
    """Refuse a code that is not the one of this installation, before anything is done with what came along.

    Raises:
        SetupCodeWrong: the code is wrong or used, or there are people already.

    Example:
        staff.check_setup_code(session, code="7K2M-9QXC-4HTB-W8NP")
    """
    this = SetupCodeRow.digest == code_digest(code)
    known = session.exec(select(SetupCodeRow.digest).where(this)).first()
    if known is None or not setup_code_needed(session):
        raise SetupCodeWrong()


def use_setup_code(
    session: Session, *, code: str, login: str, password: PasswordHash, name: str, at: datetime
) -> Staff:
    """Make the first administrator and delete the code.

    Raises:
        SetupCodeWrong: the code is wrong or used, or there are people already.
        LoginInvalid, LoginTaken, LoginReserved, StaffNameInvalid: as `add`.
        RoleInvalid, RolesConflict, VillageUnknown: likewise.

    Example:
        sun = staff.use_setup_code(session, code=typed, login="sun", password=hashed, name="孙主任", at=now)
    """
    this = col(SetupCodeRow.digest) == code_digest(code)
    burnt = database.execute(session, delete(SetupCodeRow).where(this))
    if burnt.rowcount != 1 or not setup_code_needed(session):
        raise SetupCodeWrong()
    return accounts.add(
        session, login=login, password=password, name=name, roles=[(None, Role.ADMIN)], by=SETUP, at=at
    )
