"""Requests to end a household for good: to close it or make it part of another, and to erase its words."""

from datetime import date, datetime

from sqlmodel import Session

from pointsbank import households, ledger, roster, scoring, titles
from pointsbank.approvals.foreseeing import as_things_stand
from pointsbank.approvals.kind import Approval, Outlook
from pointsbank.approvals.pins import household
from pointsbank.approvals.requesting import request
from pointsbank.approvals.stored import private_words
from pointsbank.dates import day_in_words, day_of
from pointsbank.errors import Invalid
from pointsbank.labels.erasure_reason import ERASURE_REASON
from pointsbank.points import show
from pointsbank.roster import Participant
from pointsbank.text import ERASED


class ErasureReasonUnknown(Invalid):
    """The reason is none of the closed list."""

    code = "erasure_reason_unknown"
    sentence = "请从列出的原因中选一个。"
    fixed_by = "本人"
    at = ("reason",)


def request_closing(
    session: Session,
    *,
    village: str,
    participant: str,
    heir: str | None = None,
    decision: str,
    by: str,
    at: datetime,
) -> Approval:
    """Request that the household with this code ends, or becomes part of the one with the code `heir`.

    The decision stands in the log alone, where erasing the household takes it away.

    Raises:
        HeirInvalid, ParticipantUnknown, ParticipantClosed, ParticipantRestricted, NoHousehold,
            ScoresUnsettled, AnswersOpen, ListingsOpen, TextInvalid: see `households.closable`.
        ApprovalKindUnknown, RequesterNotAllowed, ApprovalWaiting, VillageUnknown: see `request`.

    Example:
        ending = {"participant": "0101", "heir": "0102", "decision": "九月村委会"}
        request_closing(session, village="cy", **ending, by=li.id, at=now).kind  # "close_household"
    """
    ending = households.closable(
        session, village=village, participant=participant, heir=heir, decision=decision, at=at
    )
    return request(
        session,
        village=village,
        kind="close_household",
        subject=ending.participant,
        terms={"heir": ending.heir},
        private={"heir": ending.heir, "note": ending.decision},
        by=by,
        at=at,
    )


def foresee_closing(
    session: Session,
    *,
    village: str,
    participant: str,
    heir: str | None = None,
    decision: str,
    at: datetime,
) -> tuple[str, ...]:
    """Return what the end of the household with this code would do, a sentence each; writes nothing.

    Args:
        heir: code of the household it becomes part of.

    Raises:
        HeirInvalid, ParticipantUnknown, ParticipantClosed, ParticipantRestricted, NoHousehold,
            ScoresUnsettled, AnswersOpen, ListingsOpen, TextInvalid: see `households.closable`.

    Example:
        foresee_closing(session, village="cy", participant="0101", decision=text, at=now)[0]
        # "现有46积分、90荣誉积分，全部清零。"
    """
    ending = households.closable(
        session, village=village, participant=participant, heir=heir, decision=decision, at=at
    )
    had = ledger.balance(session, village=village, participant=ending.participant)
    taker = roster.by_id(session, village=village, id=ending.heir) if ending.heir else None
    goes = f"全部转到{taker.name}（{taker.code}）" if taker else "全部清零，收回村里，不再作数"
    owed = "，欠的积分也由那一户承担" if taker and had.points < 0 else ""
    known = roster.known_cards(session, village=village, participant=participant)
    cards = [one for one in known if one.status in ("printed", "active")]
    dead = f"{len(cards)}张积分卡全部作废" if cards else "没有可用的积分卡"
    ending_base = scoring.base_that_ends(
        session, village=village, participant=ending.participant, heir=ending.heir, at=at
    )
    base = "、".join(dict.fromkeys(f"“{one.title}”" for one in ending_base))
    return (
        f"现有{show(had.points)}积分、{show(had.honour)}荣誉积分，{goes}{owed}。",
        *([f"其中基础分{base}剩下的先收回，不转给别的户。"] if base else []),
        f"{dead}，不再评分、不能兑换，不能恢复；已经兑换的不能再退。",
        "没有公示中的评分，没有红黑榜提名；以前各月的榜和海报不变。",
        *_of_titles(session, ending.participant, village=village, taker=taker, at=at),
    )


