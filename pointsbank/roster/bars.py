"""Bars from awards: what a listing on the black board keeps a household from, from a day until a day.

Begun and lifted by two people. Whoever asks who is kept off the red board or from titles reads them with the
restrictions (`restrictions.restricted`): the till never does, since what was earned is no award.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlmodel import Session, col, select

from pointsbank import ledger
from pointsbank.dates import day_in_words, day_of
from pointsbank.errors import Invalid, NotFound, Refused
from pointsbank.labels.restriction_kind import RESTRICTION_KIND
from pointsbank.roster.bar_models import BAR_KINDS, BarRow
from pointsbank.text import ERASED, clean_required

DAYS_AT_MOST = 730
"""A bar is a state with an end: two years, as for a title that was lost."""


class BarDaysInvalid(Invalid):
    """A bar has an end: after today, and within two years."""

    code = "bar_days_invalid"
    sentence = "暂停评优要有期限：最后一天应在今天以后，并且不超过两年。"
    at = ("ends_on",)


class BarKindInvalid(Invalid):
    """A bar keeps from titles or the red board, nothing else."""

    code = "bar_kind_invalid"
    sentence = "请选暂停什么：红榜、荣誉称号，可以都选。"
    at = ("bar_red",)


class BarStands(Refused):
    """The household is barred for this listing already."""

    code = "bar_stands"
    sentence = "这一户因为这一条已经暂停评优，到期或解除以后才能再定。"
    fixed_by = "村委"


class BarUnknown(NotFound):
    """Nothing of a bar stands."""

    code = "bar_unknown"
    sentence = "没有找到还在执行的暂停评优：可能已经到期或解除，请打开这一条再看。"
    fixed_by = "本人"


@dataclass(frozen=True, slots=True)
class Bar:
    """One kind of award that a participant (id) is barred from, both days included, and by whom."""

    listing_id: str
    kind: str
    number: int
    participant_id: str
    why: str
    begins_on: date
    ends_on: date
    begun_by: str
    begun_with: str
    begun_at: datetime
    ended_by: str | None
    ended_with: str | None
    ended_at: datetime | None
    end_reason: str | None

    def stands(self, at: datetime) -> bool:
        """Return whether it holds at a moment: begun, not over, not lifted."""
        in_days = self.begins_on <= day_of(at) <= self.ends_on and self.begun_at <= at
        return in_days and (self.ended_at is None or at < self.ended_at)

    def state(self, at: datetime) -> str:
        """Return its state at a moment: a code of `labels.restriction_state`."""
        if self.ended_at is not None:
            return "lifted"
        return "standing" if day_of(at) <= self.ends_on else "over"


def check_bar(kinds: Sequence[str], ends_on: date, at: datetime) -> None:
    """Check what a bar keeps from, and until when.

    Raises:
        BarKindInvalid: nothing, or something that is no award.
        BarDaysInvalid: the last day is not after today, or more than two years away.

    Example:
        roster.check_bar(["titles"], date(2027, 9, 30), now)
    """
    if not kinds or not set(kinds) <= set(BAR_KINDS):
        raise BarKindInvalid()
    if not 0 < (ends_on - day_of(at)).days <= DAYS_AT_MOST:
        raise BarDaysInvalid()


def bar(
    session: Session,
    *,
    village: str,
    participant: str,
    listing: str,
    kinds: Sequence[str],
    why: str,
    ends_on: date,
    by: str,
    second: str,
    at: datetime,
) -> list[Bar]:
    """Bar a participant (id) from awards because of a listing (id) that people put up; from today on.

    Args:
        kinds: of `red_board` and `titles`, at least one.
        why: 1 to 200 characters.
        by, second: ids of the two people.

    Raises:
        BarKindInvalid, BarDaysInvalid: raised by `check_bar`.
        BarStands: one of them stands already.
        TextInvalid: the reason cannot be stored.
        VillageUnknown: there is no such village.

    Example:
        roster.bar(session, village="cy", participant=wang.id, listing=id, kinds=["titles"], why="拒不整改",
                   ends_on=date(2027, 9, 30), by=li.id, second=zhao.id, at=now)[0].kind  # "titles"
    """
    check_bar(kinds, ends_on, at)
    tidy = clean_required(why, maximum=200)
    before = _rows(session, village, listing)
    if any(row.kind in kinds and row.into(Bar).stands(at) for row in before):
        raise BarStands()
    number = 1 + max((row.number for row in before), default=0)
    rows = [
        BarRow(
            village_id=village,
            listing_id=listing,
            kind=kind,
            number=number,
            participant_id=participant,
            why=tidy,
            begins_on=day_of(at),
            ends_on=ends_on,
            begun_by=by,
            begun_with=second,
            begun_at=at,
        )
        for kind in BAR_KINDS
        if kind in kinds
    ]
    session.add_all(rows)
    session.flush()
    words = {
        "participant": participant,
        "listing": listing,
        "kinds": [row.kind for row in rows],
        "reason": tidy,
        "begins_on": day_of(at).isoformat(),
        "ends_on": ends_on.isoformat(),
        "begun_with": second,
        "begun_at": at.astimezone(UTC).isoformat(),
    }
    ledger.record(session, village=village, kind="listing_barred", by=by, at=at, words=words)
    return [row.into(Bar) for row in rows]


def lift_bar(
    session: Session, *, village: str, listing: str, reason: str, by: str, second: str, at: datetime
) -> list[Bar]:
    """End what bars from awards because of a listing (id) before its last day; by two people. Locks it.

    Args:
        reason: 1 to 200 characters.

    Raises:
        BarUnknown: nothing of it stands any more.
        TextInvalid: the reason cannot be stored.
        VillageUnknown: there is no such village.

    Example:
        roster.lift_bar(session, village="cy", listing=id, reason="已整改", by=li.id, second=zhao.id, at=now)
    """
    tidy = clean_required(reason, maximum=200)
    rows = [row for row in _rows(session, village, listing, lock=True) if row.into(Bar).stands(at)]
    if not rows:
        raise BarUnknown()
    for row in rows:
        row.ended_by, row.ended_with, row.ended_at, row.end_reason = by, second, at, tidy
    session.flush()
    words = {
        "participant": rows[0].participant_id,
        "listing": listing,
        "kinds": [row.kind for row in rows],
        "reason": tidy,
        "ended_with": second,
        "ended_at": at.astimezone(UTC).isoformat(),
    }
    ledger.record(session, village=village, kind="listing_unbarred", by=by, at=at, words=words)
    return [row.into(Bar) for row in rows]


def bars(session: Session, *, village: str, listing: str | None = None) -> list[Bar]:
    """Return every bar, of one listing (id) or all, over and lifted ones too, the first one first.

    Example:
        roster.bars(session, village="cy", listing=id)[0].ends_on  # date(2027, 9, 30)
    """
    return [row.into(Bar) for row in _rows(session, village, listing)]


def forget_bars(session: Session, *, village: str, participant: str) -> None:
    """Put a placeholder for the words of every bar of a participant (id).

    Example:
        roster.forget_bars(session, village="cy", participant=wang.id)
    """
    mine = (BarRow.in_village(village), col(BarRow.participant_id) == participant)
    for row in session.exec(select(BarRow).where(*mine)).all():
        row.why = ERASED
        row.end_reason = row.end_reason and ERASED
    session.flush()


def _rows(session: Session, village: str, listing: str | None, *, lock: bool = False) -> list[BarRow]:
    query = select(BarRow).where(BarRow.in_village(village))
    if listing is not None:
        query = query.where(col(BarRow.listing_id) == listing)
    query = query.order_by(col(BarRow.begun_at), col(BarRow.listing_id), col(BarRow.kind))
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    return list(session.exec(query))


def _kinds(words: Mapping[str, Any]) -> str:
    return "、".join(RESTRICTION_KIND.name(kind) for kind in words["kinds"])


@ledger.describes("listing_barred")
def _barred(words: Mapping[str, Any], names: ledger.Names) -> str:
    """Return e.g. 王建国：暂停荣誉称号，到2027年9月30日（拒不整改，赵确认）."""
    until = day_in_words(date.fromisoformat(words["ends_on"]))
    why = f"{words['reason']}，{names(words['begun_with'])}确认"
    return f"{names(words['participant'])}：暂停{_kinds(words)}，到{until}（{why}）"


@ledger.describes("listing_unbarred")
def _unbarred(words: Mapping[str, Any], names: ledger.Names) -> str:
    """Return e.g. 王建国：恢复荣誉称号（已整改，赵确认）."""
    why = f"{words['reason']}，{names(words['ended_with'])}确认"
    return f"{names(words['participant'])}：恢复{_kinds(words)}（{why}）"
