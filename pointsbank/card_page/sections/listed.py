"""What waits for a board or stands on the black one about the household, until when, and what to do.

Nothing of it is read aloud: who stands nearby need not hear a warning.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlmodel import Session

from pointsbank import boards, dates
from pointsbank.boards import Listing
from pointsbank.card_page.base import Section
from pointsbank.card_visits import CardVisit
from pointsbank.dates import day_of

_SHOWN = ("proposed", "up")
_PUT_RIGHT = "整改好了，到村委会说一声，看过就撤下。"
_OBJECT = "觉得不对的，到村委会提异议，口头、书面都可以；提了以后，书面答复以前"


@dataclass(frozen=True, slots=True)
class Entry:
    """One listing: its board, what it is, the rule of a warning, the fact, and in sentences what to do."""

    board: str
    title: str
    rule: str
    fact: str
    sentences: tuple[str, ...]


def gather(session: Session, *, visit: CardVisit, at: datetime) -> tuple[Entry, ...] | None:
    """Return the listings of the visit's household, black ones only once it was notified; None for none."""
    here = {"village": visit.village, "participant": visit.participant}
    today, left = day_of(at), boards.has_left(session, **here)
    own = [one for one in boards.listings(session, **here) if _concerns(one, today, has_left=left)]
    due = {one.id: _answer_due(session, visit.village, one.id) for one in own if one.objected}
    return tuple(_entry(one, due.get(one.id)) for one in own) or None


def _concerns(one: Listing, today: date, *, has_left: bool) -> bool:
    """Return whether a listing stands or waits, and its household knows of it from people first."""
    if one.status_on(today) not in _SHOWN:
        return False
    if one.board == "red":
        # What is up stands with the household's places, see `place`.
        return one.status == "proposed" and not has_left
    return one.status == "up" or one.notified_on is not None


def _answer_due(session: Session, village: str, listing: str) -> date | None:
    found = boards.listing_objections(session, village=village, listing=listing)
    return next((one.due_on for one in found if one.status == "open"), None)


def _entry(one: Listing, due_on: date | None) -> Entry:
    """Return a listing in words; `due_on`: until when an open objection to it is answered."""
    month = dates.month_in_words(one.month)
    if one.board == "red":
        wait = "等表决，还没有上榜。不愿意上榜的，到村委会签一次字。"
        title = f"提名{month}红榜：{one.kind}" if one.kind else f"提名{month}红榜"
        return Entry("red", title, "", one.fact, (wait, *_stopped(one, due_on, "不能上榜")))
    if one.status == "up":
        stopped = _stopped(one, due_on, "榜上不显示")
        # What is so now goes before what else may come.
        other = () if stopped else (f"{_OBJECT}榜上不显示。",)
        sentences = (*stopped, _last_day(one), _PUT_RIGHT, *other)
        return Entry("black", f"{month}黑榜", one.rule, one.fact, sentences)
    sentences = (_notified(one), *(_stopped(one, due_on, "不能上榜") or (f"{_OBJECT}不能上榜。",)))
    return Entry("black", f"提名{month}黑榜", one.rule, one.fact, sentences)


def _notified(one: Listing) -> str:
    """Return when the household was notified of a proposal, and until when nobody votes on it."""
    if one.notified_on is None or one.earliest_on is None:
        raise AssertionError("a proposal of which nobody was notified is not shown")
    notified, first = dates.day_in_words(one.notified_on), dates.day_in_words(one.earliest_on)
    return f"{notified}告知了您家，还没有上榜，{first}以前不表决。"


def _last_day(one: Listing) -> str:
    """Return until when a listing is up: it comes down by itself."""
    if one.expires_on is None:
        raise AssertionError("a black listing that is up has an end")
    return f"最后一天在榜：{dates.day_in_words(one.expires_on - timedelta(days=1))}，第二天自己撤下。"


def _stopped(one: Listing, due_on: date | None, until_then: str) -> tuple[str, ...]:
    """Return what keeps a listing off its board for now."""
    if due_on is not None:
        return (f"已提异议，应在{dates.day_in_words(due_on)}前书面答复，答复以前{until_then}。",)
    if one.contested:
        return (f"所依据的扣分有异议，书面答复以前{until_then}。",)
    return ()


SECTION = Section(name="listed", title="红榜和黑榜", position=32, gather=gather)
