"""What a village has chosen, within the bounds of the law."""

from dataclasses import dataclass, fields
from datetime import datetime

from sqlalchemy import bindparam, select
from sqlmodel import Session

from pointsbank.errors import Invalid
from pointsbank.prepared import fetch
from pointsbank.villages.models import SettingsRow
from pointsbank.villages.village import VillageUnknown


@dataclass(frozen=True, slots=True)
class Settings:
    """A village's choices: amounts in hundredths of a point, durations in the unit of their name."""

    notice_days: int
    objection_working_days: int
    deduction_floor: str
    second_check_single: int
    second_check_day: int
    daily_limit: int | None
    names_on_cards: str
    contact_phone: str
    hotline: str
    red_places: int
    ticket_seconds: int


# Runs at every sale: one statement, built once.
_SETTINGS = select(*(getattr(SettingsRow, field.name) for field in fields(Settings))).where(
    SettingsRow.in_village(bindparam("village"))
)


class VillageSettingInvalid(Invalid):
    """There is no such setting, or the value is out of bounds."""

    code = "village_setting_invalid"
    sentence = "{name} 不能设为“{given}”，{why}。"
    fixed_by = "管理员"


_BOUNDS = {
    "notice_days": (1, 60),
    "objection_working_days": (1, 60),
    "second_check_single": (0, 10**11),
    "second_check_day": (0, 10**11),
    "daily_limit": (1, 10**11),
    "red_places": (1, 200),
    "ticket_seconds": (30, 900),
}
_CHOICES = {"deduction_floor": ("stop_at_zero", "below_zero"), "names_on_cards": ("masked", "named")}
_TEXTS = ("contact_phone", "hotline")


def settings(session: Session, *, village: str) -> Settings:
    """Return what a village has chosen.

    Raises:
        VillageUnknown: there is no such village.

    Example:
        villages.settings(session, village="cy").notice_days == 3
    """
    found = fetch(session, _SETTINGS, {"village": village}, into=Settings).first()
    if found is None:
        raise VillageUnknown()
    return found


def change_settings(
    session: Session, *, village: str, by: str, at: datetime, **changes: int | str | None
) -> Settings:
    """Change some of a village's choices and return them all; if one is refused, none is changed.

    Raises:
        VillageUnknown: there is no such village.
        VillageSettingInvalid: there is no such setting, or the value is out of bounds.

    Example:
        villages.change_settings(session, village="cy", by=li.id, at=now, notice_days=5).notice_days == 5
    """
    row = session.get(SettingsRow, village)
    if row is None:
        raise VillageUnknown()
    for name, value in changes.items():
        _check(name, value)
    for name, value in changes.items():
        setattr(row, name, value)
    session.flush()
    return settings(session, village=village)


def _check(name: str, value: int | str | None) -> None:
    """Raise VillageSettingInvalid unless the value is within the setting's bounds."""
    if name in _BOUNDS:
        if value is None and name == "daily_limit":
            return
        low, high = _BOUNDS[name]
        if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
            raise VillageSettingInvalid(name=name, given=value, why=f"应为 {low} 到 {high} 的整数")
    elif name in _CHOICES:
        if value not in _CHOICES[name]:
            raise VillageSettingInvalid(name=name, given=value, why=f"可选 {'、'.join(_CHOICES[name])}")
    elif name not in _TEXTS or not isinstance(value, str) or len(value) > 40 or not value.isprintable():
        raise VillageSettingInvalid(name=name, given=str(value)[:20], why="没有这个设置或文字过长")
