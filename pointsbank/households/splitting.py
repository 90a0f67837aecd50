"""Splits a household: some of its people become one of their own, by a recorded decision.

Points and honour stay where they are, but for the figures that the decision names; these are transferred in
the same transaction. Scores, objections, cards and the PIN stay with the household that was.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session

from pointsbank import ledger, roster, villages
from pointsbank.dates import day_of
from pointsbank.errors import Invalid, Refused
from pointsbank.labels.participant_kind import PARTICIPANT_KIND
from pointsbank.ledger import HONOUR, POINTS, Balance, NewTransaction, Posting, account_of
from pointsbank.points import Points, show
from pointsbank.roster import NewFacts, Participant
from pointsbank.text import clean_code, clean_name, clean_required

HOUSEHOLD = "household"
SPLIT = "分户"
_NONE = Points(0)


class NoHousehold(Refused):
    """Only a household splits, and becomes part of another household."""

    code = "no_household"
    sentence = "“{name}”的类别是{kind}，不是户，不能办理；请核对户号。"
    fixed_by = "村委"


class PeopleInvalid(Invalid):
    """More people would leave than there are, or nobody would stay."""

    code = "people_invalid"
    sentence = (
        "这一户登记了{people}人，分出去{moved}人不行：至少要分出1人、留下1人。"
        "人口登记错了的，请先“修改档案”。"
    )
    fixed_by = "本人"
    at = ("people",)


class ShareInvalid(Refused):
    """More would go along than the household has."""

    code = "share_invalid"
    sentence = (
        "这一户现有{points}积分、{honour}荣誉积分，分出去的不能更多，也不能小于0；请按现有的数重新申请。"
    )
    fixed_by = "村委"


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """Who leaves a household, and what goes along.

    Attributes:
        code, name, address: of the new household.
        group: name of its group; None for the one of the household that splits.
        people: how many leave, 1 to 99; all but one at most, where the people are known.
        points, honour: hundredths, >= 0, at most what the household has.
        participant: id of the new household, made beforehand.
    """

    code: str
    name: str
    people: int
    points: Points = _NONE
    honour: Points = _NONE
    group: str | None = None
    address: str = ""
    participant: str | None = None


@dataclass(frozen=True, slots=True)
class HouseholdSplit:
    """A household that was split (id), the new one (id and code), its entry in the log.

    Attributes:
        leaf: hash of the log entry, in hexadecimal.
    """

    participant: str
    new: str
    code: str
    index: int
    leaf: str
    status: str = "completed"


@ledger.idempotent("split_household", ledger.same("participant", "share", "decision"), HouseholdSplit)
def split(
    session: Session,
    *,
    village: str,
    participant: str,
    share: Share,
    decision: str,
    request_id: str,
    by: str,
    at: datetime,
) -> HouseholdSplit:
    """Make some people of the household with this code a household of their own.

    Locks the accounts of the household, then the village, then the log's head.

    Args:
        decision: the meeting, the day and what was resolved, 1 to 200 characters.

    Raises:
        NoHousehold, PeopleInvalid, ShareInvalid, ParticipantUnknown, ParticipantClosed, ParticipantExists,
            TextInvalid, GroupUnknown: as `splittable`.
        VillageUnknown, AlreadyPosted, RequestReused, RequestIdInvalid: as `ledger.post`.

    And those of `roster.add` and `roster.edit`.

    Example:
        share = Share(code="0104", name="王小军", people=2, points=Points(1000))
        households.split(session, village="cy", participant="0101", share=share, decision=text,
                         request_id=key, by=li.id, at=now).code  # "0104"
    """
    old = roster.by_code(session, village=village, code=participant)
    ledger.lock_accounts(session, village=village, participants=[old.id])
    old = splittable(session, village=village, participant=participant, share=share, decision=decision, at=at)

    about: dict[str, Any] = {"village": village, "by": by, "at": at}
    note = clean_required(decision, maximum=200)
    new = roster.add(
        session,
        code=share.code,
        name=share.name,
        kind=HOUSEHOLD,
        group=share.group or old.group or None,
        people=share.people,
        address=share.address,
        id=share.participant,
        **about,
    )
    if left := people_left(old.people, share.people):
        facts = NewFacts(people=left)
        # The decision may name who left: it stands where erasing either household takes it away.
        roster.edit(session, code=old.code, facts=facts, reason=SPLIT, item=SPLIT, **about)
    words = {"participant": old.id, "heir": new.id, "item": SPLIT, "note": note}
    moved = None
    if postings := _postings(old.id, new.id, share):
        source = ("household_split", new.id)
        entry = NewTransaction("transfer", day_of(at), tuple(postings), words, source)
        moved = ledger.post(session, [entry], request_id=request_id, **about)[0].index
    entered = ledger.record(session, kind="household_split", words=words, ref=moved, **about)
    return HouseholdSplit(old.id, new.id, new.code, entered.index, entered.leaf.hex())


def splittable(
    session: Session, *, village: str, participant: str, share: Share, decision: str, at: datetime
) -> Participant:
    """Return the household with this code, if this share of it can leave now.

    Raises:
        ParticipantUnknown, ParticipantClosed: there is no such household, or it has ended.
        NoHousehold: it is none.
        ParticipantRestricted: points would leave, and a veto keeps the household from redeeming.
        PeopleInvalid, ShareInvalid: too many people, points or honour would leave.
        ParticipantExists: the new code is taken.
        GroupUnknown: there is no such group.
        TextInvalid: the decision is empty or longer than 200 characters.

    Example:
        splittable(session, village="cy", participant="0101", share=share, decision=text, at=now).name
        # "王建国"
    """
    clean_required(decision, maximum=200)
    old = roster.by_code(session, village=village, code=participant)
    roster.refuse_closed(session, village=village, participants=[old.id])
    refuse_others(old)
    if share.points:
        roster.refuse_restricted(session, village=village, participant=old.id, kind="redemption", at=at)
    people_left(old.people, share.people)
    check_share(ledger.balance(session, village=village, participant=old.id), share.points, share.honour)
    clean_name(share.name)
    roster.refuse_taken(session, village=village, code=clean_code(share.code))
    if share.group:
        villages.group_by_name(session, village=village, name=share.group)
    return old


def people_left(people: int, moved: int) -> int:
    """Return how many people stay when some leave; 0 where it is not known how many there were.

    Raises:
        PeopleInvalid: nobody would leave, or nobody stay.

    Example:
        >>> people_left(5, 2), people_left(0, 2)
        (3, 0)
        >>> people_left(2, 2)  # doctest: +ELLIPSIS
        Traceback (most recent call last):
        pointsbank.households.splitting.PeopleInvalid: 这一户登记了2人，分出去2人不行：...
    """
    if moved < 1 or (people and moved >= people):
        raise PeopleInvalid(people=people, moved=moved)
    return max(people - moved, 0)


def check_share(had: Balance, points: int, honour: int) -> None:
    """Refuse to move more than there is; who owes points has none to share.

    Raises:
        ShareInvalid: one of the figures is below 0 or above what there is.

    Example:
        >>> check_share(Balance(Points(4600), Points(9000)), 4600, 0)
        >>> check_share(Balance(Points(-200), Points(9000)), 0, 9000)
        >>> check_share(Balance(Points(4600), Points(9000)), 4601, 0)  # doctest: +ELLIPSIS
        Traceback (most recent call last):
        pointsbank.households.splitting.ShareInvalid: 这一户现有46积分、90荣誉积分，分出去的不能更多...
    """
    if not (0 <= points <= max(had.points, 0) and 0 <= honour <= max(had.honour, 0)):
        raise ShareInvalid(points=show(had.points), honour=show(had.honour))


def refuse_others(*people: Participant) -> None:
    """Refuse who is no household.

    Raises:
        NoHousehold: one of them is none.
    """
    for one in people:
        if one.kind != HOUSEHOLD:
            raise NoHousehold(name=one.name, kind=PARTICIPANT_KIND.name(one.kind))


def _postings(old: str, new: str, share: Share) -> list[Posting]:
    """Return what moves from one household to the other."""
    amounts = ((POINTS, share.points), (HONOUR, share.honour))
    return [
        Posting(account_of(old, unit), account_of(new, unit), unit, amount)
        for unit, amount in amounts
        if amount
    ]


@ledger.describes("household_split")
def _split(words: Mapping[str, Any], names: ledger.Names) -> str:
    """Return e.g. 王建国：分出王小军（村民小组会议决定）."""
    return f"{names(words['participant'])}：分出{names(words['heir'])}（{words['note']}）"
