"""Finds the duties: each module of `duties.kinds` declares one as `DUTY`."""

from functools import cache

from pointsbank.duties.duty import Duty
from pointsbank.errors import NotFound
from pointsbank.registers import discover

_KINDS = "pointsbank.duties.kinds"


class DutyUnknown(NotFound):
    """The program has no such duty, or nobody may ask for it."""

    code = "duty_unknown"
    sentence = "没有这项后台工作，请从列表中选择。"
    fixed_by = "本人"


@cache
def every() -> tuple[Duty, ...]:
    """Return all duties, ordered by name.

    Raises:
        AttributeError: a module of `duties.kinds` declares no duty.

    Example:
        [one.name for one in duties.every()]  # ["backup", "old_prints", …]
    """
    return tuple(sorted((module.DUTY for module in discover(_KINDS)), key=lambda duty: duty.name))


def find(name: str) -> Duty:
    """Return the duty of this name.

    Raises:
        DutyUnknown: there is none.

    Example:
        duties.find("backup").title  # "备份"
    """
    known = {duty.name: duty for duty in every()}
    if name not in known:
        raise DutyUnknown()
    return known[name]
