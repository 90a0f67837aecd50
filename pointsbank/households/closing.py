"""Closes a household, or makes it part of another, by a recorded decision and for good.

Locks the village, the accounts of both households in ascending order, then the cards, then the head of the
village's log.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session

from pointsbank import boards, ledger, panels, publicity, roster, scoring, titles, villages
from pointsbank.dates import day_of
from pointsbank.errors import Invalid, Refused
from pointsbank.households.splitting import NoHousehold
from pointsbank.labels.participant_kind import PARTICIPANT_KIND
from pointsbank.points import Points
from pointsbank.text import clean_required


class ScoresUnsettled(Refused):
    """Some of the household's scores are not posted yet."""

    code = "scores_unsettled"
    sentence = "这一户还有{count}条评分没有入账，请等公示期满入账或撤回之后再办理。"
    fixed_by = "村委"


class AnswersOpen(Refused):
    """An objection about the household waits for its answer, or a deed that was left out for its meeting."""

    code = "answers_open"
    sentence = "这一户还有{count}件异议没有答复，或漏记的事没有补记，请先办完，再办理。"
    fixed_by = "村委"


class ListingsOpen(Refused):
    """The household is proposed for a board, or hangs on the black one."""

    code = "listings_open"
    sentence = "这一户还有{count}条红黑榜提名或在榜的黑榜，请先撤回或撤下，再办理。"
    fixed_by = "村委"


class HeirInvalid(Invalid):
    """A household cannot become part of itself."""

    code = "heir_invalid"
    sentence = "不能并入本户，请填写另一户的户号；没有并入的户，请办理销户。"
    fixed_by = "村委"
    at = ("heir",)


@dataclass(frozen=True, slots=True)
class Ending:
    """Which household (id) ends, which one (id) takes over its points if any, and by what decision."""

    participant: str
    heir: str | None
    decision: str

    @property
    def households(self) -> list[str]:
        """The ids of all whom it is about."""
        return [self.participant] if self.heir is None else [self.participant, self.heir]


@dataclass(frozen=True, slots=True)
class HouseholdClosed:
    """A closed household: the points and honour it had, the cards revoked, its entry in the log.

    Attributes:
        participant: id of the household.
        heir: id of the household that took over its points; None when they were cleared.
        leaf: hash of the log entry, in hexadecimal.
    """

    participant: str
    heir: str | None
    points: Points
    honour: Points
    cards: int
    index: int
    leaf: str
    status: str = "completed"


@ledger.idempotent("close_household", ledger.same("participant", "heir", "decision"), HouseholdClosed)
def close(
    session: Session,
    *,
    village: str,
    participant: str,
    heir: str | None = None,
    decision: str,
    request_id: str,
    by: str,
    at: datetime,
) -> HouseholdClosed:
    """Close the household with this code for good: clear its points and honour, revoke its cards.

    Args:
        heir: code of the household it becomes part of, which takes over points, honour and debts.

    Raises:
        HeirInvalid: both codes name one household.
        ParticipantUnknown, ParticipantClosed: one of the households does not exist or is closed.
        NoHousehold: the heir is of another kind than the one that ends.
        ParticipantRestricted: a veto keeps the first one from redeeming, and it would become part of another.
        ScoresUnsettled: some of the first one's scores are not posted yet.
        AnswersOpen: what an objection owes the first one is not done.
        ListingsOpen: the first one is proposed for a board, or hangs on the black one.
        TitleStands, TitleDayInvalid: raised by `end_with_household`.
        TextInvalid: the decision is empty or longer than 200 characters.
        VillageUnknown, AlreadyPosted, RequestReused, RequestIdInvalid: as `ledger.post`.

    Example:
        done = households.close(
            session, village="cy", participant="0101", decision=text, request_id=key, by=li.id, at=now
        )
        done.points, done.cards == (Points(1250), 1)
    """
    ending = _named(session, village=village, participant=participant, heir=heir, decision=decision)
    # Before the accounts: its titles end with it, and places are counted behind this lock.
    villages.lock(session, village=village)
    ledger.lock_accounts(session, village=village, participants=ending.households)
    _check(session, ending, village=village, at=at)

    who: dict[str, Any] = {"village": village, "participant": ending.participant, "by": by, "at": at}
    cards = roster.retire(session, **who)
    into = ending.heir
    if into:
        panels.follow(session, village=village, participant=ending.participant, heir=into)
    words = {
        "participant": ending.participant,
        "heir": into,
        "item": "并户" if into else "销户",
        "note": ending.decision,
    }
    scoring.end_base(session, **who, heir=into)
    done = ledger.close_accounts(session, **who, heir=into, words=words, request_id=request_id)
    titles.end_with_household(session, **who)
    had = done.balance
    return HouseholdClosed(
        ending.participant, into, had.points, had.honour, cards, done.index, done.leaf.hex()
    )


