"""A household says that it put things right; somebody looks, and what is found so goes at once."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlmodel import Session, col, select

from pointsbank import governing, law, ledger
from pointsbank.boards.deciding import ListingNotUp, end
from pointsbank.boards.listings import Listing, views
from pointsbank.boards.models import ListingRow
from pointsbank.boards.process_models import PutRightRow
from pointsbank.boards.records import find, lock_one, records
from pointsbank.boards.states import BLACK, LIVE
from pointsbank.dates import day_of
from pointsbank.errors import Refused
from pointsbank.law import Use
from pointsbank.text import clean_required

PUT_RIGHT = "已整改"


class PutRightReported(Refused):
    """That it was put right is written down, and nobody has looked yet."""

    code = "put_right_said"
    sentence = "这一户说整改好了已经登记，请先去看，再登记看到的情况。"
    fixed_by = "村委"


class PutRightNotReported(Refused):
    """Nobody said that anything was put right."""

    code = "put_right_not_said"
    sentence = "还没有登记这一户说整改好了，请先登记。"
    fixed_by = "村委"


@dataclass(frozen=True, slots=True)
class PutRight:
    """When the household said so, and what was found by whom (id); None before anybody looked."""

    listing_id: str
    number: int
    reported_on: date
    seen_on: date | None
    seen_by: str | None
    is_put_right: bool | None
    words: str | None


def report_put_right(session: Session, *, village: str, listing: str, by: str, at: datetime) -> PutRight:
    """Write down that a household says that it put things right. Locks the listing.

    Raises:
        ListingUnknown: there is no such listing.
        ListingNotUp: it is no warning, or neither proposed nor up.
        PutRightReported: it was said, and nobody has looked yet.

    Example:
        boards.report_put_right(session, village="cy", listing=id, by=li.id, at=now).number  # 1
    """
    record = lock_one(session, village, listing)
    if record.row.board != BLACK or record.status not in LIVE:
        raise ListingNotUp()
    before = put_right_reports(session, village=village, listing=listing)
    if before and before[-1].seen_on is None:
        raise PutRightReported()
    row = PutRightRow(
        village_id=village,
        listing_id=listing,
        number=len(before) + 1,
        reported_on=day_of(at),
        recorded_by=by,
        recorded_at=at,
    )
    session.add(row)
    session.flush()
    return row.into(PutRight)


def record_seen(
    session: Session, *, village: str, listing: str, is_put_right: bool, words: str, by: str, at: datetime
) -> Listing:
    """Write down what was found where a household said that it put things right; found so, it goes at once.

    Locks the listing.

    Args:
        words: what was found, 1 to 100 characters.

    Raises:
        ListingUnknown: there is no such listing.
        PutRightNotReported: the household did not say so, or somebody has looked already.
        TextInvalid: the words are empty or too long.
        Wording, NamesSomebody: the words hold what the law keeps private, or name somebody.

    And those of `end` and `ledger.record`.

    Example:
        boards.record_seen(session, village="cy", listing=id, is_put_right=True, words="杂物已清走",
                           by=li.id, at=now).status  # "down"
    """
    record = lock_one(session, village, listing)
    tidy = clean_required(words, maximum=100)
    people = governing.named_people(session, village=village)
    law.check(tidy, Use.FACT, field="看到的情况", people=people, at=("words",))
    waiting = [one for one in _rows(session, village, listing) if one.seen_on is None]
    if not waiting:
        raise PutRightNotReported()
    [row] = waiting
    row.seen_on, row.seen_by, row.is_put_right, row.words = day_of(at), by, is_put_right, tidy
    session.flush()
    entry = {
        "participant": record.row.participant_id,
        "listing": listing,
        "number": row.number,
        "seen_on": day_of(at).isoformat(),
        "is_put_right": is_put_right,
        "words": tidy,
        "seen_at": at.astimezone(UTC).isoformat(),
    }
    ledger.record(session, village=village, kind="listing_looked_at", by=by, at=at, words=entry)
    if is_put_right and record.status in LIVE:
        record = end(session, record, reason=PUT_RIGHT, by=by, at=at)
    return views(session, village, [find(session, village, listing)])[0]


def put_right_reports(session: Session, *, village: str, listing: str) -> list[PutRight]:
    """Return when a household said that things are put right, and what was found, the first one first.

    Example:
        boards.put_right_reports(session, village="cy", listing=id)[-1].is_put_right  # True
    """
    return [row.into(PutRight) for row in _rows(session, village, listing)]


def put_right_to_check(session: Session, *, village: str) -> list[PutRight]:
    """Return what households said that nobody has looked at yet, of warnings that go on, oldest first.

    Example:
        boards.put_right_to_check(session, village="cy")[0].listing_id  # "7qk…"
    """
    waiting = (PutRightRow.in_village(village), col(PutRightRow.seen_on).is_(None))
    oldest = (col(PutRightRow.reported_on), col(PutRightRow.listing_id))
    query = select(PutRightRow).where(*waiting).order_by(*oldest)
    found = [row.into(PutRight) for row in session.exec(query)]
    if not found:
        return []
    among = col(ListingRow.id).in_([one.listing_id for one in found])
    live = {one.row.id for one in records(session, village, among) if one.status in LIVE}
    return [one for one in found if one.listing_id in live]


def _rows(session: Session, village: str, listing: str) -> list[PutRightRow]:
    mine = (PutRightRow.in_village(village), col(PutRightRow.listing_id) == listing)
    return list(session.exec(select(PutRightRow).where(*mine).order_by(col(PutRightRow.number))))


@ledger.describes("listing_looked_at")
def _looked(words: Mapping[str, Any], names: ledger.Names) -> str:
    """Return e.g. 王建国：2026-09-20去看，已整改（杂物已清走）."""
    found = PUT_RIGHT if words["is_put_right"] else "还没有整改"
    return f"{names(words['participant'])}：{words['seen_on']}去看，{found}（{words['words']}）"
