"""How a title stands, and what may happen to it then: one table, which the database's guard holds too.

A title is nominated; then each step leads from one state to the next. A step that finds something out
(`checked`, `voted`) leads to one state where it went well and to another where it did not.
"""

from collections.abc import Mapping

from pointsbank.errors import Refused
from pointsbank.labels.title_state import TITLE_STATE
from pointsbank.labels.title_step import TITLE_STEP

NOMINATED, UNMET, MET, REJECTED, VOTED, HANGING = "nominated", "unmet", "met", "rejected", "voted", "hanging"
STANDING, FAILING, TAKEN_OFF, PUT_RIGHT = "standing", "failing", "taken_off", "put_right"
LOST, WITHDRAWN = "lost", "withdrawn"
STATES = TITLE_STATE.codes

CHECKED, HUNG, GIVEN, GIVEN_BACK, RECOMMENDED = "checked", "hung", "given", "given_back", "recommended"
STEPS = TITLE_STEP.codes
"""Further steps are called as the states that they lead to: voted, taken_off, lost, withdrawn."""

OVER = (REJECTED, LOST, WITHDRAWN)
"""Nothing follows: who stands again is nominated anew."""

SEATED = (VOTED, HANGING, STANDING, FAILING, TAKEN_OFF, PUT_RIGHT)
"""What counts in the number of households that the village resolved."""

GIVEN_ONCE = (STANDING, FAILING, TAKEN_OFF, PUT_RIGHT)
"""The certificate was given, and it is not lost."""

Step = tuple[str, str, bool | None]
"""A state, a step, and how it went: None where it cannot go otherwise."""

TABLE: Mapping[Step, str] = {
    **{(state, CHECKED, True): MET for state in (NOMINATED, UNMET, MET)},
    **{(state, CHECKED, False): UNMET for state in (NOMINATED, UNMET, MET)},
    (MET, VOTED, True): VOTED,
    (MET, VOTED, False): REJECTED,
    (VOTED, HUNG, None): HANGING,
    (HANGING, GIVEN, None): STANDING,
    **{(state, CHECKED, True): STANDING for state in (STANDING, FAILING)},
    **{(state, CHECKED, False): FAILING for state in (STANDING, FAILING)},
    (FAILING, TAKEN_OFF, None): TAKEN_OFF,
    **{(state, CHECKED, True): PUT_RIGHT for state in (TAKEN_OFF, PUT_RIGHT)},
    **{(state, CHECKED, False): TAKEN_OFF for state in (TAKEN_OFF, PUT_RIGHT)},
    (PUT_RIGHT, GIVEN_BACK, None): STANDING,
    (TAKEN_OFF, LOST, None): LOST,
    (STANDING, RECOMMENDED, None): STANDING,
    # Whose plate is off does not go round the time for which the rule bars by withdrawing.
    **{(state, WITHDRAWN, None): WITHDRAWN for state in (NOMINATED, UNMET, MET, VOTED, HANGING, STANDING)},
}


WITH_HOUSEHOLD = (FAILING, TAKEN_OFF, PUT_RIGHT)
"""Whoever has ended leaves these too: nobody can put anything right any more, and the place is free."""


class TitleStands(Refused):
    """It is not at the state in which this is done."""

    code = "title_stands"
    sentence = "{who}的“{title}”现在是“{state}”，不能{step}，请刷新页面看现在的情况。"
    fixed_by = "本人"


def state_after(
    state: str,
    step: str,
    met: bool | None = None,
    *,
    who: str = "",
    title: str = "",
    has_ended: bool = False,
) -> str:
    """Return the state to which a step leads.

    Args:
        step: a code of `labels.title_step`.
        met: whether all criteria are met, or more were for it than against; None for every other step.
        has_ended: whether the participant is closed.

    Raises:
        TitleStands: it is not done in this state.

    Example:
        >>> state_after("standing", "checked", False), state_after("failing", "taken_off")
        ('failing', 'taken_off')
    """
    if has_ended and step == WITHDRAWN and state in WITH_HOUSEHOLD:
        return WITHDRAWN
    found = TABLE.get((state, step, met))
    if found is None:
        raise TitleStands(who=who, title=title, state=TITLE_STATE.name(state), step=TITLE_STEP.name(step))
    return found


def may_follow(state: str) -> tuple[str, ...]:
    """Return the steps that a state allows to who is there, in the order of the list.

    Example:
        >>> may_follow("hanging"), may_follow("lost")
        (('given', 'withdrawn'), ())
    """
    return tuple(step for step in STEPS if any(key[:2] == (state, step) for key in TABLE))


def steps_in_sql() -> str:
    """Return the table as texts for the database's guard: `'nominated/checked/y/met', …`."""
    outcome = {None: "-", True: "y", False: "n"}
    lines = (f"'{state}/{step}/{outcome[met]}/{then}'" for (state, step, met), then in TABLE.items())
    return ", ".join(sorted(lines))
