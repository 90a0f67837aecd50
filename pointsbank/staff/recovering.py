"""Lets in again an administrator who lost everything: at the machine itself, with every village hearing."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session

from pointsbank import ledger, villages
from pointsbank.errors import Refused
from pointsbank.staff import accounts, directory, events, second_factor
from pointsbank.staff.account_acts import note_act
from pointsbank.staff.models import StaffRow
from pointsbank.staff.passwords import PasswordHash
from pointsbank.staff.permissions import Role, Staff

SHOWN = timedelta(days=30)
"""How long the home page of each village says so."""


class NotAnAdmin(Refused):
    """The person administers nothing: an admin can let them in again."""

    code = "not_an_admin"
    sentence = "{login}不是管理员，请由管理员重设密码：pointsbank staff password {login}。"
    fixed_by = "管理员"


def recover(session: Session, *, login: str, password: PasswordHash, by: str, at: datetime) -> Staff:
    """Give an administrator a new password and take everything else off; every village's log tells of it.

    The second factor, recovery codes, API tokens and sessions go, and a disabled account is enabled. The new
    password has to be changed before anything else is done.

    Args:
        login: of somebody who is admin of the installation or of a village.

    Raises:
        StaffUnknown: there is no such person.
        NotAnAdmin: the person has no role as admin.
        VillageUnknown: as `ledger.record_in_villages`.

    Example:
        staff.recover(session, login="sun", password=hashed, by="operator", at=now)
    """
    person = directory.by_login(session, login=login)
    [roles] = [one.roles for one in directory.everyone(session) if one.staff.id == person.id]
    if Role.ADMIN not in {role for _, role in roles}:
        raise NotAnAdmin(login=login)
    session.get_one(StaffRow, person.id).disabled = False
    second_factor.take_off_second_factor(session, person=person.id, by=by, at=at, why="在服务器上恢复账号")
    accounts.change_password(session, staff=person.id, password=password, by=by, at=at)
    note_act(session, staff=person.id, kind="recovered", by=by, at=at)
    # Said to all, whatever the role's place: who stands at the machine could have named any admin.
    events.note(session, "recovered", staff=person.id, by=by, at=at, places=[None])
    entries = [ledger.LogRecord("staff_recovered", {"staff": person.id, "login": login})]
    ledger.record_in_villages(
        session, {village.id: entries for village in villages.everyone(session)}, by=by, at=at
    )
    return person


@ledger.describes("staff_recovered")
def _recovered(words: Mapping[str, Any], _names: ledger.Names) -> str:
    return f"账号{words['login']}换了密码，取消了第二步验证"


def recoveries(session: Session, *, village: str, at: datetime) -> list[str]:
    """Return the logins that were recovered at the machine in the last 30 days, as the village's log has it.

    Example:
        staff.recoveries(session, village="cy", at=now)  # ["sun"]
    """
    found = ledger.words_of_kind(session, village=village, kind="staff_recovered", since=at - SHOWN)
    return list(dict.fromkeys(str(words.get("login")) for words in found))
