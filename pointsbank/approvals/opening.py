"""Opening balances of a village that has begun: one person requests them out of a table, another confirms."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session

from pointsbank import governing, ledger, roster, scoring
from pointsbank.approvals.kind import MANY, Approval, Outlook
from pointsbank.approvals.pins import household
from pointsbank.approvals.requesting import expire, request
from pointsbank.approvals.stored import private_words
from pointsbank.points import Points, show
from pointsbank.roster import BalancesImported, Opening, Participant
from pointsbank.spreadsheets import Table

KIND = "open_balances"

_NAMED = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class BalancesRequested(BalancesImported):
    """What a table would open once somebody has confirmed the request that it became; nothing is posted."""

    request: Approval


def import_balances(
    session: Session, *, village: str, table: Table, by: str, at: datetime, confirmed: bool = False
) -> BalancesImported | BalancesRequested:
    """Post the balances with which a village starts; once it has begun, request them.

    Rows whose balance was posted before are passed over, as in `roster.import_balances`. What is written
    beside a balance stands in the log alone, where erasing the household takes it away.

    Raises:
        OpeningsNeedTwo: the village began while this ran; the same table again becomes a request.
        BadRows, AlreadyPosted: as `roster.import_balances`.
        RowsInDoubt: as there and `scoring.doubt_openings`; not if `confirmed`.
        ApprovalKindUnknown, RequesterNotAllowed, ApprovalWaiting, VillageUnknown: see `request`.

    Example:
        approvals.import_balances(session, village="cy", table=table, by=li.id, at=now).openings
        # (Opening(participant="…", points=9000, honour=0, note="旧账本"), …)
    """
    # Before the log is held: who confirms holds the request first, then the log.
    expire(session, village=village, at=at)
    given: dict[str, Any] = {"village": village, "table": table, "at": at, "confirmed": confirmed}
    if not ledger.has_begun(session, village=village):
        opened = governing.import_balances(session, by=by, **given)
        if not confirmed:
            scoring.doubt_openings(session, opened.openings, village=village, at=at)
        return opened
    found = roster.import_balances(session, by=by, dry_run=True, **given)
    if not confirmed:
        scoring.doubt_openings(session, found.openings, village=village, at=at)
    if not found.openings:
        return found
    made = _request(session, found.openings, village=village, by=by, at=at)
    asked = [
        f"村里已经有评分或兑换入账，期初积分要两个人：{_sum(found.openings)}成为一份申请，现在一户也不入账。",
        "另一位角色不同的工作人员打开“双人确认”，逐户看过、确认以后才入账；七天没人确认就作废。",
    ]
    if found.unchanged:
        asked.append(f"另有{found.unchanged}户已经导入过，或者两样都是0，不在申请里。")
    same = {name: getattr(found, name) for name in ("added", "unchanged", "ignored_columns", "openings")}
    return BalancesRequested(**same, found=[*asked, *found.found], request=made)


def describe(session: Session, approval: Approval) -> Outlook:
    """Say how much goes to how many, and while it waits to whom."""
    openings = _openings(session, approval)
    whose = household(session, approval) if approval.subject != MANY else f"{len(openings)}户"
    if approval.status != "waiting":
        return Outlook(whose, ())
    ids = {one.participant for one in openings}
    people = roster.by_ids(session, village=approval.village, ids=ids)
    lines = tuple(
        _in_words(one, people[one.participant])
        for one in sorted(openings, key=lambda one: (-one.points, -one.honour))
    )
    few = len(lines) <= _NAMED
    happens = (
        f"{_sum(openings)}记为期初积分，确认后马上入账，可以兑换；账上写您和申请人两个人。",
        f"{'分别是' if few else '多的是'}：{'；'.join(lines[:_NAMED])}。",
        "原有的评分、兑换都不变。每户只能导入一次，入账后撤不回来。",
        "村里先前没有公示过这些积分：请拿着旧账本逐户核对，不是为了申请人或您自家多记。",
    )
    return Outlook(whose, happens, () if few else lines)


def post(session: Session, approval: Approval, second: str, at: datetime) -> str:
    """Post the balances, in the name of both.

    Raises:
        BalancesOpened, ParticipantClosed: since the request one of them was opened, or closed.
    """
    openings = _openings(session, approval)
    who = {"village": approval.village, "by": approval.requested_by, "second": second}
    roster.post_openings(session, openings, **who, at=at)
    return f"期初积分已入账：{_sum(openings)}。"


def _request(
    session: Session, openings: Sequence[Opening], *, village: str, by: str, at: datetime
) -> Approval:
    """Request openings: ids and numbers in the terms, words in the log alone."""
    notes = {one.participant: one.note for one in openings if one.note}
    return request(
        session,
        village=village,
        kind=KIND,
        subject=openings[0].participant if len(openings) == 1 else MANY,
        terms={"openings": [[one.participant, one.points, one.honour] for one in openings]},
        private={"notes": notes, "participants": sorted(notes)} if notes else {},
        by=by,
        at=at,
    )


def _openings(session: Session, approval: Approval) -> list[Opening]:
    """Return what was requested, with the words beside it as long as they are not erased."""
    notes: Mapping[str, str] = private_words(session, approval).get("notes", {})
    return [
        Opening(id, Points(points), Points(honour), notes.get(id, ""))
        for id, points, honour in approval.terms["openings"]
    ]


def _in_words(opening: Opening, person: Participant) -> str:
    """Return e.g. 王建国（0101）：90积分，0荣誉积分，旧账本."""
    amounts = f"{show(opening.points)}积分，{show(opening.honour)}荣誉积分"
    return "，".join(filter(None, (f"{person.name}（{person.code}）：{amounts}", opening.note)))


def _sum(openings: Sequence[Opening]) -> str:
    """Return e.g. 2户共90积分、0荣誉积分."""
    points = Points(sum(one.points for one in openings))
    honour = Points(sum(one.honour for one in openings))
    return f"{len(openings)}户共{show(points)}积分、{show(honour)}荣誉积分"
