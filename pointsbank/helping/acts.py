"""A helper for a household on the black board: assigned, visiting, and what came of it; seen inside only."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlmodel import Session, col, select

from pointsbank import boards, ledger
from pointsbank.boards import Listing
from pointsbank.dates import day_of
from pointsbank.errors import Invalid, Refused
from pointsbank.helping.models import HelperRow, HelperVisitRow
from pointsbank.labels.help_form import HELP_FORM
from pointsbank.labels.help_outcome import HELP_OUTCOME
from pointsbank.text import ERASED, clean_required


class NothingToHelp(Refused):
    """The listing is praise, or a proposal that was withdrawn or voted down."""

    code = "nothing_to_help"
    sentence = "只有提名或上了黑榜的户才安排帮教人。"
    fixed_by = "村委"


class HouseholdGone(Refused):
    """The household has ended: nobody is helped any more, and nothing is written about it."""

    code = "helped_household_gone"
    sentence = "这一户已经销户，不再登记帮教。"
    fixed_by = "村委"


class HelperAssigned(Refused):
    """Somebody helps this household already."""

    code = "helper_assigned"
    sentence = "这一户已经有帮教人：要换人，请先登记这位的结果。"
    fixed_by = "村委"


class NoHelper(Refused):
    """Nobody helps this household now."""

    code = "no_helper"
    sentence = "这一户还没有帮教人，请先安排。"
    fixed_by = "村委"


class HelpInvalid(Invalid):
    """The form or the outcome is none of the list."""

    code = "help_invalid"
    sentence = "请选帮教方式（谈心、劝导、调解）或结果。"
    at = ("form", "outcome")


class VisitDayInvalid(Invalid):
    """A visit before the helper was assigned, or in the future."""

    code = "visit_day_invalid"
    sentence = "走访日期“{day}”有误：应在安排帮教人以后，并且不晚于今天。"
    at = ("on",)


@dataclass(frozen=True, slots=True)
class Visit:
    """One visit: its day, a code of `labels.help_form`, what was said, by whom (id) it was written down."""

    number: int
    helper_number: int
    visited_on: date
    form: str
    words: str
    recorded_by: str


@dataclass(frozen=True, slots=True)
class Helper:
    """Who helps, from when; outcome, words and last day are None while it goes on."""

    listing_id: str
    number: int
    name: str
    assigned_on: date
    ended_on: date | None
    outcome: str | None
    words: str | None
    visits: tuple[Visit, ...]


def assign_helper(
    session: Session, *, village: str, listing: str, name: str, by: str, at: datetime
) -> Helper:
    """Name who helps the household of a listing (id) to put things right.

    Args:
        name: 1 to 30 characters.

    Raises:
        ListingUnknown: there is no such listing.
        NothingToHelp: it is praise, or was withdrawn or voted down.
        HouseholdGone: the household has ended.
        HelperAssigned: somebody helps already.
        TextInvalid: the name is empty or too long.
        MonthInvalid: raised by `boards.listing`, and not here.

    And those of `ledger.record`.

    Example:
        helping.assign_helper(session, village="cy", listing=id, name="龙凤泉", by=li.id, at=now).number  # 1
    """
    found = boards.listing(session, village=village, listing_id=listing)
    if found.board != "black" or found.status in ("rejected", "withdrawn"):
        raise NothingToHelp()
    _refuse_gone(found)
    before = _rows(session, village, listing)
    if before and before[-1].ended_on is None:
        raise HelperAssigned()
    row = HelperRow(
        village_id=village,
        listing_id=listing,
        number=len(before) + 1,
        name=clean_required(name, maximum=30),
        assigned_on=day_of(at),
        assigned_by=by,
        assigned_at=at,
    )
    session.add(row)
    session.flush()
    _record(session, village, found, "assigned", row.number, by=by, at=at)
    return _view(row, [])


def record_visit(
    session: Session, *, village: str, listing: str, on: date, form: str, words: str, by: str, at: datetime
) -> Visit:
    """Write down one visit of the helper of a listing (id).

    Args:
        form: a code of `labels.help_form`.
        words: what was talked about or agreed, 1 to 200 characters; seen inside only.

    Raises:
        ListingUnknown: there is no such listing.
        HouseholdGone: the household has ended.
        NoHelper: nobody helps the household now.
        VisitDayInvalid: the day is before the helper was assigned, or in the future.
        HelpInvalid: the form is none of the list.
        TextInvalid: the words are empty or too long.
        MonthInvalid: raised by `boards.listing`, and not here.

    And those of `ledger.record`.

    Example:
        helping.record_visit(session, village="cy", listing=id, on=today, form="talk", words="答应周末清走",
                             by=li.id, at=now).number  # 1
    """
    found = boards.listing(session, village=village, listing_id=listing)
    _refuse_gone(found)
    helper = _current(session, village, listing)
    if form not in HELP_FORM.codes:
        raise HelpInvalid()
    if not helper.assigned_on <= on <= day_of(at):
        raise VisitDayInvalid(day=on)
    row = HelperVisitRow(
        village_id=village,
        listing_id=listing,
        number=len(_visits(session, village, listing)) + 1,
        helper_number=helper.number,
        visited_on=on,
        form=form,
        words=clean_required(words, maximum=200),
        recorded_by=by,
        recorded_at=at,
    )
    session.add(row)
    session.flush()
    _record(session, village, found, "visited", row.number, by=by, at=at)
    return row.into(Visit)


def end_help(
    session: Session, *, village: str, listing: str, outcome: str, words: str, by: str, at: datetime
) -> Helper:
    """Write down what came of the helper's visits of a listing (id); somebody else may be named afterwards.

    Args:
        outcome: a code of `labels.help_outcome`.
        words: 1 to 200 characters; seen inside only.

    Raises:
        ListingUnknown: there is no such listing.
        NoHelper: nobody helps the household now.
        HelpInvalid: the outcome is none of the list.
        TextInvalid: the words are empty or too long.
        MonthInvalid: raised by `boards.listing`, and not here.

    And those of `ledger.record`.

    Example:
        helping.end_help(session, village="cy", listing=id, outcome="turned", words="院子清干净了",
                         by=li.id, at=now).outcome  # "turned"
    """
    found = boards.listing(session, village=village, listing_id=listing)
    row = _current(session, village, listing)
    if outcome not in HELP_OUTCOME.codes:
        raise HelpInvalid()
    row.ended_on, row.ended_by = day_of(at), by
    row.outcome, row.words = outcome, clean_required(words, maximum=200)
    session.flush()
    _record(session, village, found, "ended", row.number, by=by, at=at)
    return _view(row, _visits(session, village, listing))


def helpers(session: Session, *, village: str, listing: str | None = None) -> list[Helper]:
    """Return who helps or helped, with their visits, of one listing (id) or all: for those inside alone.

    Example:
        helping.helpers(session, village="cy", listing=id)[-1].visits[0].form  # "talk"
    """
    visits = _visits(session, village, listing)
    return [
        _view(row, [one for one in visits if one.listing_id == row.listing_id])
        for row in _rows(session, village, listing)
    ]


def forget(session: Session, *, village: str, participant: str) -> None:
    """Put a placeholder for the helper's name and all words of the listings of a participant (id).

    Example:
        helping.forget(session, village="cy", participant=wang.id)
    """
    for one in boards.listings(session, village=village, participant=participant):
        for row in _rows(session, village, one.id):
            row.name = ERASED
            row.words = row.words and ERASED
        for visit in _visits(session, village, one.id):
            visit.words = ERASED
    session.flush()


def _refuse_gone(found: Listing) -> None:
    """Raise HouseholdGone where the household was closed: its file may be erased already."""
    if found.participant.status == "closed":
        raise HouseholdGone()


def _record(
    session: Session, village: str, found: Listing, step: str, number: int, *, by: str, at: datetime
) -> None:
    """Tell the log that something was done to help, and nothing of what was said."""
    words = {
        "participant": found.participant.id,
        "listing": found.id,
        "step": step,
        "number": number,
        "done_at": at.astimezone(UTC).isoformat(),
    }
    ledger.record(session, village=village, kind="listing_helped", by=by, at=at, words=words)


def _current(session: Session, village: str, listing: str) -> HelperRow:
    """Return who helps now; raises NoHelper."""
    rows = _rows(session, village, listing)
    if not rows or rows[-1].ended_on is not None:
        raise NoHelper()
    return rows[-1]


def _rows(session: Session, village: str, listing: str | None) -> list[HelperRow]:
    query = select(HelperRow).where(HelperRow.in_village(village))
    if listing is not None:
        query = query.where(col(HelperRow.listing_id) == listing)
    return list(session.exec(query.order_by(col(HelperRow.listing_id), col(HelperRow.number))))


def _visits(session: Session, village: str, listing: str | None) -> list[HelperVisitRow]:
    query = select(HelperVisitRow).where(HelperVisitRow.in_village(village))
    if listing is not None:
        query = query.where(col(HelperVisitRow.listing_id) == listing)
    return list(session.exec(query.order_by(col(HelperVisitRow.listing_id), col(HelperVisitRow.number))))


def _view(row: HelperRow, visits: list[HelperVisitRow]) -> Helper:
    own = tuple(one.into(Visit) for one in visits if one.helper_number == row.number)
    return row.into(Helper, visits=own)


_STEPS = {"assigned": "安排帮教人", "visited": "第{number}次走访", "ended": "登记帮教结果"}


@ledger.describes("listing_helped")
def _helped(words: Mapping[str, Any], names: ledger.Names) -> str:
    """Return e.g. 王建国：第2次走访."""
    return f"{names(words['participant'])}：{_STEPS[words['step']].format(number=words['number'])}"
