"""What a village has chosen, within the bounds of the law."""

from dataclasses import dataclass, fields

from sqlalchemy import bindparam, select
from sqlmodel import Session

from pointsbank.prepared import fetch
from pointsbank.villages.models import SettingsRow
from pointsbank.villages.setting_kinds import Value
from pointsbank.villages.setting_list import setting
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


@dataclass(frozen=True, slots=True)
class SettingChange:
    """One setting that was changed, with its value before and after."""

    name: str
    old: Value
    new: Value


# Runs at every sale: one statement, built once.
_SETTINGS = select(*(getattr(SettingsRow, field.name) for field in fields(Settings))).where(
    SettingsRow.in_village(bindparam("village"))
)


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


def change_settings(session: Session, *, village: str, changes: dict[str, Value]) -> list[SettingChange]:
    """Change some of a village's choices and return those that differ; if one is refused, none is changed.

    Locks the village's settings. `governing.change_settings` is the verb that the log hears of.

    Raises:
        VillageUnknown: there is no such village.
        VillageSettingUnknown: there is no such setting.
        VillageSettingInvalid: the value is out of bounds.

    Example:
        villages.change_settings(session, village="cy", changes={"notice_days": 5})
        # [SettingChange("notice_days", 3, 5)]
    """
    for name, value in changes.items():
        setting(name).check(value)
    row = session.get(SettingsRow, village, with_for_update=True, populate_existing=True)
    if row is None:
        raise VillageUnknown()
    done = [
        SettingChange(name, getattr(row, name), value)
        for name, value in changes.items()
        if getattr(row, name) != value
    ]
    for one in done:
        setattr(row, one.name, one.new)
    session.flush()
    return done


def defaults() -> dict[str, Value]:
    """Return the value of each setting in a village that has chosen nothing.

    Example:
        villages.defaults()["notice_days"] == 3
    """
    return {field.name: SettingsRow.model_fields[field.name].default for field in fields(Settings)}