def closable(
    session: Session, *, village: str, participant: str, heir: str | None = None, decision: str, at: datetime
) -> Ending:
    """Return the end of the household with this code as it would be now, before anybody decides on it.

    Args:
        heir: code of the household it becomes part of.

    Raises:
        HeirInvalid: both codes name one household.
        ParticipantUnknown, ParticipantClosed: one of the households does not exist or is closed.
        NoHousehold: the heir is of another kind than the one that ends.
        ParticipantRestricted: a veto keeps the first one from redeeming, and it would become part of another.
        ScoresUnsettled: some of the first one's scores are not posted yet.
        AnswersOpen: what an objection owes the first one is not done.
        ListingsOpen: the first one is proposed for a board, or hangs on the black one.
        TextInvalid: the decision is empty or longer than 200 characters.

    Example:
        closable(session, village="cy", participant="0101", decision="九月村委会", at=now).heir is None
    """
    ending = _named(session, village=village, participant=participant, heir=heir, decision=decision)
    _check(session, ending, village=village, at=at)
    return ending


def _named(session: Session, *, village: str, participant: str, heir: str | None, decision: str) -> Ending:
    """Return which households these codes name; raises HeirInvalid, ParticipantUnknown and TextInvalid."""
    resolved = clean_required(decision, maximum=200)
    leaver = roster.by_code(session, village=village, code=participant).id
    taker = roster.by_code(session, village=village, code=heir).id if heir is not None else None
    if taker == leaver:
        raise HeirInvalid()
    return Ending(leaver, taker, resolved)


def _check(session: Session, ending: Ending, *, village: str, at: datetime) -> None:
    """Raise where it cannot end now.

    Raises:
        ParticipantClosed, NoHousehold, ParticipantRestricted, ScoresUnsettled, AnswersOpen, ListingsOpen:
            as `close` says.
    """
    roster.refuse_closed(session, village=village, participants=ending.households)
    if ending.heir is not None:
        leaver, taker = (roster.by_id(session, village=village, id=id) for id in ending.households)
        if leaver.kind != taker.kind:
            raise NoHousehold(name=taker.name, kind=PARTICIPANT_KIND.name(taker.kind))
        # Else the points that a veto keeps from the counter would be spent by the heir.
        roster.refuse_restricted(session, village=village, participant=leaver.id, kind="redemption", at=at)
    if waiting := scoring.unsettled(session, village=village, participant=ending.participant):
        raise ScoresUnsettled(count=waiting)
    contested, missing = publicity.promised(session, village=village, participant=ending.participant)
    if contested or missing:
        raise AnswersOpen(count=len(contested) + len(missing))
    if listed := boards.open_listings(
        session, village=village, participant=ending.participant, day=day_of(at)
    ):
        raise ListingsOpen(count=len(listed))


@ledger.describes("household_closed")
def _household(words: Mapping[str, Any], names: ledger.Names) -> str:
    """Return e.g. 王建国：并户，并入李秀英（村民小组会议决定）."""
    heir = f"，并入{names(words['heir'])}" if words["heir"] else ""
    return f"{names(words['participant'])}：{words['item']}{heir}（{words['note']}）"
