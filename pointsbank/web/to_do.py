"""What the home page of a village shows whoever looks: what waits, what hangs nowhere, the month."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlmodel import Session

from pointsbank import due, publicity, staff
from pointsbank.labels.month_step import MONTH_STEP
from pointsbank.publicity import Notice, UnhungCorrection
from pointsbank.staff import Permission
from pointsbank.web import access

_LEADS_TO = {"judging": "meetings", "notice": "notices", "posting": "notices", "board": "months"}


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the month: its sign, the tab where it is done, how much waits in it, and what else is so."""

    name: str
    endpoint: str
    waiting: int
    words: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits: lines with pages, papers to hang with the usual place, counts for tabs, the month."""

    lines: Sequence[due.Due] = ()
    notices: Sequence[Notice] = ()
    corrections: Sequence[UnhungCorrection] = ()
    place: str = ""
    on_tabs: Counter[str] = field(default_factory=Counter)
    steps: Sequence[Step] = ()


def of_visitor(session: Session, village: str) -> Waiting:
    """Return what waits here for the person signed in."""
    me = access.signed_in()

    def may(permission: Permission) -> bool:
        return staff.may(me, village, permission)

    asked = due.Asked(village, access.now())
    if (confined := _of_groups(session, asked, me)) is not None:
        return confined
    draws_month = may(Permission.NOTICE_VIEW)
    roles = me.roles_in(village)
    shown = due.of_village(session, asked, may=may, roles=roles, whole_month=draws_month)
    mine = [one for one in shown if may(one.kind.permission)]
    on_tabs = Counter[str]()
    for one in mine:
        on_tabs[one.kind.tab] += one.due.count
    lines = [one.due for one in mine if not one.kind.apart]
    if not draws_month:
        return Waiting(lines, on_tabs=on_tabs)
    hanging = publicity.on_display(session, village=village, day=asked.today)
    month = steps(due.in_steps(shown), hanging, asked.today)
    if not any(one.kind.apart for one in shown):
        return Waiting(lines, on_tabs=on_tabs, steps=month)
    notices = publicity.unhung(session, village=village)
    corrections = publicity.unhung_corrections(session, village=village)
    place = publicity.usual_places(session, village=village)[0]
    return Waiting(lines, notices, corrections, place, on_tabs, month)


def _of_groups(session: Session, asked: due.Asked, me: staff.SignedIn) -> Waiting | None:
    """Return what waits in the groups that somebody leads or inspects; None for who works in the village."""
    if me.roles_in(asked.village):
        return None
    lines, on_tabs = list[due.Due](), Counter[str]()
    for kind in due.every():
        groups = staff.groups_where_may(me, asked.village, kind.permission)
        if kind.find_in_groups is None or not groups:
            continue
        if (waits := kind.find_in_groups(session, asked, groups)) is not None:
            lines.append(waits)
            on_tabs[kind.tab] += waits.count
    return Waiting(lines, on_tabs=on_tabs)


def steps(counts: Mapping[str, int], hanging: tuple[int, date | None], today: date) -> list[Step]:
    """Return the month as it is drawn, from how much waits in each step and how many notices hang.

    Example:
        >>> steps({"judging": 1}, (2, date(2026, 9, 4)), date(2026, 9, 3))[1].words
        '2份公示中，最早还有1天'
    """
    count, earliest = hanging
    found = []
    for code, name in MONTH_STEP.names.items():
        waits = counts.get(code, 0)
        words = f"{waits}件要办" if waits else "没有要办的"
        if code == "notice" and count and earliest is not None:
            left = (earliest - today).days
            until = f"最早还有{left}天" if left else "最早的今天到期"
            words = f"{count}份公示中，{until}" + (f"；{words}" if waits else "")
        found.append(Step(name, _LEADS_TO[code], waits, words))
    return found
