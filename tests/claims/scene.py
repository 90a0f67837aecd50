"""A village where Chen at the counter writes down what people report, and a meeting where Li decides."""

from datetime import date
from typing import Any

from sqlmodel import Session

from pointsbank import claims, scoring
from pointsbank.claims import Claim
from pointsbank.database import Database
from pointsbank.scoring import Score
from tests.attachments.scene import jpeg
from tests.builders import CLERK, COMMITTEE, NOW, SUPERVISOR, VILLAGE, seat
from tests.publicity.scene import found_village

HERE: dict[str, Any] = {"village": VILLAGE, "at": NOW}
DAY = date(2026, 8, 30)
DEED: dict[str, Any] = {
    "participant": "0101",
    "item": "A2",
    "occurred_on": DAY,
    "words": "沿河捡了两小时垃圾",
}
PHOTO = jpeg()


def founded(database: Database) -> None:
    """The village with its scheme."""
    with database.writing() as session:
        found_village(session)
        seat(session, CLERK)


def filed(database: Database, **more: Any) -> Claim:
    """A claim that Chen writes down."""
    with database.writing() as session:
        return claims.file(session, **HERE | {"by": CLERK} | DEED | more)


def looked(database: Database, claim: Claim, *, supported: bool = True, **more: Any) -> Claim:
    """Zhao looks at it for the group."""
    with database.writing() as session:
        return claims.give_opinion(
            session,
            claim=claim.id,
            supported=supported,
            **HERE | {"by": SUPERVISOR, "words": "看见了"} | more,
        )


def sitting(database: Database, held_on: date = date(2026, 9, 1)) -> str:
    """An open meeting (id)."""
    with database.writing() as session:
        return scoring.open_meeting(
            session, held_on=held_on, title="九月评议会", judges=["张三"], **HERE, by=COMMITTEE
        ).id


def taken(database: Database, claim: Claim, meeting: str, **more: Any) -> Score:
    """The meeting takes it over."""
    with database.writing() as session:
        return claims.take_over(session, claim=claim.id, meeting=meeting, **HERE | {"by": COMMITTEE} | more)


def stands(database: Database, claim: Claim) -> Claim:
    """The claim as it is now."""
    with database.reading() as session:
        return claims.claim(session, village=VILLAGE, claim_id=claim.id)


def waits(session: Session) -> list[str]:
    """What waits for a meeting (ids)."""
    return [one.id for one in claims.waiting(session, village=VILLAGE)]
