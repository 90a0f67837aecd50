"""A village where Qian walks from door to door in the first group, and a meeting where Li decides."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlmodel import Session

from pointsbank import inspections, panels, scoring, villages
from pointsbank.database import Database
from pointsbank.inspections import Inspection, NewFault
from pointsbank.scoring import Score
from pointsbank.spreadsheets import read_table
from tests.builders import CLERK, COMMITTEE, NOW, SUPERVISOR, VILLAGE, seat
from tests.publicity.scene import found_village

QIAN = "qian"
HERE: dict[str, Any] = {"village": VILLAGE, "at": NOW}
BY_LI: dict[str, Any] = {**HERE, "by": COMMITTEE}
WEEK = date(2026, 9, 8)
HEAPS = NewFault("B1")

SCHEME = """编号,类别,条目,方向,分值,最低,最高,单位,形状,每处扣,适用
A1,环境卫生,门前整洁,加分,5,,,,,,
A3,环境卫生,房前屋后,加分,25,,,,满分扣减,5,
B3,公益事业,无故不到会,扣分,2,,,,,,
B1,环境卫生,门前乱堆杂物,扣分,3,,,,,,
B2,环境卫生,占道堆放,扣分,2,,,处,,,
B4,环境卫生,牲畜散养,扣分,,1,5,,,,
B5,环境卫生,党员户未带头,扣分,2,,,,,,党员
V1,遵纪守法,拒不整改,一票否决,,,,,,,
"""
RULES = read_table("scheme.csv", SCHEME.encode())


def founded(database: Database) -> None:
    """The village with a scheme of faults, and Qian."""
    with database.writing() as session:
        found_village(session)
        seat(session, CLERK, SUPERVISOR, QIAN)
        adopted = {"resolution": "2026年8月村民会议", "from_date": date(2026, 8, 1)}
        scoring.import_scheme(session, table=RULES, **adopted, **BY_LI)


def group_of(session: Session, name: str = "一组") -> str:
    """A group (id)."""
    return villages.group_by_name(session, village=VILLAGE, name=name).id


def begun(database: Database, name: str = "一组", **more: Any) -> str:
    """A round through a group (id)."""
    with database.writing() as session:
        group = group_of(session, name)
        return inspections.begin_round(session, group=group, **HERE | {"by": QIAN} | more).id


def found(
    database: Database,
    round_id: str,
    participant: str = "0101",
    faults: Sequence[NewFault] = (HEAPS,),
    **more: Any,
) -> Inspection:
    """Qian finds a household not clean, unless otherwise said."""
    seen = {"verdict": "dirty" if faults else "clean", "due_on": WEEK if faults else None}
    with database.writing() as session:
        return inspections.hand_over(
            session,
            round_id=round_id,
            participant=participant,
            faults=faults,
            **HERE | {"by": QIAN} | seen | more,
        )


def after(days: int) -> datetime:
    """So many days later."""
    return NOW + timedelta(days=days)


def looked(database: Database, one: Inspection, *found: str, days: int = 7, **more: Any) -> Inspection:
    """Qian comes again."""
    results = dict(enumerate(found, start=1))
    with database.writing() as session:
        return inspections.recheck(
            session,
            inspection_id=one.id,
            found=results,
            **HERE | {"by": QIAN, "at": after(days)} | more,
        )


def sitting(database: Database, held_on: date = WEEK) -> str:
    """An open meeting (id) after the week."""
    with database.writing() as session:
        opened = BY_LI | {"at": after(7)}
        return scoring.open_meeting(
            session, held_on=held_on, title="九月评议会", judges=["张三"], **opened
        ).id


def taken(database: Database, one: Inspection, meeting: str, *faults: int, **more: Any) -> list[Score]:
    """The meeting takes faults over."""
    with database.writing() as session:
        chosen = [(one.id, number) for number in faults or (1,)]
        return inspections.take_over(
            session, faults=chosen, meeting=meeting, **BY_LI | {"at": after(7)} | more
        )


def stands(database: Database, one: Inspection) -> Inspection:
    """It as it is now."""
    with database.reading() as session:
        return inspections.inspection(session, village=VILLAGE, inspection_id=one.id)


def statuses(database: Database, one: Inspection) -> list[str]:
    """How its faults stand."""
    return [each.status for each in stands(database, one).faults]


def related(database: Database, *, own: str, relative: str) -> None:
    """Qian sits on the panel of elders: these are the own household and a child's."""
    with database.writing() as session:
        panel = panels.make_panel(session, kind="village", name="村评议小组", rule="mean", **BY_LI)
        who = {"panel_id": panel.id, "name": "钱学勤", "seat": "worthy", "household": own}
        panels.add_member(session, **who, **BY_LI)
        session.connection().exec_driver_sql(f"UPDATE panel_member SET staff_id = '{QIAN}'")
        kin = {"panel_id": panel.id, "number": 1, "household": relative, "relation": "child"}
        panels.name_relative(session, **kin, **BY_LI)
