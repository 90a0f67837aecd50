"""How everybody is shown at a moment: as agreed, in full on no board while a warning about them stands."""

from collections.abc import Mapping
from datetime import datetime

from sqlmodel import Session

from pointsbank import boards
from pointsbank.publicity.consent import shown_as
from pointsbank.publicity.masking import NAMED


def wishes_at(session: Session, *, village: str, at: datetime) -> Mapping[str, str]:
    """Return how each participant with a consent in force is shown at this moment, by participant id.

    A name in full beside the same one masked on the black board would be no mask.

    Example:
        publicity.wishes_at(session, village="chayuan", at=now)  # {"7qk…": "named"}
    """
    every = shown_as(session, village=village)
    if NAMED not in every.values():
        return every
    warned = {one.participant.id for one in boards.warnings_up(session, village=village, at=at) or ()}
    return {key: wish for key, wish in every.items() if wish != NAMED or key not in warned}
