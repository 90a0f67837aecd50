"""Drafts of the boards: red from the ranking, black from a person's word; neither hangs undecided."""

import re
from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from pointsbank import roster, scoring, villages
from pointsbank.boards import due_process
from pointsbank.boards.listings import BLACK, RED, BlackBoardOff, Listing, ListingNotUp, locked, views
from pointsbank.boards.models import ListingRow
from pointsbank.boards.ranking import front_runners
from pointsbank.boards.resolutions import black_board_resolution
from pointsbank.boards.standing import HOUSEHOLD, StandingLine, standing
from pointsbank.database import new_id
from pointsbank.dates import day_of, parse_month
from pointsbank.errors import Invalid, Refused
from pointsbank.points import Points, show
from pointsbank.roster import Participant
from pointsbank.text import clean_required

LONG_NUMBER = re.compile(r"[0-9０-９]{7,}")


class AlreadyListed(Refused):
    """The participant already stands on this board for this month."""

    code = "already_listed"
    sentence = "{name}在{month}已有同一榜单的提名或上榜记录，请直接处理那一条。"


class ProposedMeanwhile(Refused):
    """Somebody else proposed the same at the same moment."""

    code = "proposed_meanwhile"
    sentence = "刚才有人提交了同样的提名，请刷新页面查看。"


class CarriedTooEarly(Invalid):
    """A listing is carried over to a later month only."""

    code = "carried_too_early"
    sentence = "黑榜只能结转到 {month} 之后的月份，请重新选择月份。"


class RuleUnfit(Invalid):
    """The rule named is an item that praises."""

    code = "rule_unfit"
    sentence = "条目“{rule}”是加分条目，不能作为黑榜依据，请填写扣分或一票否决条目的编号，或村规民约的条款。"


class FactUnfit(Invalid):
    """The fact names somebody or carries a number that identifies."""

    code = "fact_unfit"
    sentence = "{field}{why}，请只写事情本身，例如“门前杂物堆放，三次提醒未清理”。"


class DaysInvalid(Invalid):
    """A black listing lasts from one to ninety days."""

    code = "days_up_invalid"
    sentence = "黑榜公示天数应为 1 到 90 天，请重新填写。"


def propose_red(
    session: Session,
    *,
    village: str,
    month: str,
    by: str,
    at: datetime,
    participants: Sequence[str] | None = None,
) -> list[Listing]:
    """Draft the red board: the first places among the households, or the participants named by code.

    Who was proposed for this month before is left alone, so a second draft adds only what is new.
    """
    parse_month(month)
    rows = {row.participant: row for row in standing(session, village=village, month=month)}
    if participants is None:
        places = {key: row.place for key, row in rows.items() if _praiseworthy(row)}
        chosen = front_runners(places, villages.settings(session, village=village).red_places)
        known = _listed(session, village, month, RED)
    else:
        named = (roster.by_code(session, village=village, code=code) for code in participants)
        chosen = list(dict.fromkeys(one.id for one in named))
        known = _listed(session, village, month, RED, alive=True)
    merits = scoring.month_merits(session, village=village, month=month)
    fresh = [
        _draft_red(session, village, month, key, rows.get(key), merits.get(key, []), by, at)
        for key in chosen
        if key not in known
    ]
    _save(session)
    return views(session, village, fresh)


def propose_black(
    session: Session,
    *,
    village: str,
    month: str,
    participant: str,
    rule: str,
    fact: str,
    by: str,
    at: datetime,
    days_up: int = due_process.DAYS_UP,
) -> Listing:
    """Propose one participant, by code, for the black board: the rule broken and a neutral fact.

    `rule` is the code of a minus or veto item, or a clause in words. Nothing is ever proposed by a mark.
    """
    parse_month(month)
    resolution = black_board_resolution(session, village=village)
    if resolution is None:
        raise BlackBoardOff()
    if not 1 <= days_up <= due_process.DAYS_UP_AT_MOST:
        raise DaysInvalid()
    who = roster.by_code(session, village=village, code=participant)
    if who.id in _listed(session, village, month, BLACK, alive=True):
        raise AlreadyListed(name=who.name, month=month)
    row = ListingRow(
        village_id=village,
        id=new_id(session),
        month=month,
        first_month=month,
        board=BLACK,
        participant_id=who.id,
        rule=_rule(session, village, rule, who, day_of(at)),
        fact=neutral_fact(fact, who),
        resolution_id=resolution.id,
        proposed_by=by,
        proposed_at=at,
        days_up=days_up,
    )
    session.add(row)
    _save(session)
    return views(session, village, [row])[0]


