"""Whom a setting holds back does not loosen it alone: a limit raised, a notice shortened, a name shown."""

from datetime import datetime

from sqlmodel import Session

from pointsbank import staff, villages
from pointsbank.errors import NotAllowed, Refused
from pointsbank.governing.settings import change_settings
from pointsbank.labels.village_setting import VILLAGE_SETTING
from pointsbank.staff import Permission, Role, SignedIn
from pointsbank.villages import SettingChange

Value = int | str | None

_SECONDS = frozenset({Role.COMMITTEE, Role.CLERK, Role.SUPERVISOR, Role.ADMIN})
CONTROL = staff.declare(
    staff.Control(
        act="放宽设置",
        controlled="the committee and the admin, whom limits, notice days and masked names hold back",
        controls="a second person, who signs in beside the first; tightening needs nobody else",
        where=__name__,
        permissions=(Permission.SETTINGS_CHANGE,),
        people=(Permission.SETTINGS_CHANGE.roles, _SECONDS),
    )
)


class LooseningNeedsTwo(Refused):
    """The change loosens what protects households."""

    code = "loosening_needs_two"
    sentence = (
        "放宽“{name}”要两个人一起定，这里只能收紧。请两位工作人员在服务器上运行 pointsbank village set，"
        "并加上 --first 账号 --second 账号。"
    )
    fixed_by = "管理员"


class LoosenersNotAllowed(NotAllowed):
    """The first may not change settings here, or the second does not work here."""

    code = "looseners_not_allowed"
    sentence = "放宽设置，第一位要是本村的评议小组或管理员，第二位要是本村另一位工作人员，请换人再试。"
    fixed_by = "管理员"


def change_alone(
    session: Session, *, village: str, by: str, at: datetime, **changes: Value
) -> list[SettingChange]:
    """Change settings as one person may: what loosens is refused, and then nothing is changed.

    Raises:
        LooseningNeedsTwo: a change loosens what protects households.
        VillageUnknown, VillageSettingUnknown, VillageSettingInvalid: as `change_settings`.

    Example:
        governing.change_alone(session, village="cy", by=li.id, at=now, notice_days=5)
        # [SettingChange("notice_days", 3, 5)]
    """
    now = villages.settings(session, village=village)
    for name, value in changes.items():
        villages.setting(name).check(value)
        if villages.loosens(name, getattr(now, name), value):
            raise LooseningNeedsTwo(name=VILLAGE_SETTING.name(name))
    return change_settings(session, village=village, by=by, at=at, **changes)


def change_together(
    session: Session, *, village: str, people: tuple[SignedIn, SignedIn], at: datetime, **changes: Value
) -> list[SettingChange]:
    """Change settings as two people who have both just signed in; the log names the first.

    Raises:
        LoosenersNotAllowed: the first may not change settings here, or the second does not work here.
        LoginNotIndependent: both logins may be in one person's hands.
        VillageUnknown, VillageSettingUnknown, VillageSettingInvalid: as `change_settings`.

    Example:
        governing.change_together(session, village="cy", people=(li, zhao), at=now, notice_days=2)
        # [SettingChange("notice_days", 3, 2)]
    """
    first, second = people
    if not staff.may(first, village, Permission.SETTINGS_CHANGE) or not second.roles_in(village) & _SECONDS:
        raise LoosenersNotAllowed()
    staff.independence.check(session, first=first.staff.id, second=second.staff.id, at=at)
    return change_settings(session, village=village, by=first.staff.id, at=at, **changes)
