"""Draws entries of a closed month by dice, and finds all of them true but one."""

from datetime import date

from pointsbank import spot_checks
from pointsbank.sample.stage import CODE, Stage, moment
from pointsbank.spot_checks import Found, SpotCheck

_DICE = "3164522614"


def draw_entries(stage: Stage, month: str, *, on: date) -> None:
    """Fix twenty, throw at the assembly, look at all of them, and sign as supervisor and committee.

    Args:
        on: the day of the assembly, on or after the close.
    """
    stage.act(spot_checks.plan, by="zhao", at=moment(on, 17), month=month)
    inspectors = [one.code for one in stage.everyone if one.kind == "household"]
    thrown = {"dice": _DICE, "thrower": inspectors[0], "witness": inspectors[1]}
    drawn: SpotCheck = stage.act(spot_checks.throw, by="zhao", at=moment(on, 17, 30), month=month, **thrown)
    with stage.database.reading() as session:
        entries = spot_checks.drawn_entries(session, village=CODE, indices=drawn.drawn)
    theirs = {one.code for one in entries}
    went = [code for code in inspectors if code not in theirs][:2]
    found = {index: Found("true") for index in drawn.drawn}
    found[drawn.drawn[-1]] = Found("not_findable", "常年在外，邻居也说不清")
    answers = {"answers": found, "first": went[0], "second": went[1]}
    stage.act(spot_checks.answer, by="zhao", at=moment(on, 19), month=month, **answers)
    stage.act(spot_checks.sign, by="zhao", at=moment(on, 19, 10), month=month)
    stage.act(spot_checks.sign, by="li", at=moment(on, 19, 20), month=month)
