"""Finds the kinds of due things: each module of `due.kinds` declares one as `KIND`."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

from sqlmodel import Session

from pointsbank.due.kind import Asked, Due, Kind
from pointsbank.labels.month_step import MONTH_STEP
from pointsbank.registers import discover
from pointsbank.staff import Permission

_KINDS = "pointsbank.due.kinds"


@dataclass(frozen=True, slots=True)
class Shown:
    """What waits for somebody, and of which kind."""

    kind: Kind
    due: Due


@cache
def every() -> tuple[Kind, ...]:
    """Return all kinds, in the order of the month's steps, those of none last.

    Raises:
        AttributeError: a module of `due.kinds` declares no kind.

    Example:
        [one.name for one in due.every()][0]  # "open_meetings"
    """
    order = [*MONTH_STEP.codes, ""]
    found = (module.KIND for module in discover(_KINDS))
    return tuple(sorted(found, key=lambda kind: (order.index(kind.step), kind.name)))


def of_village(session: Session, asked: Asked, *, may: Callable[[Permission], bool]) -> list[Shown]:
    """Return what waits in a village for somebody who has some permissions, what is late first.

    Example:
        due.of_village(session, Asked("chayuan", now), may=lambda one: True)[0].due.sentence
        # "1条异议待书面答复，最早的2026年9月8日到期"
    """
    each = ((kind, kind.find(session, asked)) for kind in every() if may(kind.permission))
    found = [Shown(kind, waiting) for kind, waiting in each if waiting is not None]
    return sorted(found, key=lambda one: not one.due.late)


def in_step(shown: Sequence[Shown], step: str) -> int:
    """Return how many things wait in a step of the month (a code of `labels.month_step`).

    Example:
        due.in_step(shown, "notice")  # 2
    """
    return sum(one.due.count for one in shown if one.kind.step == step)
