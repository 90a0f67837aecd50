"""Opening balances: one person posts them before a village begins, two once points are earned or spent."""

from datetime import datetime
from typing import Any

from sqlmodel import Session

from pointsbank import ledger, roster, staff
from pointsbank.errors import NotAllowed, Refused
from pointsbank.roster import BalancesImported
from pointsbank.spreadsheets import Table
from pointsbank.staff import SignedIn

CONTROL = staff.declare(
    staff.Control(
        act="记账开始以后导入期初积分",
        controlled="who runs the machine and could give a household points out of a table",
        controls="two people of two roles sign in at the machine; each entry names both",
        where=__name__,
        people=(staff.VOUCHING, staff.VOUCHING),
    )
)


class OpeningsNeedTwo(Refused):
    """Points were earned or spent here already: opening balances are no longer one person's."""

    code = "openings_need_two"
    sentence = (
        "村里已经有评分或兑换入账，补导期初积分要两个人：请打开“导入”重新上传，由另一位角色不同的工作人员确认；"
        "用命令的，请加上 --first 账号 --second 账号，两位当场输入密码。"
    )
    fixed_by = "管理员"


class OpeningsNeedTwoRoles(NotAllowed):
    """The two have one role between them, or none in this village."""

    code = "openings_need_two_roles"
    sentence = "补导期初积分要由两位角色不同的工作人员一起确认（例如评议小组和村务监督），请换人再试。"
    fixed_by = "管理员"


def import_balances(
    session: Session,
    *,
    village: str,
    table: Table,
    by: str,
    at: datetime,
    people: tuple[SignedIn, SignedIn] | None = None,
    confirmed: bool = False,
) -> BalancesImported:
    """Post the balances with which a village starts; once it has begun, in the name of two people.

    Args:
        by: who acts where nobody signed in.
        people: two who have just signed in.
        confirmed: see `roster.import_balances`.

    Raises:
        OpeningsNeedTwo: the village has begun, and nobody signed in.
        OpeningsNeedTwoRoles: those who signed in have no two roles here between them.
        LoginNotIndependent: see `staff.independence.check`.
        BadRows, RowsInDoubt, VillageUnknown, AlreadyPosted: as `roster.import_balances`.

    Example:
        governing.import_balances(session, village="cy", table=table, by="operator", at=now).added  # 300
    """
    given: dict[str, Any] = {"village": village, "table": table, "at": at, "confirmed": confirmed}
    if people is None:
        done = roster.import_balances(session, by=by, **given)
        # After the import, which has locked the log: what somebody sold meanwhile is seen too.
        if done.added and ledger.has_begun(session, village=village):
            raise OpeningsNeedTwo()
        return done
    first, second = (one.staff.id for one in people)
    if not staff.have_two_roles(people, village):
        raise OpeningsNeedTwoRoles()
    staff.independence.check(session, first=first, second=second, at=at)
    return roster.import_balances(session, by=first, second=second, **given)
