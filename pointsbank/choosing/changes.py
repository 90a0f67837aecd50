"""The one way to change a setting, whoever asks, and who changed each last."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session

from pointsbank import approvals, governing, ledger, market
from pointsbank.approvals import Approval
from pointsbank.choosing.headings import check_heading
from pointsbank.choosing.register import Value, find, values
from pointsbank.errors import Refused
from pointsbank.villages import SettingChange

_LOOKED_THROUGH = 400


@dataclass(frozen=True, slots=True)
class LastChange:
    """Who changed a setting last, when, from what, and where the log tells it."""

    index: int
    actor: str | None
    at: datetime
    old: Value


class SettingChangedMeanwhile(Refused):
    """Somebody changed the setting after the page with its old value was opened."""

    code = "setting_changed_meanwhile"
    sentence = "“{name}”在您打开这一页以后被改成了{now}，请按现在的值核对，还要改的再改一次。"
    fixed_by = "本人"


def check_unchanged(session: Session, *, village: str, name: str, seen: str) -> None:
    """Refuse to go on where a setting no longer is as somebody saw it.

    Args:
        seen: its value as it is typed, as the page had it.

    Raises:
        SettingChangedMeanwhile: it has another value now.
        VillageSettingUnknown: no setting is called so.

    Example:
        choosing.check_unchanged(session, village="cy", name="notice_days", seen="3")
    """
    setting = find(name)
    now = values(session, village=village)[name]
    if setting.typed(now) != seen:
        raise SettingChangedMeanwhile(name=setting.label, now=setting.show(now))


def change(
    session: Session,
    *,
    village: str,
    name: str,
    value: Value,
    lacking: Callable[[str], str],
    by: str,
    at: datetime,
) -> list[SettingChange] | Approval:
    """Change one setting as who signed in may: what loosens the protection of households is requested.

    Args:
        lacking: returns the characters of a text that no font draws, as `sheets.lacking_of` makes it.

    Raises:
        VillageSettingUnknown, VillageSettingInvalid, HoursInvalid: the name or the value cannot be.
        HeadingUnjoined, HeadingUndrawn, Wording, NamesSomebody: a heading may not or cannot be printed.

    And those of `approvals.change_setting`.

    Example:
        choosing.change(
            session, village="cy", name="notice_days", value=5, lacking=fonts.lacking, by=li.id, at=now
        )
        # [SettingChange("notice_days", 3, 5)]
    """
    if name == market.OPENING_HOURS.name:
        return _change_hours(session, village=village, value=value, by=by, at=at)
    check_heading(session, find(name), value, village=village, lacking=lacking)
    return approvals.change_setting(session, village=village, name=name, value=value, by=by, at=at)


def change_alone(
    session: Session,
    *,
    village: str,
    name: str,
    value: Value,
    lacking: Callable[[str], str],
    by: str,
    at: datetime,
) -> list[SettingChange]:
    """Change one setting as who sits at the machine may: what loosens is refused.

    Args:
        lacking: as for `change`.

    Raises:
        HeadingUnjoined, HeadingUndrawn, Wording, NamesSomebody: a heading may not or cannot be printed.
        LooseningNeedsTwo: it loosens what protects households; the transaction must be undone then.
        VillageSettingUnknown, VillageSettingInvalid, HoursInvalid: the name or the value cannot be.

    Example:
        choosing.change_alone(
            session, village="cy", name="notice_days", value=5, lacking=fonts.lacking, by="operator", at=now
        )
        # [SettingChange("notice_days", 3, 5)]
    """
    if name == market.OPENING_HOURS.name:
        return _change_hours(session, village=village, value=value, by=by, at=at)
    check_heading(session, find(name), value, village=village, lacking=lacking)
    new: dict[str, Any] = {name: value}
    return governing.change_alone(session, village=village, by=by, at=at, **new)


def last_changes(session: Session, *, village: str) -> dict[str, LastChange]:
    """Return the last change of each setting by its name, as far as the last 400 entries about settings tell.

    Example:
        choosing.last_changes(session, village="cy")["notice_days"].old == 3
    """
    found: dict[str, LastChange] = {}
    for entry in ledger.log_entries(
        session, village=village, kinds=("settings_changed",), limit=_LOOKED_THROUGH
    ):
        for name, old, _ in (entry.words or {}).get("changes", ()):
            found.setdefault(name, LastChange(entry.index, entry.actor, entry.recorded_at, old))
    return found


def _change_hours(
    session: Session, *, village: str, value: Value, by: str, at: datetime
) -> list[SettingChange]:
    """Set the hours that a text says."""
    market.OPENING_HOURS.check(value)
    hours = market.read_hours(str(value))
    return market.set_opening_hours(session, village=village, hours=hours, by=by, at=at)
