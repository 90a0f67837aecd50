"""Finds the kinds of due things: each module of `due.kinds` declares one as `KIND`."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import cache

from sqlmodel import Session

from pointsbank import ledger
from pointsbank.due.kind import Asked, Due, Kind
from pointsbank.labels.month_step import MONTH_STEP
from pointsbank.registers import discover
from pointsbank.staff import Permission, Role

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


def of_village(
    session: Session,
    asked: Asked,
    *,
    may: Callable[[Permission], bool],
    roles: Collection[Role] = frozenset(Role),
    whole_month: bool = False,
) -> list[Shown]:
    """Return what waits in a village for somebody who has some permissions, what is late first.

    Args:
        roles: what somebody is in the village: of what waits for one role others are not told.
        whole_month: also what belongs to a step of the month and waits for others.

    Example:
        due.of_village(session, Asked("chayuan", now), may=lambda one: True)[0].due.sentence
        # "1条异议待书面答复，最早的2026年9月8日到期，还有3天"
    """
    wanted = tuple(
        kind
        for kind in every()
        if (may(kind.permission) and kind.role in (None, *roles)) or (whole_month and kind.step)
    )
    about = ("due", asked.today, *(kind.name for kind in wanted))
    return list(
        ledger.kept(
            session, village=asked.village, about=about, make=lambda: tuple(_found(session, asked, wanted))
        )
    )


def _found(session: Session, asked: Asked, wanted: Sequence[Kind]) -> list[Shown]:
    """Return what waits of these kinds, what is late first."""
    each = ((kind, kind.find(session, asked)) for kind in wanted)
    found = [Shown(kind, waiting) for kind, waiting in each if waiting is not None]
    return sorted(found, key=lambda one: not one.due.late)


def in_steps(shown: Sequence[Shown]) -> dict[str, int]:
    """Return how many things wait in each step of the month (codes of `labels.month_step`).

    Example:
        due.in_steps(shown)  # {"judging": 1, "notice": 0, "posting": 2, "board": 0}
    """
    found = dict.fromkeys(MONTH_STEP.codes, 0)
    for one in shown:
        if one.kind.step:
            found[one.kind.step] += one.due.count
    return found
