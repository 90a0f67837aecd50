"""A village that gives 清洁户: what its titles go through, one call a step."""

from datetime import date, datetime, timedelta
from typing import Any

from pointsbank import titles
from pointsbank.database import Database
from pointsbank.titles import Title, TitleKind, Vote
from tests.builders import CLERK, COMMITTEE, NOW, SUPERVISOR, VILLAGE, seat
from tests.publicity.scene import found_village

TODAY = NOW.date()
CLEAN: dict[str, Any] = {
    "name": "清洁户",
    "holder": "household",
    "criteria": ["院内干净", "门前干净"],
    "benefits": [("免费体检一次", 12), ("集市摊位优先", None)],
    "quota": 2,
    "share": 60,
    "months": 6,
    "right_days": 30,
    "barred_months": 12,
    "years": 3,
    "notice_days": 5,
    "resolution": "2026年村民会议",
    "from_date": date(2026, 1, 1),
}


def later(days: int) -> datetime:
    """The same hour some days later."""
    return NOW + timedelta(days=days)


def here(days: int = 0, by: str = COMMITTEE) -> dict[str, Any]:
    """Village, actor and moment of an act some days later."""
    return {"village": VILLAGE, "by": by, "at": later(days)}


def founded(database: Database, **more: Any) -> TitleKind:
    """The village with its scheme, and the rule of one title."""
    with database.writing() as session:
        found_village(session)
        seat(session, CLERK)
        return titles.adopt_kind(session, **CLEAN | more, **here())


def nominated(database: Database, code: str = "0101", days: int = 0, **more: Any) -> Title:
    """What the panel proposes."""
    given = {"kind": "清洁户", "participant": code, "nominated_by": "panel", "nominator": "评议小组"} | more
    with database.writing() as session:
        return titles.nominate(session, **given, **here(days))


def checked(database: Database, one: Title, *met: bool, days: int = 0, by: str = COMMITTEE) -> Title:
    """Somebody looks at each criterion; all are met unless it is said."""
    outcome = dict(enumerate(met or (True, True), start=1))
    with database.writing() as session:
        return titles.check(session, title_id=one.id, met=outcome, **here(days, by))


def voted(database: Database, *ones: Title, days: int = 0, votes: tuple[int, int] = (9, 1)) -> list[Title]:
    """The meeting votes on several at once."""
    with database.writing() as session:
        return titles.vote(session, votes=[Vote(one.id, *votes) for one in ones], **here(days, SUPERVISOR))


def hung(database: Database, *ones: Title, days: int = 0) -> list[Title]:
    """Their notice hangs."""
    with database.writing() as session:
        ids = [one.id for one in ones]
        return titles.hang(session, title_ids=ids, place="村务公开栏", **here(days))


def given(database: Database, one: Title, days: int = 6) -> Title:
    """Certificate and plate are handed over."""
    with database.writing() as session:
        return titles.give(session, title_id=one.id, **here(days))


def standing(database: Database, code: str = "0101", days: int = 0, **more: Any) -> Title:
    """A title from its nomination to the plate on the door, within six days."""
    one = checked(database, nominated(database, code, days, **more), days=days)
    hung(database, *voted(database, one, days=days), days=days)
    return given(database, one, days + 6)


def taken_off(database: Database, one: Title, days: int, **more: Any) -> Title:
    """Found wanting, the plate comes off."""
    checked(database, one, True, False, days=days)
    with database.writing() as session:
        return titles.take_off(session, title_id=one.id, **{"reason": "门前堆放杂物"} | more, **here(days))


def lost(database: Database, one: Title, days: int, by: str = SUPERVISOR) -> Title:
    """Somebody else than who looked writes the loss down."""
    with database.writing() as session:
        return titles.lose(session, title_id=one.id, reason="到期没有清理", **here(days, by))


def stands(database: Database, one: Title) -> Title:
    """The title as it is now."""
    with database.reading() as session:
        return titles.title(session, village=VILLAGE, title_id=one.id)
