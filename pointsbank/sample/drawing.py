"""Draws entries of a closed month by dice, and finds all of them true but one."""

from datetime import date
from itertools import islice

from pointsbank import panels, spot_checks
from pointsbank.sample.stage import CODE, Stage, moment
from pointsbank.spot_checks import Found, SpotCheck

_DICE = "3164522614"


def draw_entries(stage: Stage, month: str, *, on: date) -> None:
    """Fix twenty, throw at the assembly, look at all of them, and sign as supervisor and committee.

    Args:
        on: the day of the assembly, on or after the close.
    """
    stage.act(spot_checks.plan, by="zhao", at=moment(on, 17), month=month)
    households = [one for one in stage.everyone if one.kind == "household"]
    thrown = {"dice": _DICE, "thrower": households[0].code, "witness": households[1].code}
    drawn: SpotCheck = stage.act(spot_checks.throw, by="zhao", at=moment(on, 17, 30), month=month, **thrown)
    with stage.database.reading() as session:
        entries = spot_checks.drawn_entries(session, village=CODE, indices=drawn.drawn)
        theirs = {one.participant_id for one in entries}
        # Which entries are drawn differs from sample to sample: who lives there, and their kin, stay at home.
        free = (
            one.code
            for one in reversed(households)
            if one.id not in theirs
            and not theirs & panels.kin_of_household(session, village=CODE, participant=one.id)
        )
        went = list(islice(free, 2))
    found = {index: Found("true") for index in drawn.drawn}
    found[drawn.drawn[-1]] = Found("not_findable", "常年在外，邻居也说不清")
    answers = {"answers": found, "first": went[0], "second": went[1]}
    stage.act(spot_checks.answer, by="zhao", at=moment(on, 19), month=month, **answers)
    stage.act(spot_checks.sign, by="zhao", at=moment(on, 19, 10), month=month)
    stage.act(spot_checks.sign, by="li", at=moment(on, 19, 20), month=month)
