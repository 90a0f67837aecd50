"""Requests to split a household, and to move one to another group; a second person confirms."""

from datetime import datetime
from typing import Any

from sqlmodel import Session

from pointsbank import boards, households, ledger, roster, scoring, villages
from pointsbank.approvals.foreseeing import as_things_stand
from pointsbank.approvals.kind import Approval, Outlook
from pointsbank.approvals.pins import household
from pointsbank.approvals.requesting import request
from pointsbank.approvals.stored import private_words
from pointsbank.database import new_id
from pointsbank.dates import day_of
from pointsbank.households import Share
from pointsbank.points import Points, show
from pointsbank.text import ERASED, clean, clean_code, clean_name, clean_required

SPLIT = "split_household"
MOVE = "move_household"


def request_split(
    session: Session, *, village: str, participant: str, share: Share, decision: str, by: str, at: datetime
) -> Approval:
    """Request that some people of the household with this code become one of their own.

    Name, address and decision stand in the log alone, where erasing either household takes them away.

    Raises:
        ParticipantUnknown, ParticipantClosed, ParticipantExists, ParticipantRestricted, NoHousehold,
            PeopleInvalid, ShareInvalid, GroupUnknown, TextInvalid: see `households.splittable`.
        ApprovalKindUnknown, RequesterNotAllowed, ApprovalWaiting, VillageUnknown: see `request`.

    Example:
        share = Share(code="0104", name="王小军", people=2, points=Points(1000))
        request_split(session, village="cy", participant="0101", share=share, decision="九月村委会",
                      by=li.id, at=now).kind  # "split_household"
    """
    about: dict[str, Any] = {"village": village, "participant": participant, "at": at}
    old = households.splittable(session, share=share, decision=decision, **about)
    group = villages.group_by_name(session, village=village, name=share.group) if share.group else None
    new = new_id(session)
    terms = {
        "code": clean_code(share.code),
        "people": share.people,
        "points": int(share.points),
        "honour": int(share.honour),
        "group": group.id if group else None,
        "new": new,
    }
    private = {
        "heir": new,
        "name": clean_name(share.name),
        "address": clean(share.address, maximum=100),
        "note": clean_required(decision, maximum=200),
    }
    return request(
        session, village=village, kind=SPLIT, subject=old.id, terms=terms, private=private, by=by, at=at
    )


def foresee_split(
    session: Session, *, village: str, participant: str, share: Share, decision: str, at: datetime
) -> tuple[str, ...]:
    """Return what a split of the household with this code would do, a sentence each; writes nothing.

    Raises:
        ParticipantUnknown, ParticipantClosed, ParticipantExists, ParticipantRestricted, NoHousehold,
            PeopleInvalid, ShareInvalid, GroupUnknown, TextInvalid: see `households.splittable`.

    Example:
        foresee_split(session, village="cy", participant="0101", share=share, decision=text, at=now)[0]
    """
    about: dict[str, Any] = {"village": village, "participant": participant, "at": at}
    old = households.splittable(session, share=share, decision=decision, **about)
    had = ledger.balance(session, village=village, participant=old.id)
    left = households.people_left(old.people, share.people)
    stays = f"原户{old.name}（{old.code}）留{left}人" if left else f"原户{old.name}（{old.code}）没有登记人口"
    group = share.group or old.group
    waiting = scoring.unsettled(session, village=village, participant=old.id)
    where = f"，在{group}" if group else ""
    sentences = [
        f"新立户号{share.code}，户主{share.name}，{share.people}人{where}；{stays}。",
        f"可用积分：分出{show(share.points)}分，原户留{show(Points(had.points - share.points))}分。",
        f"荣誉积分：分出{show(share.honour)}分，原户留{show(Points(had.honour - share.honour))}分。",
        "各月的评分、名次和榜都留在原户，新户从现在起另算。",
        "原户的积分卡和兑换密码不变；新户要另外印卡、发卡。",
    ]
    if waiting:
        sentences.append(f"原户还有{waiting}条评分没有入账，入账时都记在原户。")
    return tuple(sentences)


def describe_split(session: Session, approval: Approval) -> Outlook:
    """Say who leaves, with what; or why that is no longer possible."""
    words = private_words(session, approval)
    basis = f"依据：{words.get('note', ERASED)}。请先核实这个决定，分多少、分给谁。"
    if approval.status != "waiting":
        return Outlook(household(session, approval), (basis,))

    def foresee() -> tuple[str, ...]:
        share, code = _share(session, approval)
        about = {"participant": code, "decision": words.get("note", ERASED), "at": approval.requested_at}
        return foresee_split(session, village=approval.village, share=share, **about)

    return Outlook(household(session, approval), (*as_things_stand(foresee), basis))


