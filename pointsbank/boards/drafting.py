"""Drafts of the boards: red from the ranking, black from a person's word; neither hangs undecided."""

import re
from collections.abc import Sequence
from datetime import date, datetime

from sqlmodel import Session, col, select

from pointsbank import roster, scoring, villages
from pointsbank.boards import due_process
from pointsbank.boards.listings import BLACK, RED, Listing, locked, views
from pointsbank.boards.models import ListingRow
from pointsbank.boards.problems import (
    AlreadyListed,
    BlackBoardOff,
    DaysInvalid,
    FactUnfit,
    ListingNotUp,
    RuleUnfit,
)
from pointsbank.boards.ranking import front_runners
from pointsbank.boards.resolutions import black_board_resolution
from pointsbank.boards.standing import StandingLine, standing
from pointsbank.database import new_id
from pointsbank.dates import day_of, parse_month
from pointsbank.points import show
from pointsbank.roster import Participant
from pointsbank.text import clean_required

LONG_NUMBER = re.compile(r"[0-9０-９]{7,}")


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
        households = {
            key: row.place for key, row in rows.items() if row.kind == "household" and row.honour > 0
        }
        chosen = front_runners(households, villages.settings(session, village=village).red_places)
    else:
        chosen = [roster.by_code(session, village=village, code=code).id for code in participants]
    known = _ever_listed(session, village, month, RED)
    fresh = [
        _draft_red(session, village, month, key, rows.get(key), by, at) for key in chosen if key not in known
    ]
    session.flush()
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
    if _alive(session, village, month, who.id):
        raise AlreadyListed(name=who.name, month=month)
    row = ListingRow(
        village_id=village,
        id=new_id(session),
        month=month,
        first_month=month,
        board=BLACK,
        participant_id=who.id,
        rule=_rule(session, village, rule, day_of(at)),
        fact=neutral_fact(fact, who),
        resolution_id=resolution.id,
        proposed_by=by,
        proposed_at=at,
        days_up=days_up,
    )
    session.add(row)
    session.flush()
    return views(session, village, [row])[0]


def carry_over(session: Session, *, village: str, listing: str, month: str, by: str, at: datetime) -> Listing:
    """Propose an uncorrected black listing again for a later month; its first month stays visible.

    The household is told again and people decide again: nothing carries itself over.
    """
    old = locked(session, village, listing)
    if old.board != BLACK or old.status != "up":
        raise ListingNotUp()
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
    row.first_month = min(old.first_month, month)
    session.flush()
    return views(session, village, [row])[0]


def neutral_fact(fact: str, about: Participant) -> str:
    """A fact fit for the wall: it names nobody and carries no number that identifies; raises FactUnfit."""
    tidy = clean_required(fact, most=100)
    if about.name in tidy:
        raise FactUnfit(why="不能写姓名")
    if LONG_NUMBER.search(tidy):
        raise FactUnfit(why="不能写电话、身份证号等长数字")
    return tidy


def _draft_red(
    session: Session, village: str, month: str, key: str, mark: StandingLine | None, by: str, at: datetime
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
        fact=f"本月荣誉积分{show(mark.honour)}分" if mark else "",
        proposed_by=by,
        proposed_at=at,
    )
    session.add(row)
    return row


def _rule(session: Session, village: str, rule: str, day: date) -> str:
    """The rule in words: an item's code with its title, or the clause as written; raises RuleUnfit."""
    tidy = clean_required(rule, most=100)
    try:
        item = {item.code: item for item in scoring.items(session, village=village, day=day)}.get(tidy)
    except scoring.SchemeUnknown:
        item = None
    if item is None:
        return tidy
    if item.direction == "plus":
        raise RuleUnfit(rule=tidy)
    return f"{item.code} {item.title}"


def _ever_listed(session: Session, village: str, month: str, board: str) -> set[str]:
    """Who was proposed for this board of this month, whatever became of it."""
    query = select(ListingRow.participant_id).where(
        ListingRow.village_id == village, ListingRow.month == month, ListingRow.board == board
    )
    return set(session.exec(query))


def _alive(session: Session, village: str, month: str, participant: str) -> bool:
    """Whether the participant is proposed for, or stands on, the black board of this month."""
    query = select(ListingRow.id).where(
        ListingRow.village_id == village,
        ListingRow.month == month,
        ListingRow.board == BLACK,
        ListingRow.participant_id == participant,
        col(ListingRow.status).in_(("proposed", "up")),
    )
    return session.exec(query).first() is not None
