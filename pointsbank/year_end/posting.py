"""Posts a year's end: one transaction for each account that moves, all in one write, by two people.

The accounts are locked first, so that no sale moves one between the plan and its posting; what was sold until
then is in the plan. Of two who post at once the second finds the first one's run under its locks, and behind
that stands an index of the table: a year ends once.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, insert
from sqlmodel import Session, col, select

from pointsbank import ledger, roster
from pointsbank.dates import day_of
from pointsbank.errors import Refused
from pointsbank.failures import refusing_duplicates
from pointsbank.ledger import HONOUR, POINTS, NewTransaction, Posting
from pointsbank.points import show
from pointsbank.prepared import execute_many
from pointsbank.year_end.models import YearEndLineRow, YearEndRunRow
from pointsbank.year_end.planning import Line, Plan, plan
from pointsbank.year_end.reading import YearEnd, standing_run
from pointsbank.year_end.states import check_due

SOURCE = "year_end"
"""The kind of source of a run's transactions; the id is the run's number and the participant's id."""
_INSERT_LINE = insert(YearEndLineRow)


class YearEndPosted(Refused):
    """The year's end was posted and stands."""

    code = "year_end_posted"
    sentence = "{year}年的年终结转已经入账，不会再办一次；办错了的，可以由两个人撤销。"
    fixed_by = "本人"


class NothingToEnd(Refused):
    """Nothing is to be posted: everything stays."""

    code = "year_end_nothing"
    sentence = "{year}年没有要结转的：{why}，不用办。"
    fixed_by = "本人"


class BaseStillOpen(Refused):
    """Base points of the year are still to be taken back."""

    code = "year_end_base_open"
    sentence = (
        "还有{count}份期满的基础分没有收回：请先在“基础分”页点“现在发放”，或过几分钟程序自动收回以后再办。"
    )
    fixed_by = "本人"


def check_ready(session: Session, found: Plan, *, village: str, at: datetime) -> None:
    """Refuse a year's end that cannot be posted now.

    Raises:
        YearEndPosted: it was.
        NothingToEnd: the village resolved nothing, or nothing goes.
        YearNotYet, YearTimeOver: as `states.check_due`.
        BaseStillOpen: base points of the year are still to be taken back.

    Example:
        year_end.check_ready(session, found, village="chayuan", at=now)
    """
    if standing_run(session, village=village, year=found.year) is not None:
        raise YearEndPosted(year=found.year)
    if found.rule is None or found.due_on is None or not found.rule.is_posted:
        why = "村里没有登记结转办法" if found.rule is None else "照登记的办法，积分和荣誉全部留用"
        raise NothingToEnd(year=found.year, why=why)
    check_due(found.year, due_on=found.due_on, today=day_of(at))
    if found.base_open:
        raise BaseStillOpen(count=found.base_open)
    if not found.moved:
        raise NothingToEnd(year=found.year, why="没有哪一户有要动的积分")


def post_run(session: Session, *, village: str, year: int, second: str, by: str, at: datetime) -> YearEnd:
    """Post a year's end as it is at this moment, and write down what it did to each account.

    Locks every account of the village, then the log's head.

    Args:
        second: who (id) confirmed it.

    Raises:
        YearInvalid: it is no year.
        YearEndPosted, NothingToEnd, YearNotYet, YearTimeOver, BaseStillOpen: as `check_ready`.

    And those of `ledger.post` and `ledger.record`.

    Example:
        year_end.post_run(session, village="chayuan", year=2026, second=zhao, by=li, at=now).accounts  # 1149
    """
    lock_everybody(session, village=village)
    found = plan(session, village=village, year=year, at=at)
    check_ready(session, found, village=village, at=at)
    number = _next_number(session, village)
    moved = found.moved
    entries = [_entry(one, number=number, year=year, at=at) for one in moved]
    posted = ledger.post(session, entries, village=village, by=by, at=at)
    indices = {one.participant: done.index for one, done in zip(moved, posted, strict=True)}
    row = YearEndRunRow(
        village_id=village,
        number=number,
        year=year,
        rule_number=found.rule_number,
        turn=found.turn,
        accounts=len(moved),
        points_gone=found.sum_of("gone"),
        honour_given=found.sum_of("honour_given"),
        honour_gone=found.sum_of("honour_gone"),
        posted_by=by,
        confirmed_by=second,
        posted_at=at,
        next_index=ledger.tree_head(session, village=village).size,
    )
    session.add(row)
    with refusing_duplicates(YearEndPosted(year=year)):
        session.flush()
    execute_many(session, _INSERT_LINE, *(_row(one, village, number, indices) for one in found.lines))
    words = _summary(row) | {"lines": len(found.lines)}
    ledger.record(session, village=village, kind="year_end_posted", by=by, at=at, words=words)
    return row.into(YearEnd)


def lock_everybody(session: Session, *, village: str) -> None:
    """Lock the accounts of all participants of a village, ascending, as whoever posts does."""
    ids = [one.id for one in roster.everyone(session, village=village)]
    ledger.lock_accounts(session, village=village, participants=ids)


def _next_number(session: Session, village: str) -> int:
    row = YearEndRunRow
    return (session.exec(select(func.max(col(row.number))).where(row.in_village(village))).one() or 0) + 1


def _entry(one: Line, *, number: int, year: int, at: datetime) -> NewTransaction:
    """Return the transaction of one account."""
    who = one.participant
    own = {unit: ledger.account_of(who, unit) for unit in (POINTS, HONOUR)}
    expiry = {unit: ledger.village_account("expiry", unit) for unit in (POINTS, HONOUR)}
    lines: Sequence[Posting] = (
        Posting(own[POINTS], expiry[POINTS], POINTS, one.gone),
        Posting(own[HONOUR], expiry[HONOUR], HONOUR, one.honour_gone),
        Posting(ledger.village_account("issuance", HONOUR), own[HONOUR], HONOUR, one.honour_given),
    )
    words = {"participant": who, "item": "年终结转", "title": title_of(one, year), "period": str(year)}
    return NewTransaction(
        "clearing", day_of(at), tuple(one for one in lines if one.amount), words, (SOURCE, f"{number}.{who}")
    )


def title_of(one: Line, year: int) -> str:
    """Return how a statement names what was done to an account: 2026年年终清零."""
    if one.honour_given:
        return f"{year}年年终：{show(one.gone)}分折成荣誉{show(one.honour_given)}分"
    return f"{year}年年终清零" if one.gone else f"{year}年荣誉重新起算"


def _row(one: Line, village: str, number: int, indices: Mapping[str, int]) -> dict[str, Any]:
    """Return the row of one account."""
    names = ("points", "honour", "old", "apart", "gone", "honour_given", "honour_gone")
    return {
        "village_id": village,
        "run_number": number,
        "participant_id": one.participant,
        **{name: getattr(one, name) for name in names},
        "transaction_index": indices.get(one.participant),
    }


def _summary(row: YearEndRunRow) -> dict[str, Any]:
    """Return what the log says of a run."""
    return {
        "number": row.number,
        "year": row.year,
        "rule": row.rule_number,
        "turn": row.turn,
        "next_index": row.next_index,
        "accounts": row.accounts,
        "points_gone": row.points_gone,
        "honour_given": row.honour_given,
        "honour_gone": row.honour_gone,
        "second": row.confirmed_by,
    }


@ledger.describes("year_end_posted")
def _posted(words: Mapping[str, Any], _names: ledger.Names) -> str:
    """Return e.g. 2026年，1149户，清12543分."""
    return f"{words['year']}年，{words['accounts']}个积分主体，{show(words['points_gone'])}分"
