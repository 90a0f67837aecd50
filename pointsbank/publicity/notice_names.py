"""Under which name each household hangs on a notice."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from sqlmodel import Session

from pointsbank import governing, law, ledger, roster, scoring
from pointsbank.publicity.consent import shown_as
from pointsbank.publicity.gathered import meetings_of, notice_row_of
from pointsbank.publicity.masking import NAMED, NUMBERED, PublicName, public_name
from pointsbank.roster import Participant

_NOTICES = 500
"""More than are put up while one hangs."""


class ShownAs(NamedTuple):
    """How a household hangs: its number on this notice, its name, its 户号 where that may be shown."""

    position: int
    name: PublicName
    code: str


def names_on_notice(
    session: Session, *, village: str, meeting: str, scores: Sequence[str]
) -> dict[str, PublicName]:
    """Return the names that hang beside some scores (ids) of a meeting (id), without those that hang nowhere.

    Where a notice gathers day books, of all these together.

    Example:
        names_on_notice(session, village="chayuan", meeting=id, scores=[score.id])[score.id]  # "王*国"
    """
    found = scoring.scores_by_id(session, village=village, ids=scores).values()
    here = sorted({one.participant_id for one in found})
    wishes = shown_as(session, village=village)
    # Only who wishes to hang as a number needs all those before counted.
    whom = None if any(wishes.get(one) == NUMBERED for one in here) else here
    row = notice_row_of(session, village, meeting)
    beside = meetings_of(session, village=village, notice=row.id, meeting=meeting) if row else [meeting]
    blamed = scoring.scored(session, village=village, meetings=beside, participants=whom)
    people = roster.by_ids(session, village=village, ids=blamed)
    names = notice_names(session, village, blamed, as_published(session, village, meeting, people))
    return {one.id: names[one.participant_id].name for one in found if one.publishable}


def as_published(
    session: Session, village: str, meeting: str, people: dict[str, Participant]
) -> dict[str, Participant]:
    """Return people (by id) as they were called when the notice of a meeting (id) was put up.

    While it hangs, paper and page say the same of a household that was given another head or group since.
    """
    row = notice_row_of(session, village, meeting)
    if row is None or row.settled_at is not None:
        return people
    entries = ledger.log_entries(
        session, village=village, kinds=("notice_up",), since=row.published_at, limit=_NOTICES
    )
    ups = (one.index for one in entries if one.words and one.words["notice"] == row.id)
    index = next(ups, None)
    return people if index is None else roster.as_of(session, village=village, people=people, index=index)


def notice_names(
    session: Session,
    village: str,
    blamed: Mapping[str, bool],
    known: Mapping[str, Participant] | None = None,
    *,
    outside: bool = False,
) -> dict[str, ShownAs]:
    """Return by participant (id) how it hangs on a notice.

    Args:
        blamed: everybody on the notice, with whether they lost points there.
        known: the same people, where they have been read already.
        outside: for whoever is not in the village: nobody in full, whatever was agreed.
    """
    people = roster.by_ids(session, village=village, ids=blamed) if known is None else known
    wishes = shown_as(session, village=village)
    # Only a team's name is held against those of the people; it takes long to gather them.
    teams = any(one.kind not in roster.PERSONS for one in people.values())
    everybody = governing.named_people(session, village=village) if teams else law.NOBODY
    names = {}
    for position, one in enumerate(sorted(people.values(), key=lambda one: one.code), start=1):
        wish = _wish(wishes.get(one.id), outside or blamed[one.id])
        name = public_name(one, wish, position, people=everybody)
        # Who asked to hang as a number is not found by another one.
        names[one.id] = ShownAs(position, name, "" if wish == NUMBERED else one.code)
    return names


def _wish(wish: str | None, blamed: bool) -> str | None:
    """Return the consent that counts: who also lost points here is masked in every line, or in vain."""
    return None if blamed and wish == NAMED else wish
