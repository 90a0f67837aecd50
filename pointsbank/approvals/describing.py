"""Other words for goods: one person gives them where there are no pieces, else they wait for a second."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from pointsbank import market
from pointsbank.approvals.kind import Approval, Outlook
from pointsbank.approvals.models import ApprovalRow
from pointsbank.approvals.requesting import check_requester, expire, request
from pointsbank.approvals.seen_goods import check_seen, seen, words_seen
from pointsbank.approvals.stored import view
from pointsbank.errors import Refused
from pointsbank.ledger import Names
from pointsbank.market import Goods, GoodsImported, GoodsWords, WordsToConfirm
from pointsbank.points import Points, show
from pointsbank.spreadsheets import Table
from pointsbank.spreadsheets.problems import BadRows, RowProblem

KIND = "describe_goods"


class WordsPriceMoved(Refused):
    """Somebody changed the price after other words were requested."""

    code = "words_price_moved"
    sentence = (
        "“{name}”的积分价在申请以后改成了{now}，这份申请不能再确认；"
        "还要改名称、规格的，请按现在的价重新申请。"
    )
    fixed_by = "本人"


def change_words(
    session: Session,
    *,
    village: str,
    goods: str,
    name: str,
    spec: str = "",
    category: str | None = None,
    by: str,
    at: datetime,
) -> Goods | Approval:
    """Give goods (code) other words, or request it where there are pieces of them; the category at once.

    Raises:
        GoodsUnknown, TextInvalid: see `market.describe_goods` and `market.clean_words`.
        ApprovalKindUnknown, RequesterNotAllowed, ApprovalWaiting, VillageUnknown: see `request`.

    Example:
        ten = {"name": "大米", "spec": "10斤"}
        approvals.change_words(session, village="cy", goods="M01", **ten, by=li.id, at=now)
        # Approval(kind="describe_goods", subject="M01", status="waiting", …)
    """
    check_requester(session, village=village, kind=KIND, by=by)
    # Before the log is held: who confirms holds the request first, then the log.
    expire(session, village=village, at=at)
    words = market.clean_words(name, spec)
    found, pieces = market.locked_goods(session, village=village, goods=goods, at=at)
    waits = market.words_need_two(market.words_of(found), words, pieces=pieces)
    at_once = None if waits else words
    who: dict[str, Any] = {"village": village, "goods": goods, "by": by, "at": at}
    done = market.describe_goods(session, words=at_once, category=category, **who)
    return _request(session, done, words, village=village, by=by, at=at) if waits else done


def import_goods(
    session: Session,
    *,
    village: str,
    table: Table,
    by: str,
    at: datetime,
    confirmed: bool = False,
) -> GoodsImported:
    """Take in a table of goods as `market.import_goods` does, and request the words that need two people.

    What waits is among the warnings, row by row; a row whose words wait already is not requested again.

    Raises:
        RowsInDoubt: as `market.import_goods`; not if `confirmed`.
        BadRows: as `market.import_goods`, and for a row where other words than its own wait.
        GoodsUnknown: cannot be, for the rows are locked that are looked up again.
        ApprovalKindUnknown, RequesterNotAllowed, ApprovalWaiting, VillageUnknown: see `request`.

    Example:
        approvals.import_goods(session, village="cy", table=table, by=li.id, at=now).warnings
        # ["第2行：M01 大米（1斤）改为大米（10斤）：成为申请，要另一位角色不同的工作人员确认；其余各列照常……"]
    """
    # Before the log is held, as in `change_words`.
    expire(session, village=village, at=at)
    done = market.import_goods(session, village=village, table=table, by=by, at=at, confirmed=confirmed)
    if not done.to_confirm:
        return done
    check_requester(session, village=village, kind=KIND, by=by)
    waiting = _waiting(session, [one.goods.code for one in done.to_confirm], village=village)
    _refuse_other_words(done.to_confirm, waiting)
    notes = []
    for one in done.to_confirm:
        if one.goods.code in waiting:
            notes.append(f"{one}：同样的申请已经在等人确认。")
            continue
        now = market.goods_by_code(session, village=village, code=one.goods.code, at=at)
        _request(session, now, one.new, village=village, by=by, at=at)
        notes.append(f"{one}：成为申请，要另一位角色不同的工作人员确认；其余各列照常导入。")
    return replace(done, warnings=[*done.warnings, *notes])


def describe(session: Session, approval: Approval) -> Outlook:
    """Say what the goods are called and would be, at what price, and what lies on the shelf."""
    terms, code = approval.terms, approval.subject
    found = market.goods_by_code(session, village=approval.village, code=code, at=approval.requested_at)
    old, new = words_seen(terms, found), _new(approval)
    happens = [f"{old} → {new}，从确认时起；每件仍是{show(Points(terms['points']))}积分。"]
    if approval.status == "waiting" and found.stock > 0:
        happens.append(f"货架上的{found.stock}件就都叫{new}：请看着实物核对，名称、规格和件数对得上再确认。")
    happens.append("同样的积分换到的东西变多，就是降价：请先核实为什么改。")
    return Outlook(f"{old}（{code}）", tuple(happens))


def rename(session: Session, approval: Approval, second: str, at: datetime) -> str:
    """Give the goods their words, as the one who requested it.

    Raises:
        GoodsRedescribed: the goods are called otherwise than the two saw.
        WordsPriceMoved: they cost otherwise.
    """
    who = {"village": approval.village, "goods": approval.subject}
    found, _ = market.locked_goods(session, **who, at=at)
    check_seen(approval.terms, found)
    if found.points != approval.terms["points"]:
        raise WordsPriceMoved(name=approval.subject, now=show(found.points))
    done = market.describe_goods(session, **who, words=_new(approval), by=approval.requested_by, at=at)
    return f"{approval.subject}已改为{market.words_of(done)}。"


def title(subject: str, _names: Names) -> str:
    """Return the code of the goods."""
    return subject


def _new(approval: Approval) -> GoodsWords:
    return GoodsWords(approval.terms["new_name"], approval.terms["new_spec"])


def _request(
    session: Session, goods: Goods, words: GoodsWords, *, village: str, by: str, at: datetime
) -> Approval:
    """Request other words for goods as they are and at the price that they have."""
    terms = {**seen(goods), "new_name": words.name, "new_spec": words.spec, "points": goods.points}
    return request(session, village=village, kind=KIND, subject=goods.code, terms=terms, by=by, at=at)


def _waiting(session: Session, codes: Sequence[str], *, village: str) -> dict[str, GoodsWords]:
    """Return the words that wait for these goods, by code."""
    row = ApprovalRow
    query = select(row).where(row.in_village(village), col(row.ended_at).is_(None), row.kind == KIND)
    found = [view(one) for one in session.exec(query)]
    return {one.subject: _new(one) for one in found if one.subject in codes}


def _refuse_other_words(rows: Sequence[WordsToConfirm], waiting: dict[str, GoodsWords]) -> None:
    """Raise BadRows for rows of goods for which other words wait: one of the two would be lost."""
    refused = [
        RowProblem(
            one.row,
            "名称",
            f"{one.goods.code}改为{waiting[one.goods.code]}的申请还在等人确认，请先请人确认或由申请人撤回，再导入这一行。",
        )
        for one in rows
        if waiting.get(one.goods.code, one.new) != one.new
    ]
    if refused:
        raise BadRows(refused)
