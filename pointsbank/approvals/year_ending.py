"""Requests to post a year's end, or to undo one: both people see what goes and stays, account by account."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlmodel import Session

from pointsbank import roster, year_end
from pointsbank.approvals.foreseeing import as_things_stand
from pointsbank.approvals.kind import Approval, Outlook
from pointsbank.approvals.requesting import request
from pointsbank.approvals.stored import private_words
from pointsbank.dates import day_in_words
from pointsbank.ledger import Names
from pointsbank.points import Points, show
from pointsbank.roster import Participant
from pointsbank.year_end import Line, Plan, Undoing

POST, UNDO = "post_year_end", "undo_year_end"
_FEW = 5


def request_year_end(session: Session, *, village: str, year: int, by: str, at: datetime) -> Approval:
    """Request that a year's end is posted as its preview shows it.

    Raises:
        YearInvalid: it is no year.
        YearEndPosted, NothingToEnd, YearNotYet, YearTimeOver, BaseStillOpen: as `year_end.check_ready`.
        ApprovalKindUnknown, RequesterNotAllowed, ApprovalWaiting, VillageUnknown: see `request`.

    Example:
        request_year_end(session, village="cy", year=2026, by=li.id, at=now).subject  # "2026"
    """
    found = year_end.plan(session, village=village, year=year, at=at)
    year_end.check_ready(session, found, village=village, at=at)
    lines = {one.participant: _figures(one) for one in found.moved}
    rule = found.rule.number if found.rule else None
    terms = {"rule": rule, "lines": lines}
    return request(session, village=village, kind=POST, subject=str(year), terms=terms, by=by, at=at)


def request_year_end_undo(
    session: Session, *, village: str, year: int, reason: str, by: str, at: datetime
) -> Approval:
    """Request that a year's end is undone, with a reason that names nobody.

    Raises:
        YearEndUnknown, UndoTimeOver: as `year_end.undoing`.
        TextInvalid, Wording, NamesSomebody: as `year_end.check_reason`.
        ApprovalKindUnknown, RequesterNotAllowed, ApprovalWaiting, VillageUnknown: see `request`.

    Example:
        request_year_end_undo(session, village="cy", year=2026, reason=why, by=li.id, at=now).kind
    """
    written = year_end.check_reason(session, reason, village=village)
    year_end.undoing(session, village=village, year=year, at=at)
    about = {"village": village, "kind": UNDO, "subject": str(year)}
    return request(session, **about, terms={}, private={"note": written}, by=by, at=at)


def _figures(one: Line) -> list[int]:
    """Return what of a line both people agree on."""
    return [one.gone, one.honour_given, one.honour_gone]


def year_end_outlook(found: Plan) -> tuple[str, ...]:
    """Return what posting a year's end does, a sentence each.

    Example:
        year_end_outlook(plan)[0]  # "1149个积分主体的可用积分一共清掉12543分，清完还有300分可用。"
    """
    moved, owing = found.moved, found.below_zero
    gone, given, begun = (found.sum_of(name) for name in ("gone", "honour_given", "honour_gone"))
    into = f"，折成荣誉{show(given)}分" if given else ""
    left = show(found.sum_of("points_after"))
    happens = [f"{len(moved)}个积分主体的可用积分一共减少{show(gone)}分{into}，减完全村还有{left}分可用。"]
    if begun:
        happens.append(f"荣誉积分重新起算，一共减少{show(begun)}分；各月各年的榜不变。")
    if owing:
        happens.append(f"欠积分的{len(owing)}户照旧欠着，不动。")
    if apart := found.sum_of("apart"):
        happens.append(f"另算的积分一共{show(apart)}分，照常留用。")
    happens.append("元旦以后新得的积分不动；元旦以后花掉的，算先花了旧的。")
    return tuple(happens)


def describe_posting(session: Session, approval: Approval) -> Outlook:
    """Say what goes and stays, in sum and of everybody; and what moved since it was requested."""
    name = title(approval.subject, str)
    if approval.status != "waiting":
        return Outlook(name, ())
    village, year = approval.village, int(approval.subject)
    found = year_end.plan(session, village=village, year=year, at=approval.requested_at)
    people = _people(session, village, found.lines)
    changed = _changed(approval.terms["lines"], found, people)

    def foresee() -> Sequence[str]:
        year_end.check_ready(session, found, village=village, at=approval.requested_at)
        last = f"记错了，{year_end.UNDO_DAYS}天以内可以由两个人整个撤销。"
        return (*year_end_outlook(found), *changed, "不到确认的那一刻什么也不变，按那一刻的账入账。", last)

    lines = tuple(
        _in_words(one, people[one.participant])
        for one in sorted(found.lines, key=lambda one: (-one.gone, -one.honour_gone, one.participant))
        if one.moves or one.points < 0
    )
    return Outlook(name, as_things_stand(foresee), lines)


def _people(session: Session, village: str, lines: Sequence[Line]) -> Mapping[str, Participant]:
    return roster.by_ids(session, village=village, ids={one.participant for one in lines})


def _changed(asked: Mapping[str, list[int]], found: Plan, people: Mapping[str, Participant]) -> list[str]:
    """Return which lines are no longer as they were requested."""
    now = {one.participant: one for one in found.lines}
    differing = [
        who
        for who in sorted(asked.keys() | {one.participant for one in found.moved})
        if asked.get(who, [0, 0, 0]) != (_figures(now[who]) if who in now else [0, 0, 0])
    ]
    if not differing:
        return []
    named = [
        f"{people[who].name}（{people[who].code}）"
        f"原来减{show(asked.get(who, [0])[0])}分，现在减{show(now[who].gone)}分"
        for who in differing[:_FEW]
        if who in now
    ]
    more = f"，等{len(differing)}户" if len(differing) > len(named) else ""
    return [f"申请以后变了的：{'；'.join(named)}{more}。"]


def _in_words(one: Line, person: Participant) -> str:
    """Return e.g. 王建国（0101）：120分，减100分，还有20分可用."""
    if one.points < 0:
        return f"{person.name}（{person.code}）：欠{show(-one.points)}分，照旧"
    parts = [f"{show(one.points)}分"]
    if one.gone:
        parts.append(f"减{show(one.gone)}分，还有{show(one.points_after)}分可用")
    if one.honour_given:
        parts.append(f"荣誉加{show(one.honour_given)}分")
    if one.honour_gone:
        parts.append(f"荣誉减{show(one.honour_gone)}分，还有{show(one.honour_after)}分")
    return f"{person.name}（{person.code}）：{'，'.join(parts)}"


def post(session: Session, approval: Approval, second: str, at: datetime) -> str:
    """Post it as it is at this moment, in the name of both.

    Raises the refusals of `year_end.post_run`: what came between is in the way.
    """
    run = year_end.post_run(
        session,
        village=approval.village,
        year=int(approval.subject),
        second=second,
        by=approval.requested_by,
        at=at,
    )
    into = f"，折成荣誉{show(run.honour_given)}分" if run.honour_given else ""
    return (
        f"{run.year}年年终结转已入账：{run.accounts}个积分主体，可用积分减少{show(run.points_gone)}分{into}。"
        f"{day_in_words(run.undone_until)}以前可以由两个人撤销。"
    )


def undo_outlook(found: Undoing) -> tuple[str, ...]:
    """Return what undoing a year's end does, a sentence each.

    Example:
        undo_outlook(undoing)[0]  # "1149个积分主体各自补回那天减少的，一共12543分；那以后得的、花的都不变。"
    """
    back = [*found.back, *(one for one, _ in found.to_heirs)]
    gone = Points(sum(one.gone for one in back))
    given = Points(sum(one.honour_given for one in back))
    begun = Points(sum(one.honour_gone for one in back))
    happens = [
        f"{len(back)}个积分主体各自补回那天减少的，一共{show(gone)}分可用积分；那以后得的、花的都不变。"
    ]
    if given:
        happens.append(f"折成的荣誉一共{show(given)}分收回。")
    if begun:
        happens.append(f"荣誉积分补回{show(begun)}分。")
    if found.to_heirs:
        happens.append(f"其中{len(found.to_heirs)}户后来并入了别的户，补给并入的那一户。")
    if found.of_nobody:
        happens.append(f"另有{len(found.of_nobody)}户后来销户，不补。")
    return tuple(happens)


def describe_undoing(session: Session, approval: Approval) -> Outlook:
    """Say what comes back, and why it is asked."""
    name = title(approval.subject, str)
    if approval.status != "waiting":
        return Outlook(name, ())
    village, year = approval.village, int(approval.subject)

    def foresee() -> Sequence[str]:
        found = year_end.undoing(session, village=village, year=year, at=approval.requested_at)
        return (f"原因：{private_words(session, approval).get('note', '')}", *undo_outlook(found))

    return Outlook(name, as_things_stand(foresee))


def undo(session: Session, approval: Approval, second: str, at: datetime) -> str:
    """Undo it, in the name of both.

    Raises the refusals of `year_end.undo_run`.
    """
    year = int(approval.subject)
    found = year_end.undo_run(
        session,
        village=approval.village,
        year=year,
        reason=private_words(session, approval).get("note", ""),
        second=second,
        by=approval.requested_by,
        at=at,
    )
    return f"{year}年年终结转已撤销：{len(found.back) + len(found.to_heirs)}个积分主体已补回。"


def title(subject: str, _names: Names) -> str:
    """Return the year."""
    return f"{subject}年"
