"""Whom a setting holds back does not loosen it alone: a limit raised, a notice shortened, a name shown."""

from datetime import datetime

from sqlmodel import Session

from pointsbank import villages
from pointsbank.errors import Refused
from pointsbank.governing.settings import change_settings
from pointsbank.labels.village_setting import VILLAGE_SETTING
from pointsbank.villages import SettingChange

Value = int | str | None


class LooseningNeedsTwo(Refused):
    """The change loosens what protects households."""

    code = "loosening_needs_two"
    sentence = (
        "“{name}”这样改要两个人。请在“设置”页申请，"
        "或在命令后加上 --first 账号，再请另一位角色不同的工作人员确认。"
    )
    fixed_by = "管理员"


def change_alone(
    session: Session, *, village: str, by: str, at: datetime, **changes: Value
) -> list[SettingChange]:
    """Change settings as one person may; what loosens is refused, and the transaction must be undone then.

    Raises:
        LooseningNeedsTwo: a change loosens what protects households.
        VillageUnknown, VillageSettingUnknown, VillageSettingInvalid: as `change_settings`.

    Example:
        governing.change_alone(session, village="cy", by=li.id, at=now, notice_days=5)
        # [SettingChange("notice_days", 3, 5)]
    """
    done = change_settings(session, village=village, by=by, at=at, **changes)
    # Judged by what was locked: what was read before may have been tightened by somebody else since.
    for one in done:
        if villages.loosens(one.name, one.old, one.new):
            raise LooseningNeedsTwo(name=VILLAGE_SETTING.name(one.name))
    return done
