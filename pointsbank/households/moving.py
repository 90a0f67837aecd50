"""Moves a household to another group, by a recorded decision."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from pointsbank import roster, villages
from pointsbank.errors import Refused
from pointsbank.roster import NewFacts, Participant
from pointsbank.text import clean_required
from pointsbank.villages import Group

MOVED = "移到别的小组"


class InGroupAlready(Refused):
    """The household is in that group."""

    code = "in_group_already"
    sentence = "这一户已经在{group}，请选别的小组。"
    fixed_by = "本人"


@dataclass(frozen=True, slots=True)
class Move:
    """Who moves, out of which group (empty for none), into which."""

    participant: Participant
    before: str
    group: Group


def movable(session: Session, *, village: str, participant: str, group: str, decision: str) -> Move:
    """Return the move of the participant with this code into a group, by its name, as it would be now.

    Raises:
        ParticipantUnknown, ParticipantClosed: there is no such participant, or it has ended.
        GroupUnknown: there is no such group.
        InGroupAlready: it is in that group.
        TextInvalid: the decision is empty or longer than 200 characters.

    Example:
        movable(session, village="cy", participant="0101", group="二组", decision=text).before  # "一组"
    """
    clean_required(decision, maximum=200)
    person = roster.by_code(session, village=village, code=participant)
    roster.refuse_closed(session, village=village, participants=[person.id])
    wanted = villages.group_by_name(session, village=village, name=group)
    if wanted.id == person.group_id:
        raise InGroupAlready(group=wanted.name)
    return Move(person, person.group, wanted)


def move(
    session: Session, *, village: str, participant: str, group: str, decision: str, by: str, at: datetime
) -> Participant:
    """Move the participant with this code into a group, by its name.

    Closed months keep it where it was; in an open one it counts for the group that it is in.

    Raises:
        ParticipantUnknown, ParticipantClosed, GroupUnknown, InGroupAlready, TextInvalid: as `movable`.
        VillageUnknown: there is no such village.

    And those of `roster.edit`.

    Example:
        households.move(session, village="cy", participant="0101", group="二组", decision=text,
                        by=li.id, at=now).group  # "二组"
    """
    plan = movable(session, village=village, participant=participant, group=group, decision=decision)
    return roster.edit(
        session,
        village=village,
        code=plan.participant.code,
        facts=NewFacts(group=plan.group.name),
        reason=decision,
        item=MOVED,
        by=by,
        at=at,
    )
