"""What a village has chosen within the law's limits."""

from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import bindparam, select
from sqlmodel import Session

from pointsbank.database import table_of
from pointsbank.errors import Invalid
from pointsbank.prepared import ask
from pointsbank.villages.models import SettingsRow
from pointsbank.villages.village import VillageUnknown


@dataclass(frozen=True, slots=True)
class Settings:
    """A village's choices; amounts are hundredths of a point, durations in their named unit."""

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


_table = table_of(SettingsRow)
# Asked at every sale: one statement, built once.
_CHOSEN = select(*(_table.c[name] for name in Settings.__dataclass_fields__)).where(
    _table.c.village_id == bindparam("village")
)


class VillageSettingInvalid(Invalid):
    """A choice lies outside what is allowed."""

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
    """The village's choices; raises VillageUnknown."""
    row = ask(session, _CHOSEN, {"village": village}).first()
    if row is None:
        raise VillageUnknown()
    return Settings(*row)


def change_settings(
    session: Session, *, village: str, by: str, at: datetime, **changes: int | str | None
) -> Settings:
    """Change some of the village's choices; raises VillageSettingInvalid and then changes none."""
    row = session.get(SettingsRow, village)
    if row is None:
        raise VillageUnknown()
    for name, value in changes.items():
        _check(name, value)
    for name, value in changes.items():
        setattr(row, name, value)
    session.flush()
    return Settings(**asdict(settings(session, village=village)))


def _check(name: str, value: int | str | None) -> None:
    """One choice against its bounds."""
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
