"""A closed month with six entries, from which dice draw, and the people who throw, see and look."""

from typing import Any

from pointsbank import governing, ledger, proof, roster, spot_checks
from pointsbank.database import Database
from pointsbank.points import whole
from pointsbank.spot_checks import Found, SpotCheck
from tests.builders import COMMITTEE, SUPERVISOR, VILLAGE
from tests.founding import founded_once
from tests.proof import month
from tests.proof.month import on

MONTH = month.MONTH
DICE = "3164522614"
HERE: dict[str, Any] = {"village": VILLAGE, "month": MONTH}
AT = on(1, month=10)
BY_ZHAO: dict[str, Any] = {**HERE, "by": SUPERVISOR, "at": AT}
BY_LI: dict[str, Any] = {**HERE, "by": COMMITTEE, "at": AT}
THROWN: dict[str, Any] = {"dice": DICE, "thrower": "0101", "witness": "0303"}
INSPECTORS: dict[str, Any] = {"first": "0302", "second": "0303"}
"""Of two households without an entry in the month."""


@founded_once
def closed(database: Database) -> None:
    """The month as the tests of the proof live it, closed."""
    month.live(database)
    roles = {COMMITTEE: "committee", month.DEPUTY: "committee", SUPERVISOR: "supervisor"}
    for person, role in roles.items():
        with database.writing() as session:
            governing.set_roles(session, person=person, roles=[(VILLAGE, role)], by=person, at=AT)


def larger(database: Database) -> str:
    """Close October with twelve entries of 王建国's; return the month."""
    later: dict[str, Any] = {"village": VILLAGE, "by": COMMITTEE, "at": on(1, month=11)}
    with database.writing() as session:
        wang = roster.by_code(session, village=VILLAGE, code="0101").id
        accounts = ledger.village_account("issuance", ledger.POINTS), ledger.account_of(wang, ledger.POINTS)
        lines = (ledger.Posting(*accounts, ledger.POINTS, whole(5)),)
        words = {"participant": wang, "item": "做好事"}
        one = ledger.NewTransaction("award", later["at"].date(), lines, words)
        ledger.post(session, entries=[one] * 12, **later)
        proof.close_month(session, month="2026-10", **later)
    return "2026-10"


def planned(database: Database, **more: Any) -> SpotCheck:
    """Zhao fixes how many."""
    with database.writing() as session:
        return spot_checks.plan(session, **BY_ZHAO | more)


def thrown(database: Database, **more: Any) -> SpotCheck:
    """The dice that were thrown at the assembly."""
    with database.writing() as session:
        return spot_checks.throw(session, **BY_ZHAO | THROWN | more)


def answered(database: Database, answers: dict[int, Found], **more: Any) -> SpotCheck:
    """What two neighbours found."""
    with database.writing() as session:
        return spot_checks.answer(session, answers=answers, **BY_ZHAO | INSPECTORS | more)


def all_true(one: SpotCheck, **others: str) -> dict[int, Found]:
    """Every drawn entry true, but for those that are named by their number."""
    return {index: Found(others.get(str(index), "true")) for index in one.drawn}


def signed(database: Database, **more: Any) -> SpotCheck:
    """Somebody signs."""
    with database.writing() as session:
        return spot_checks.sign(session, **BY_ZHAO | more)
