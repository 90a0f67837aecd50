"""Which change of a setting loosens what protects households: one person alone does not make it."""

from collections.abc import Callable, Mapping

from pointsbank.villages.setting_kinds import Value


def _less(old: Value, new: Value) -> bool:
    """Return whether a number became smaller."""
    return int(new or 0) < int(old or 0)


def _more(old: Value, new: Value) -> bool:
    """Return whether a limit was raised, or taken away."""
    if old is None or new is None:
        return new is None and old is not None
    return int(new) > int(old)


def _other(old: Value, new: Value) -> bool:
    """Return whether anything changed."""
    return old != new


def _below_zero(old: Value, new: Value) -> bool:
    """Return whether households can owe from now on."""
    return new == "below_zero" != old


LOOSER: Mapping[str, Callable[[Value, Value], bool]] = {
    "notice_days": _less,
    "objection_working_days": _more,
    "question_working_days": _more,
    "second_check_single": _more,
    "second_check_day": _more,
    "daily_limit": _more,
    "deduction_floor": _below_zero,
    "names_on_cards": lambda old, new: new == "named" != old,
    "ticket_seconds": _more,
    # Complaints go where these numbers ring, the second where there is no first: whoever is complained of
    # could answer them himself.
    "hotline": _other,
    "contact_phone": _other,
}
"""By setting: whether the new value may protect a household less than the old one. Others protect nobody."""


def protects(name: str) -> bool:
    """Return whether a setting of this name protects households, so that two people loosen it.

    Example:
        >>> protects("notice_days"), protects("red_places")
        (True, False)
    """
    return name in LOOSER


def loosens(name: str, old: Value, new: Value) -> bool:
    """Return whether a setting's change loosens what protects households.

    Example:
        >>> loosens("second_check_single", 5000, 6000), loosens("second_check_single", 5000, 4000)
        (True, False)
        >>> loosens("daily_limit", 3000, None), loosens("daily_limit", None, 3000)
        (True, False)
    """
    return name in LOOSER and LOOSER[name](old, new)
