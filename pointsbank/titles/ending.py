"""The end of a household's titles with the household."""

from datetime import datetime

from sqlmodel import Session

from pointsbank.titles.reading import titles
from pointsbank.titles.recording import NewStep, add_steps
from pointsbank.titles.states import OVER, WITHDRAWN

_ENDED = "已销户或者并户"


def end_with_household(session: Session, *, village: str, participant: str, by: str, at: datetime) -> int:
    """End every title of a participant (id) that has just ended, whatever its state; return how many.

    Its places are free again. The village is locked by the caller.

    Raises what `add_steps` raises.

    Example:
        titles.end_with_household(session, village="cy", participant=wang.id, by="li", at=now)  # 1
    """
    found = titles(session, village=village, participant=participant)
    steps = [(one, NewStep(WITHDRAWN, words=_ENDED)) for one in found if one.state not in OVER]
    add_steps(session, steps, village=village, by=by, at=at)
    return len(steps)
