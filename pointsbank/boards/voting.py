"""Votes on several proposals of the red board at once, as people raise their hands for a list."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from pointsbank.boards.deciding import decide
from pointsbank.boards.leaving import who_left
from pointsbank.boards.listings import Listing, listings
from pointsbank.boards.red_numbers import with_numbers_of_now
from pointsbank.boards.standing import standing
from pointsbank.boards.states import PROPOSED, RED
from pointsbank.errors import Invalid


class NothingVotedOn(Invalid):
    """No proposal was chosen."""

    code = "nothing_voted_on"
    sentence = "一户也没有表决，请至少留一户。"


@dataclass(frozen=True, slots=True)
class Vote:
    """The votes cast on one proposal: its listing (id), and both counts, >= 0."""

    listing: str
    votes_for: int
    votes_against: int


def undecided_red(session: Session, *, village: str, month: str) -> list[Listing]:
    """Return the proposals of a month's red board that wait for a vote, by place and code.

    A warning is voted on by itself, on its own page: it is about one household, and takes somebody who
    neither proposed it nor wrote anything of it down.

    Raises:
        MonthInvalid: `month` is not YYYY-MM.

    Example:
        [one.id for one in undecided_red(session, village="chayuan", month="2026-09")]  # ["7qk…"]
    """
    lines = standing(session, village=village, month=month)
    every = listings(session, village=village, month=month)
    found = with_numbers_of_now(session, every, lines, village=village, month=month)
    left = who_left(session, village=village)
    waiting = [one for one in found if one.board == RED and one.status == PROPOSED]
    # Who left all boards is not voted on any more: the proposal rests, and lapses with the month.
    return [one for one in waiting if one.participant.id not in left]


def decide_each(
    session: Session, *, village: str, votes: Sequence[Vote], on: date, by: str, at: datetime
) -> list[Listing]:
    """Record the votes on several proposals, all or none, in the order given; return what became of each.

    Raises:
        NothingVotedOn: there are none.
        And those of `decide`.

    Example:
        decide_each(
            session, village="chayuan", votes=[Vote(id, 9, 0)], on=today, by="li", at=now
        )[0].status  # "up"
    """
    if not votes:
        raise NothingVotedOn()
    return [
        decide(
            session,
            village=village,
            listing=one.listing,
            votes_for=one.votes_for,
            votes_against=one.votes_against,
            on=on,
            by=by,
            at=at,
        )
        for one in votes
    ]
