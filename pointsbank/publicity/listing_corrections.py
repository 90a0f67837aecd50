"""A warning that was wrong is put right where it hung, in the same size, unless the household declines.

The paper (更正声明) says that the entry was wrong, under the name that hung, and repeats nothing of what it
said. It hangs as long as the error hung there.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlmodel import Session

from pointsbank import boards, governing, ledger, walls
from pointsbank.boards import Listing
from pointsbank.dates import day_of
from pointsbank.errors import Refused
from pointsbank.labels.paper_size import PAPER_SIZE
from pointsbank.law import Cleared
from pointsbank.objections import Objection
from pointsbank.publicity.consent import shown_as
from pointsbank.publicity.correction_copies import check_as_the_error
from pointsbank.publicity.masking import NAMED, PublicName, public_name
from pointsbank.publicity.names_of_groups import public_groups
from pointsbank.publicity.objections import objections as score_objections
from pointsbank.text import clean_required
from pointsbank.walls import WallCopy

DECLINED = "listing_correction_declined"


class ListingNotWrong(Refused):
    """Nobody found that the warning was wrong, or it never hung."""

    code = "listing_not_wrong"
    sentence = "这一条没有贴错的纸要更正：只有查明有误（异议成立、评分更正等）撤下、登记过张贴的黑榜才要。"
    fixed_by = "本人"


class CorrectionDeclined(Refused):
    """The household would rather that nothing hangs."""

    code = "listing_correction_declined"
    sentence = "本户已经说不用贴更正，不再张贴。"
    fixed_by = "村民"


@dataclass(frozen=True, slots=True)
class ListingCopyToHang:
    """A place where it has to hang that a warning (id) was wrong, and the size in which the error hung."""

    listing: str
    name: str
    code: str
    month: str
    place: str
    size: str


@dataclass(frozen=True, slots=True)
class PublicListingCorrection:
    """What the paper says: under which name it hung, of which month, and since when it is off."""

    name: PublicName
    group: Cleared
    month: str
    ended_on: date


def listing_corrections_to_hang(session: Session, *, village: str, at: datetime) -> list[ListingCopyToHang]:
    """Return where it still has to hang that a warning was wrong.

    Example:
        publicity.listing_corrections_to_hang(session, village="cy", at=now)[0].place  # "一组路口"
    """
    wrong = boards.wrong_warnings(session, village=village)
    if not wrong:
        return []
    declined = _declined(session, village)
    papers = walls.copies(session, village=village, at=at, paper=walls.CORRECTION)
    hung = {(one.subject_id, one.place) for one in papers}
    return [
        ListingCopyToHang(
            one.id, one.participant.name, one.participant.code, one.month, error.place, error.size
        )
        for one in wrong
        if one.id not in declined
        for error in _errors(session, one, village=village, at=at)
        if (one.id, error.place) not in hung
    ]


def hang_listing_correction(
    session: Session,
    *,
    village: str,
    listing: str,
    place: str,
    size: str | None = None,
    by: str,
    at: datetime,
) -> WallCopy:
    """Record that it hangs that a warning (id) was wrong, in a place where the warning hung.

    Args:
        size: a code of `labels.paper_size`; None is that in which the error hung.

    Raises:
        ListingUnknown: there is no such listing.
        ListingNotWrong: nobody found it wrong, or no paper of it hung.
        CorrectionDeclined: the household would rather that nothing hangs.
        CorrectionElsewhere, CorrectionSmaller: the error hung elsewhere, or in another size.
        CopyStands, SizeInvalid, TextInvalid, WallDayInvalid: raised by `walls.put_up`.
        MonthInvalid: raised by `boards.listing`, and not here.

    And those of `ledger.record`.

    Example:
        publicity.hang_listing_correction(
            session, village="cy", listing=id, place="一组路口", by=li.id, at=now
        ).take_down_on  # date(2026, 10, 8)
    """
    found = boards.listing(session, village=village, listing_id=listing)
    errors = _errors(session, found, village=village, at=at) if boards.is_wrong(found) else []
    if not errors:
        raise ListingNotWrong()
    if listing in _declined(session, village):
        raise CorrectionDeclined()
    where, today = clean_required(place, maximum=60), day_of(at)
    same = check_as_the_error(errors, place=where, size=size)
    there = next(one for one in errors if one.place == where)
    days = ((there.taken_on or today) - there.hung_on).days
    return walls.put_up(
        session,
        village=village,
        paper=walls.CORRECTION,
        subject=listing,
        place=where,
        size=same,
        hung_on=today,
        take_down_on=today + timedelta(days=max(days, 1)),
        by=by,
        at=at,
    )


def decline_listing_correction(
    session: Session, *, village: str, listing: str, by: str, at: datetime
) -> Listing:
    """Record that a household would rather that nothing of its wrong listing (id) hangs any more.

    Raises:
        ListingUnknown: there is no such listing.
        ListingNotWrong: nobody found it wrong, or no paper of it hung.
        CorrectionDeclined: that was said before.
        MonthInvalid: raised by `boards.listing`, and not here.

    And those of `ledger.record`.

    Example:
        publicity.decline_listing_correction(session, village="cy", listing=id, by=li.id, at=now)
    """
    found = boards.listing(session, village=village, listing_id=listing)
    if not boards.is_wrong(found) or not _errors(session, found, village=village, at=at):
        raise ListingNotWrong()
    if listing in _declined(session, village):
        raise CorrectionDeclined()
    words = {
        "participant": found.participant.id,
        "listing": listing,
        "month": found.month,
        "declined_at": at.astimezone(UTC).isoformat(),
    }
    ledger.record(session, village=village, kind=DECLINED, by=by, at=at, words=words)
    return found


def public_listing_correction(session: Session, *, village: str, listing: str) -> PublicListingCorrection:
    """Return what the paper says, masked as the warning was: it repeats neither its rule nor its fact.

    Raises:
        ListingUnknown: there is no such listing.
        ListingNotWrong: nobody found it wrong.
        CorrectionDeclined: the household would rather that nothing hangs.
        MonthInvalid: raised by `boards.listing`, and not here.

    Example:
        publicity.public_listing_correction(session, village="cy", listing=id).name  # "王*国"
    """
    found = boards.listing(session, village=village, listing_id=listing)
    if not boards.is_wrong(found) or found.ended_on is None:
        raise ListingNotWrong()
    if listing in _declined(session, village):
        raise CorrectionDeclined()
    people = governing.named_people(session, village=village)
    wish = shown_as(session, village=village).get(found.participant.id)
    groups = public_groups(session, village=village, people=people)
    name = public_name(found.participant, None if wish == NAMED else wish, 1, people=people)
    return PublicListingCorrection(name, groups[found.participant.group], found.month, found.ended_on)


def _errors(session: Session, one: Listing, *, village: str, at: datetime) -> list[WallCopy]:
    """Return the papers on which a wrong warning hung, one of each place, the largest.

    A poster that was hung while an objection waited did not show it: nobody there has to be told.
    """
    papers = [*walls.copies_of_warning(session, one, village=village, at=at)]
    stopped = _stopped_from(session, one, village=village)
    shown = [
        each for each in papers if each.paper == walls.LISTING or stopped is None or each.hung_on <= stopped
    ]
    sizes = list(PAPER_SIZE.codes)
    shown.sort(key=lambda each: (sizes.index(each.size), each.hung_on), reverse=True)
    return list({each.place: each for each in reversed(shown)}.values())


def _stopped_from(session: Session, one: Listing, *, village: str) -> date | None:
    """Return the day on which the objection was raised that ended a warning; None where a correction did."""
    raised: list[Objection] = boards.listing_objections(session, village=village, listing=one.id)
    raised += boards.fact_objections(session, village=village, listing=one.id)
    days = [each.raised_on for each in raised if each.status == "upheld"]
    basis = boards.basis_of(session, village=village, listing=one.id)
    if basis is not None and basis.score_id is not None:
        to_score = score_objections(session, village=village)
        upheld = [each for each in to_score if each.status == "upheld"]
        days += [each.raised_on for each in upheld if each.score == basis.score_id]
    return min(days, default=None)


def _declined(session: Session, village: str) -> frozenset[str]:
    """Return the listings (ids) whose households would rather that nothing hangs."""
    entries = ledger.log_entries(session, village=village, kinds=(DECLINED,), limit=10_000)
    return frozenset(one.words["listing"] for one in entries if one.words)


@ledger.describes(DECLINED)
def _in_words(words: Mapping[str, Any], names: ledger.Names) -> str:
    """Return e.g. 王建国：2026-09黑榜有误，本户不用贴更正."""
    return f"{names(words['participant'])}：{words['month']}黑榜有误，本户不用贴更正"