def split(session: Session, approval: Approval, second: str, at: datetime) -> str:
    """Split the household, as the one who requested it."""
    share, code = _share(session, approval)
    done = households.split(
        session,
        village=approval.village,
        participant=code,
        share=share,
        decision=private_words(session, approval).get("note", ERASED),
        request_id=f"approval-{approval.id}",
        by=approval.requested_by,
        at=at,
    )
    return f"已分户：新户{share.name}（{done.code}），请给新户印卡、发卡。"


def request_move(
    session: Session, *, village: str, participant: str, group: str, decision: str, by: str, at: datetime
) -> Approval:
    """Request that the participant with this code moves to a group, by its name.

    Raises:
        ParticipantUnknown, ParticipantClosed, GroupUnknown, InGroupAlready, TextInvalid: see
            `households.movable`.
        ApprovalKindUnknown, RequesterNotAllowed, ApprovalWaiting, VillageUnknown: see `request`.

    Example:
        request_move(session, village="cy", participant="0101", group="二组", decision="九月村委会",
                     by=li.id, at=now).kind  # "move_household"
    """
    plan = households.movable(
        session, village=village, participant=participant, group=group, decision=decision
    )
    return request(
        session,
        village=village,
        kind=MOVE,
        subject=plan.participant.id,
        terms={"group": plan.group.id},
        private={"note": clean_required(decision, maximum=200)},
        by=by,
        at=at,
    )


def foresee_move(
    session: Session, *, village: str, participant: str, group: str, decision: str, at: datetime
) -> tuple[str, ...]:
    """Return what a move of the participant with this code would do, a sentence each; writes nothing.

    Raises:
        ParticipantUnknown, ParticipantClosed, GroupUnknown, InGroupAlready, TextInvalid: see
            `households.movable`; and those of `boards.standing`.

    Example:
        foresee_move(session, village="cy", participant="0101", group="二组", decision=text, at=now)[0]
    """
    plan = households.movable(
        session, village=village, participant=participant, group=group, decision=decision
    )
    month = f"{day_of(at):%Y-%m}"
    lines = {one.participant: one for one in boards.standing(session, village=village, month=month)}
    line = lines.get(plan.participant.id)
    counted = f"本月{show(line.honour)}分荣誉" if line is not None else "本月的荣誉"
    sizes = roster.group_sizes(session, village=village)
    here = sizes.get(plan.participant.group_id or "", 0)
    there = sizes.get(plan.group.id, 0)
    before = f"从{plan.before}（现有{here}户）" if plan.before else "现在没有小组，"
    return (
        f"{plan.participant.name}（{plan.participant.code}）{before}移到{plan.group.name}（现有{there}户）。",
        f"没有月结的月份，{counted}算在{plan.group.name}；已月结的月份和海报不变。",
        "户号、积分、积分卡、兑换密码都不变；原小组的小组长看不到这一户，新小组的小组长看得到。",
    )


def describe_move(session: Session, approval: Approval) -> Outlook:
    """Say from which group to which, and what counts where; or why that is no longer possible."""
    note = private_words(session, approval).get("note", ERASED)
    basis = f"依据：{note}。请先核实这个决定。"
    if approval.status != "waiting":
        return Outlook(household(session, approval), (basis,))

    def foresee() -> tuple[str, ...]:
        code, group = _moving(session, approval)
        about = {"participant": code, "group": group, "decision": note}
        return foresee_move(session, village=approval.village, **about, at=approval.requested_at)

    return Outlook(household(session, approval), (*as_things_stand(foresee), basis))


def move(session: Session, approval: Approval, second: str, at: datetime) -> str:
    """Move the household, as the one who requested it."""
    code, group = _moving(session, approval)
    note = private_words(session, approval).get("note", ERASED)
    about: dict[str, Any] = {"village": approval.village, "by": approval.requested_by, "at": at}
    moved = households.move(session, participant=code, group=group, decision=note, **about)
    return f"{moved.name}（{moved.code}）已移到{moved.group}。"


def _moving(session: Session, approval: Approval) -> tuple[str, str]:
    """Return the code of who moves and the name of the group, as both stand now; raises GroupUnknown."""
    village = approval.village
    group = villages.group(session, village=village, group_id=approval.terms["group"])
    return roster.by_id(session, village=village, id=approval.subject).code, group.name


def _share(session: Session, approval: Approval) -> tuple[Share, str]:
    """Return what leaves, and the code of the household that it leaves; raises GroupUnknown."""
    village, terms, words = approval.village, approval.terms, private_words(session, approval)
    group = villages.group(session, village=village, group_id=terms["group"]) if terms["group"] else None
    share = Share(
        code=terms["code"],
        name=words.get("name", ERASED),
        address=words.get("address", ""),
        people=terms["people"],
        points=Points(terms["points"]),
        honour=Points(terms["honour"]),
        group=group.name if group else None,
        participant=terms["new"],
    )
    return share, roster.by_id(session, village=village, id=approval.subject).code