def _of_titles(
    session: Session, participant: str, *, village: str, taker: Participant | None, at: datetime
) -> list[str]:
    """Return what becomes of the titles of a household that ends, and of what it may not stand for."""
    found = titles.titles(session, village=village, participant=participant)
    had = "、".join(dict.fromkeys(f"“{one.kind.name}”" for one in found if one.is_given))
    sentences = [f"称号{had}随本户结束，不转给别的户。"] if had else []
    if taker is not None:
        # Of one that was taken in before it goes along once more.
        barred = titles.bars_of(session, village=village, participant=participant, today=day_of(at))
        until: dict[str, date] = {}
        for one in barred:
            until[one.title] = max(one.until, until.get(one.title, one.until))
        sentences += [
            f"本户失去过“{name}”：{taker.name}（{taker.code}）到{day_in_words(day)}才能再被提名；已有的不受影响。"
            for name, day in until.items()
        ]
    return sentences


def describe_closing(session: Session, approval: Approval) -> Outlook:
    """Say what becomes of the points, the honour and the cards; or why it can no longer be."""
    village, heir = approval.village, approval.terms["heir"]
    decision = private_words(session, approval).get("note", ERASED)
    basis = f"依据：{decision}。请先核实这个决定。"
    if approval.status != "waiting":
        taker = roster.by_id(session, village=village, id=heir) if heir else None
        goes = f"全部转到{taker.name}（{taker.code}）" if taker else "全部清零"
        return Outlook(household(session, approval), (f"积分和荣誉积分，{goes}。", basis))
    codes = {id: roster.by_id(session, village=village, id=id).code for id in (approval.subject, heir) if id}

    def foresee() -> tuple[str, ...]:
        return foresee_closing(
            session,
            village=village,
            participant=codes[approval.subject],
            heir=codes.get(heir),
            decision=decision,
            at=approval.requested_at,
        )

    return Outlook(household(session, approval), (*as_things_stand(foresee), basis))


def close(session: Session, approval: Approval, second: str, at: datetime) -> str:
    """Close the household, as the one who requested it."""
    village, heir = approval.village, approval.terms["heir"]
    codes = {id: roster.by_id(session, village=village, id=id).code for id in (approval.subject, heir) if id}
    done = households.close(
        session,
        village=village,
        participant=codes[approval.subject],
        heir=codes.get(heir),
        decision=private_words(session, approval).get("note", ERASED),
        request_id=f"approval-{approval.id}",
        by=approval.requested_by,
        at=at,
    )
    return f"{household(session, approval)}已{'并户' if heir else '销户'}，{done.cards}张积分卡作废。"


def request_erasure(
    session: Session, *, village: str, participant: str, reason: str, by: str, at: datetime
) -> Approval:
    """Request that the words about the closed household with this code are erased.

    Args:
        reason: a code of `labels.erasure_reason`.

    Raises:
        ErasureReasonUnknown: the reason is none of them.
        ParticipantUnknown, NotClosedYet, AlreadyErased: see `households.erasable`.
        ApprovalKindUnknown, RequesterNotAllowed, ApprovalWaiting, VillageUnknown: see `request`.

    Example:
        asked = {"participant": "0101", "reason": "own_request"}
        request_erasure(session, village="cy", **asked, by=li.id, at=now).kind  # "erase_household"
    """
    if reason not in ERASURE_REASON.codes:
        raise ErasureReasonUnknown()
    person = households.erasable(session, village=village, participant=participant)
    return request(
        session,
        village=village,
        kind="erase_household",
        subject=person.id,
        terms={"reason": reason},
        by=by,
        at=at,
    )


def describe_erasure(session: Session, approval: Approval) -> Outlook:
    """Say what goes and what stays."""
    why = ERASURE_REASON.name(approval.terms["reason"])
    happens = (
        f"删除原因：{why}。",
        "姓名、地址、备注、异议和上榜说明等文字全部删除，不能恢复。",
        "积分账目只留数字，账本仍可核对；日志写明删除过、为什么。",
        "请先核实：这一户真的要求删除，没有还在处理的纠纷要用到这些文字。",
    )
    return Outlook(household(session, approval), happens)


def erase(session: Session, approval: Approval, second: str, at: datetime) -> str:
    """Erase the words, as the one who requested it; those that earlier requests told of it go too."""
    village = approval.village
    done = households.erase(
        session,
        village=village,
        participant=roster.by_id(session, village=village, id=approval.subject).code,
        reason=ERASURE_REASON.name(approval.terms["reason"]),
        by=approval.requested_by,
        at=at,
    )
    return f"资料已删除，日志中{len(done.entries)}条的文字已清除。"
