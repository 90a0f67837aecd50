"""Every setting of a village, and its present value."""

from functools import cache

from sqlmodel import Session

from pointsbank import market, villages
from pointsbank.errors import NotFound
from pointsbank.labels.setting_subject import SETTING_SUBJECT
from pointsbank.villages import Setting

Value = int | str | None


class SettingSubjectUnknown(NotFound):
    """There is no page of this subject."""

    code = "setting_subject_unknown"
    sentence = "没有“{given}”这一类设置，请从“设置”页选择。"
    fixed_by = "本人"


@cache
def every() -> tuple[Setting, ...]:
    """Return every setting, by subject in the order in which people see them.

    Example:
        [one.name for one in choosing.every()][0] == "notice_days"
    """
    order = list(SETTING_SUBJECT.codes)
    return tuple(sorted((*villages.SETTINGS, market.OPENING_HOURS), key=lambda one: order.index(one.subject)))


def find(name: str) -> Setting:
    """Return the setting of this name.

    Raises:
        VillageSettingUnknown: there is none.

    Example:
        choosing.find("opening_hours").label == "开放时间"
    """
    return next((one for one in every() if one.name == name), None) or villages.setting(name)


def about(subject: str) -> tuple[Setting, ...]:
    """Return the settings of one subject.

    Raises:
        SettingSubjectUnknown: there is no such subject.

    Example:
        [one.name for one in choosing.about("hours")] == ["opening_hours"]
    """
    if subject not in SETTING_SUBJECT.names:
        raise SettingSubjectUnknown(given=subject[:40])
    return tuple(one for one in every() if one.subject == subject)


def values(session: Session, *, village: str) -> dict[str, Value]:
    """Return the present value of every setting by its name.

    Raises:
        VillageUnknown: there is no such village.

    Example:
        choosing.values(session, village="cy")["notice_days"] == 3
    """
    chosen = villages.settings(session, village=village)
    kept: dict[str, Value] = {one.name: getattr(chosen, one.name) for one in villages.SETTINGS}
    hours = market.opening_hours(session, village=village)
    return kept | {market.OPENING_HOURS.name: market.write_hours(hours)}
