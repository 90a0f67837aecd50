"""A village with limits, where 王 announces a wedding, 龙 saw it, and a meeting decides."""

from datetime import date, timedelta
from typing import Any

from pointsbank import ceremonies, panels, scoring
from pointsbank.ceremonies import Ceremony
from pointsbank.ceremonies.reading import Report
from pointsbank.database import Database
from pointsbank.scoring import Score
from tests.attachments.scene import jpeg
from tests.builders import CLERK, COMMITTEE, NOW, VILLAGE, seat
from tests.publicity.scene import found_village

HERE: dict[str, Any] = {"village": VILLAGE, "at": NOW}
BY_LI: dict[str, Any] = {**HERE, "by": COMMITTEE}
DAY = date(2026, 9, 20)
AFTER = NOW + timedelta(days=20)
"""The day after the wedding."""
WEDDING: dict[str, Any] = {
    "participant": "0101",
    "kind": "wedding",
    "held_on": DAY,
    "place": "自家院子",
    "tables": 12,
    "cars": 6,
}
SEEN: dict[str, Any] = {
    "elder_kind": "worthy",
    "elder_name": "吴德贵",
    "tables": 12,
    "cars": 6,
    "days": 1,
    "kept": True,
}
PHOTO = jpeg()


def founded(database: Database) -> None:
    """The village with its scheme and its limits."""
    with database.writing() as session:
        found_village(session)
        seat(session, CLERK)
        ceremonies.adopt_limits(
            session,
            resolution="2026年村民会议",
            from_date=date(2026, 1, 1),
            tables=15,
            cars=6,
            days=2,
            gift=100,
            ahead_days=7,
            **BY_LI,
        )


def announced(database: Database, **more: Any) -> Ceremony:
    """What Chen writes down at the counter."""
    with database.writing() as session:
        return ceremonies.announce(session, **HERE | {"by": CLERK} | WEDDING | more)


def elder(database: Database, *, own: str = "", relative: str = "") -> str:
    """A 寨老 on the village's panel (key), with a household and a relative's if given."""
    with database.writing() as session:
        panel = panels.make_panel(session, name="村评议小组", kind="village", rule="mean", **BY_LI)
        seated = {"name": "龙凤泉", "seat": "village_elder", "household": own}
        panel = panels.add_member(session, panel_id=panel.id, **seated, **BY_LI)
        if relative:
            kin = {"number": 1, "household": relative, "relation": "child"}
            panels.name_relative(session, panel_id=panel.id, **kin, **BY_LI)
    return f"{panel.id}:1"


def reported(database: Database, one: Ceremony, **more: Any) -> Report:
    """What an elder saw, written down the day after."""
    with database.writing() as session:
        return ceremonies.report(session, ceremony_id=one.id, **BY_LI | {"at": AFTER} | SEEN | more)


def sitting(database: Database) -> str:
    """An open meeting (id) after the wedding."""
    with database.writing() as session:
        return scoring.open_meeting(
            session, held_on=AFTER.date(), title="九月评议会", judges=["张三"], **BY_LI | {"at": AFTER}
        ).id


def decided(database: Database, one: Ceremony, meeting: str, **more: Any) -> Score | None:
    """What the meeting decides."""
    with database.writing() as session:
        given = {"kept": True, "item": "A1"} | more
        return ceremonies.decide(
            session, ceremony_id=one.id, meeting=meeting, **BY_LI | {"at": AFTER} | given
        )


def stands(database: Database, one: Ceremony) -> Ceremony:
    """The announcement as it is now."""
    with database.reading() as session:
        return ceremonies.ceremony(session, village=VILLAGE, ceremony_id=one.id)