def carry_over(session: Session, *, village: str, listing: str, month: str, by: str, at: datetime) -> Listing:
    """Propose an uncorrected black listing again for a later month; its first month stays visible.

    The household is told again and people decide again: nothing carries itself over.
    """
    old = locked(session, village, listing)
    if old.board != BLACK or old.status != "up":
        raise ListingNotUp()
    if parse_month(month) <= old.month:
        raise CarriedTooEarly(month=old.month)
    who = roster.by_id(session, village=village, id=old.participant_id)
    fresh = propose_black(
        session,
        village=village,
        month=month,
        participant=who.code,
        rule=old.rule,
        fact=old.fact,
        by=by,
        at=at,
        days_up=old.days_up or due_process.DAYS_UP,
    )
    row = locked(session, village, fresh.id)
    row.first_month = old.first_month
    session.flush()
    return views(session, village, [row])[0]


def neutral_fact(fact: str, about: Participant) -> str:
    """A fact fit for the wall: it names nobody and carries no number that identifies; raises FactUnfit."""
    return _neutral(fact, about, "事实说明")


def _neutral(words: str, about: Participant, field: str) -> str:
    """Words fit for the wall."""
    tidy = clean_required(words, maximum=100)
    if about.name in tidy:
        raise FactUnfit(field=field, why="不能写姓名")
    if LONG_NUMBER.search(tidy):
        raise FactUnfit(field=field, why="不能写电话、身份证号等长数字")
    return tidy


def _draft_red(
    session: Session,
    village: str,
    month: str,
    key: str,
    mark: StandingLine | None,
    merits: Sequence[tuple[str, Points]],
    by: str,
    at: datetime,
) -> ListingRow:
    """One proposed entry of the red board."""
    row = ListingRow(
        village_id=village,
        id=new_id(session),
        month=month,
        first_month=month,
        board=RED,
        participant_id=key,
        place=mark.place if mark else None,
        honour=mark.honour if mark else None,
        fact=_praise(merits),
        proposed_by=by,
        proposed_at=at,
    )
    session.add(row)
    return row


def _praise(merits: Sequence[tuple[str, Points]]) -> str:
    """What a household is praised for: where it earned most."""
    return "、".join(f"{category or '其他'}{show(earned)}分" for category, earned in merits[:3])


def _rule(session: Session, village: str, rule: str, about: Participant, day: date) -> str:
    """The rule in words: an item's code with its title, or the clause as written; raises RuleUnfit."""
    tidy = _neutral(rule, about, "依据")
    try:
        item = {item.code: item for item in scoring.items(session, village=village, day=day)}.get(tidy)
    except scoring.problems.SchemeUnknown:
        item = None
    if item is None:
        return tidy
    if item.direction == "plus":
        raise RuleUnfit(rule=tidy)
    return f"{item.code} {item.title}"


def _praiseworthy(row: StandingLine) -> bool:
    """Whether the draft may take this line: a household that won more than it lost."""
    return row.kind == HOUSEHOLD and row.honour > 0


def _listed(session: Session, village: str, month: str, board: str, *, alive: bool = False) -> set[str]:
    """Who was proposed for this board of this month, whatever became of it; or only who still is or is up."""
    query = select(ListingRow.participant_id).where(
        ListingRow.village_id == village, ListingRow.month == month, ListingRow.board == board
    )
    if alive:
        query = query.where(col(ListingRow.status).in_(("proposed", "up")))
    return set(session.exec(query))


def _save(session: Session) -> None:
    """Write what was proposed; two people proposing the same at once are told apart by the unique index."""
    try:
        session.flush()
    except IntegrityError as clash:
        raise ProposedMeanwhile() from clash
