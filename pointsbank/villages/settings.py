"""What a village has chosen, within the bounds of the law."""

from collections.abc import Collection
from dataclasses import dataclass, fields
from typing import Any

from sqlalchemy import bindparam, func, select
from sqlmodel import Session, col

from pointsbank.database import execute
from pointsbank.once import once_a_reading
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
    settling: str
    question_working_days: int
    question_role: str
    question_shown_days: int
    card_heading: str
    poster_heading: str
    period_measure: str


@dataclass(frozen=True, slots=True)
class SettingChange:
    """One setting that was changed, with its value before and after."""

    name: str
    old: Value
    new: Value


def _in_force(name: str) -> Any:
    """Return the column of a setting; where it is empty, what counts for a village that never chose."""
    column = col(getattr(SettingsRow, name))
    unchosen = SettingsRow.UNCHOSEN.get(name)
    return column if unchosen is None else func.coalesce(column, unchosen).label(name)


# Runs at every sale: one statement, built once.
_SETTINGS = select(*(_in_force(field.name) for field in fields(Settings))).where(
    SettingsRow.in_village(bindparam("village"))
)


@once_a_reading
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
    now = {name: getattr(row, name) for name in changes}
    now |= {name: value for name, value in SettingsRow.UNCHOSEN.items() if now.get(name, value) is None}
    done = [SettingChange(name, now[name], value) for name, value in changes.items() if now[name] != value]
    for one in done:
        setattr(row, one.name, one.new)
    session.flush()
    return done


def stored_settings(session: Session, *, village: str) -> dict[str, Value]:
    """Return a village's choices as they are stored: None, too, for what it never chose, as in its log.

    Raises:
        VillageUnknown: there is no such village.

    Example:
        villages.stored_settings(session, village="cy")["notice_days"] == 3
    """
    row = session.get(SettingsRow, village)
    if row is None:
        raise VillageUnknown()
    return {field.name: getattr(row, field.name) for field in fields(Settings)}


def settling_by_themselves(session: Session, *, among: Collection[str], chosen: bool = False) -> list[str]:
    """Return those of some villages whose notices are settled without anybody when their days are over.

    Args:
        chosen: only those which said so themselves, not those which said nothing.

    Example:
        villages.settling_by_themselves(session, among=["cy", "zy"])  # ["cy"]
    """
    settling = col(SettingsRow.settling) if chosen else _in_force("settling")
    rows = select(col(SettingsRow.village_id)).where(
        col(SettingsRow.village_id).in_(among), settling == "by_itself"
    )
    return sorted(execute(session, rows).scalars())


def defaults() -> dict[str, Value]:
    """Return the value of each setting in a village that has chosen nothing.

    Example:
        villages.defaults()["notice_days"] == 3
    """
    columns = SettingsRow.model_fields
    return {**{name: columns[name].default for name in Settings.__slots__}, **SettingsRow.UNCHOSEN}
