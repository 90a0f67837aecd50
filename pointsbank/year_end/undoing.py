"""Undoes a year's end: every transaction of the run is reversed, by two people, with a reason, all or none.

What moved since stays. Of a household that became part of another since, the points go to that one; of one
that ended otherwise they stay where its account's rest went.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session

from pointsbank import governing, law, ledger, roster
from pointsbank.dates import day_in_words, day_of
from pointsbank.ledger import HONOUR, POINTS, NewTransaction, Posting
from pointsbank.points import Points
from pointsbank.text import clean_required
from pointsbank.year_end.models import YearEndRunRow
from pointsbank.year_end.posting import lock_everybody
from pointsbank.year_end.reading import PostedLine, YearEnd, YearEndUnknown, lines_of, standing_run
from pointsbank.year_end.rule import UNDONE
from pointsbank.year_end.states import UndoTimeOver

_REASON = 200


@dataclass(frozen=True, slots=True)
class Undoing:
    """What undoing a run would do: the lines put back as they were, to an heir, and of nobody any more.

    `to_heirs`: each with the participant (id) it became part of.
    """

    run: YearEnd
    back: tuple[PostedLine, ...]
    to_heirs: tuple[tuple[PostedLine, str], ...]
    of_nobody: tuple[PostedLine, ...]


def check_reason(session: Session, reason: str, *, village: str) -> str:
    """Return the reason for undoing a year's end, cleaned; it names nobody.

    Raises:
        TextInvalid: it is empty or longer than 200 characters.
        Wording, NamesSomebody: as `law.check`.

    Example:
        year_end.check_reason(session, "决议日期看错了", village="chayuan")  # "决议日期看错了"
    """
    written = clean_required(reason, maximum=_REASON)
    people = governing.named_people(session, village=village)
    law.check(written, law.Use.FACT, field="原因", people=people, at=("reason",))
    return written


def undoing(session: Session, *, village: str, year: int, at: datetime) -> Undoing:
    """Return what undoing a year's end would do now.

    Raises:
        YearEndUnknown: it was not posted, or was undone.
        UndoTimeOver: its time is over, or a later year has ended since.

    Example:
        len(year_end.undoing(session, village="chayuan", year=2026, at=now).back)  # 1149
    """
    run = standing_run(session, village=village, year=year)
    if run is None:
        raise YearEndUnknown(year=year)
    later = standing_run(session, village=village, year=year + 1)
    if later is not None or day_of(at) > run.undone_until:
        raise UndoTimeOver(year=year, last=day_in_words(run.undone_until))
    moved = [one for one in lines_of(session, village=village, number=run.number) if one.transaction_index]
    people = roster.by_ids(session, village=village, ids={one.participant for one in moved})
    ended = [one for one in moved if people[one.participant].status == "closed"]
    heirs = ledger.heirs(session, village=village) if ended else {}
    inherited = [(one, _last_heir(one.participant, heirs)) for one in ended]
    return Undoing(
        run,
        tuple(one for one in moved if people[one.participant].status != "closed"),
        tuple((one, heir) for one, heir in inherited if heir),
        tuple(one for one, heir in inherited if not heir),
    )


def _last_heir(participant: str, heirs: Mapping[str, str]) -> str:
    """Return who has the points of a participant that ended, through all that ended since; or nothing."""
    who = participant
    while who in heirs:
        who = heirs[who]
    return who if who != participant else ""


def undo_run(
    session: Session, *, village: str, year: int, reason: str, second: str, by: str, at: datetime
) -> Undoing:
    """Put back all that a year's end moved.

    Locks every account of the village, then the log's head.

    Args:
        reason: as `check_reason`.
        second: who (id) confirmed it.

    Raises:
        YearEndUnknown, UndoTimeOver: as `undoing`.
        TextInvalid, Wording, NamesSomebody: as `check_reason`.

    And those of `ledger.reverse_all`, `ledger.post` and `ledger.record`.

    Example:
        year_end.undo_run(session, village="cy", year=2026, reason=why, second=zhao, by=li, at=now)
    """
    written = check_reason(session, reason, village=village)
    lock_everybody(session, village=village)
    found = undoing(session, village=village, year=year, at=at)
    common: dict[str, Any] = {"village": village, "by": by, "at": at}
    owners = {one.transaction_index or 0: one.participant for one in found.back}
    title = f"{year}年年终结转撤销"
    ledger.reverse_all(
        session,
        sorted(owners),
        words=lambda index: {"participant": owners[index], "item": "年终结转", "title": title},
        source_kind=UNDONE,
        **common,
    )
    entries = [_inherited(one, heir, title, at) for one, heir in found.to_heirs]
    if entries:
        ledger.post(session, entries, **common)
    row = session.get(YearEndRunRow, (village, found.run.number), populate_existing=True)
    if row is None:  # read above
        raise YearEndUnknown(year=year)
    row.undone_at, row.undone_by, row.undone_second, row.reason = at, by, second, written
    session.flush()
    words = {
        "number": row.number,
        "year": year,
        "second": second,
        "back": len(found.back),
        "to_heirs": len(found.to_heirs),
        "of_nobody": len(found.of_nobody),
        "reason": written,
    }
    ledger.record(session, kind="year_end_undone", words=words, **common)
    return found


def _inherited(one: PostedLine, heir: str, title: str, at: datetime) -> NewTransaction:
    """Return the transaction that gives an heir what a run had taken of who became part of it."""
    own = {unit: ledger.account_of(heir, unit) for unit in (POINTS, HONOUR)}
    expiry = {unit: ledger.village_account("expiry", unit) for unit in (POINTS, HONOUR)}
    lines: Sequence[Posting] = (
        Posting(expiry[POINTS], own[POINTS], POINTS, Points(one.gone)),
        Posting(expiry[HONOUR], own[HONOUR], HONOUR, Points(one.honour_gone)),
        Posting(own[HONOUR], ledger.village_account("issuance", HONOUR), HONOUR, Points(one.honour_given)),
    )
    words = {"participant": heir, "item": "年终结转", "title": f"{title}（并入的那一户）"}
    given = tuple(line for line in lines if line.amount)
    return NewTransaction("transfer", day_of(at), given, words, (UNDONE, str(one.transaction_index)))


@ledger.describes("year_end_undone")
def _undone(words: Mapping[str, Any], _names: ledger.Names) -> str:
    """Return e.g. 2026年，1149个积分主体：决议日期看错了."""
    return f"{words['year']}年，{words['back'] + words['to_heirs']}个积分主体：{words['reason']}"
