"""Changing a village's settings, with the old and the new value in its log."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlmodel import Session

from pointsbank import ledger, villages
from pointsbank.labels.village_setting import VILLAGE_SETTING
from pointsbank.villages import SettingChange

Value = int | str | None


def change_settings(
    session: Session, *, village: str, by: str, at: datetime, **changes: Value
) -> list[SettingChange]:
    """Change some of a village's settings and return what differs; if one is refused, none is changed.

    What is set to the value it has is no change, and nothing is written then.

    Raises:
        VillageUnknown: there is no such village.
        VillageSettingUnknown: there is no such setting.
        VillageSettingInvalid: a value is out of bounds.

    Example:
        governing.change_settings(session, village="cy", by=li.id, at=now, notice_days=5)
        # [SettingChange("notice_days", 3, 5)]
    """
    done = villages.change_settings(session, village=village, changes=changes)
    if done:
        words = {
            "changes": [[one.name, one.old, one.new] for one in done],
            "settings": settings_words(session, village=village),
        }
        ledger.record(session, village=village, kind="settings_changed", by=by, at=at, words=words)
    return done


def settings_words(session: Session, *, village: str) -> Mapping[str, Any]:
    """Return every setting of a village with its value, as the log keeps them.

    Raises VillageUnknown.
    """
    return villages.stored_settings(session, village=village)


@ledger.describes("settings_changed")
def _settings_changed(words: Mapping[str, Any], _names: ledger.Names) -> str:
    """Return e.g. 公示天数：3天 → 5天."""
    known = {one.name: one for one in villages.SETTINGS}
    return "；".join(
        f"{known[name].label}：{known[name].show(old)} → {known[name].show(new)}"
        if name in known
        # Kept by another room, in its own words.
        else f"{VILLAGE_SETTING.name(name)}：{old or '不限'} → {new or '不限'}"
        for name, old, new in words["changes"]
    )
