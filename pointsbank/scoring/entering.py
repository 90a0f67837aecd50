"""Entering scores: one row or a whole village's list, all or nothing."""

import hashlib
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import fields, replace
from datetime import datetime
from functools import cache, partial
from itertools import count
from operator import attrgetter
from typing import Any

from sqlalchemy import insert
from sqlmodel import Session

from pointsbank import ledger, roster, villages
from pointsbank.database import new_ids
from pointsbank.dates import month_of
from pointsbank.errors import Invalid, Problem
from pointsbank.prepared import chunks, execute_many
from pointsbank.roster import Participant
from pointsbank.scoring.deciding import Judged, decide
from pointsbank.scoring.deeds import doubts_on_record
from pointsbank.scoring.history import read_history
from pointsbank.scoring.judging import resolve_rows
from pointsbank.scoring.judging_context import judging_context
from pointsbank.scoring.meetings import count_scores, lock_open
from pointsbank.scoring.models import StoredScoreRow
from pointsbank.scoring.reading import scores, words_of
from pointsbank.scoring.same_deed import FirstScores
from pointsbank.scoring.scheme import rulebook
from pointsbank.scoring.values import ENTERED, Score, ScoreRow, StoredScore
from pointsbank.spreadsheets import RowProblem
from pointsbank.spreadsheets.problems import BadRows, RowsInDoubt
from pointsbank.text import clean

_INSERT = insert(StoredScoreRow)
_COLUMNS = [field.name for field in fields(StoredScore)]
_INSERTED = ["village_id", *_COLUMNS]
_read_columns = attrgetter(*_COLUMNS)
MAXIMUM_ROWS = 200_000


class NothingToEnter(Invalid):
    """The list is empty, or longer than can be entered at once."""

    code = "nothing_to_enter"
    sentence = "请至少填写一条评分，一次最多{most}条。"
    at = ("codes", "scores")


def _contents(meeting: str, rows: Sequence[ScoreRow], **_: Any) -> dict[str, str]:
    """Return a digest of the rows, however many; `ascii` writes even what no text can hold."""
    asked: list[tuple[object, ...]] = [
        (row.participant_code, row.item, row.occurred_on.isoformat(), str(row.quantity), row.points, row.note)
        for row in rows
    ]
    # Beside the others, so that a request of before that was not answered is the same one still.
    asked += [(place, row.same_deed) for place, row in enumerate(rows) if row.same_deed]
    return {"rows": hashlib.sha256(ascii((meeting, asked)).encode()).hexdigest()}


def _span(entered: Sequence[Score]) -> dict[str, int]:
    """Return the first and last number of the entered scores within their meeting."""
    return {"first": entered[0].number, "last": entered[-1].number}


def _numbered(session: Session, span: dict[str, int], *, village: str, meeting: str, **_: Any) -> list[Score]:
    """Read the scores with the numbers of a span again."""
    return scores(session, village=village, meeting=meeting, numbers=(span["first"], span["last"]))


@ledger.idempotent("enter_scores", _contents, ledger.StoredAs(_span, _numbered))
def enter_scores(
    session: Session,
    *,
    village: str,
    meeting: str,
    rows: Sequence[ScoreRow],
    by: str,
    at: datetime,
    groups: Collection[str] | None = None,
    request_id: str | None = None,
    confirmed: bool = True,
    meant: Collection[int] = (),
) -> list[Score]:
    """Write rows into an open meeting's minutes, all or none, in their own order.

    Holds off a close of the month, locks the participants' accounts, then the meeting.

    Args:
        rows: 1 to 200,000; refused as a whole if one of them is wrong.
        groups: only participants of these groups (ids) are there for who enters; None for the whole village.
        request_id: the same id again answers with the scores entered the first time.
        confirmed: deeds that were judged already are meant; else it is asked about them.
        meant: numbers of the rows, places from 1 where they have none, that are meant all the same.

    Raises:
        NothingToEnter: no rows, or too many.
        RowsInDoubt: deeds that this meeting or another has judged, unless `confirmed`.
        BadRows: rows that cannot be entered, each named.
        MeetingUnknown, MeetingClosed: as `lock_open`.
        ParticipantClosed: a household was closed while we waited for its account.
        PanelUnknown: raised by `area_of`.
        RequestReused: the id was used for other rows.
        ShapeUnknown, ScoringPeriodInvalid: an adopted item was changed behind the program's back.

    Example:
        rows = [ScoreRow("0101", "清扫", date(2026, 8, 20))]
        [score] = enter_scores(session, village="chayuan", meeting=id, rows=rows, by="li", at=now)
        score.counted_points  # 500 hundredths
    """
    if not 0 < len(rows) <= MAXIMUM_ROWS:
        raise NothingToEnter(most=MAXIMUM_ROWS)
    known, before = lock_for_entering(session, rows, village=village, meeting=meeting, groups=groups)
    entered = enter_locked(session, rows, known, before, village=village, meeting=meeting, by=by, at=at)
    if not confirmed:
        rules = rulebook(session, village=village)
        asked = doubts_on_record(session, rows, known, rules, village=village, meeting=meeting, before=before)
        if asked := [one for one in asked if one.row not in meant]:
            raise RowsInDoubt(asked)
    return entered


def lock_for_entering(
    session: Session,
    rows: Sequence[ScoreRow],
    *,
    village: str,
    meeting: str,
    groups: Collection[str] | None = None,
) -> tuple[dict[str, Participant], int]:
    """Lock months, participants and meeting; return the participants by code and its count of scores.

    Args:
        groups: as `enter_scores`; others are as if they were not there.

    Raises:
        ParticipantClosed: a household was closed while we waited for its account.
        MeetingUnknown, MeetingClosed: as `lock_open`.
    """
    codes = {row.participant_code for row in rows}
    found = roster.by_codes(session, village=village, codes=codes)
    known = {code: person for code, person in found.items() if roster.is_within(person, groups)}
    ids = sorted(person.id for person in known.values())
    # Before every other lock: no month that these scores count in is closed until they are written.
    villages.hold_months(session, village=village)
    # The accounts before the meeting, never after: settling locks them in this order too.
    ledger.lock_accounts(session, village=village, participants=ids)
    standing = [person.id for person in known.values() if person.status != "closed"]
    # Somebody may have closed a household while we waited for its accounts.
    roster.refuse_closed(session, village=village, participants=standing)
    return known, lock_open(session, village=village, meeting=meeting)


def enter_locked(
    session: Session,
    rows: Sequence[ScoreRow],
    known: Mapping[str, Participant],
    before: int,
    *,
    village: str,
    meeting: str,
    by: str,
    at: datetime,
    after: int | None = None,
) -> list[Score]:
    """Judge rows and write them behind the `before` scores that the locked meeting has.

    Args:
        after: the last number that is taken; None for `before`. In a day book a score may be put right while
            it is open, and its new version takes a number and is counted by its own entry.

    Raises:
        BadRows: rows that cannot be entered, each named.
        ShapeUnknown, ScoringPeriodInvalid: an adopted item was changed behind the program's back.
    """
    context = judging_context(session, known, rows, village=village, meeting=meeting, at=at)
    rows, problems = _tidy(rows)
    resolved, wrong = resolve_rows(rows, context)
    if problems or wrong:
        raise BadRows([*problems, *wrong])
    history = read_history(session, resolved, village=village, meeting=meeting)
    judged = decide(resolved, history, after=before)

    closed = set(villages.closed_months(session, village=village))
    counting = cache(partial(villages.month_that_counts, closed=closed))
    numbers, deeds = count((before if after is None else after) + 1), FirstScores()
    entered: list[Score] = []
    # Rows live a handful at a time: of a hundred thousand they would fill the memory.
    for some in chunks(judged):
        new = [
            _score(
                score,
                counting,
                id=id,
                same_deed=deeds.of(score.row.deed, id),
                meeting=meeting,
                number=next(numbers),
                by=by,
                at=at,
            )
            for id, score in zip(new_ids(session, len(some)), some, strict=True)
        ]
        stored = [(village, *_read_columns(score)) for score in new]
        execute_many(session, _INSERT, *(dict(zip(_INSERTED, values, strict=True)) for values in stored))
        entered += new
    count_scores(session, village=village, meeting=meeting, scores=before + len(judged))
    return entered


def _score(
    judged: Judged,
    counting: Callable[[str], tuple[str, bool]],
    *,
    id: str,
    same_deed: str | None,
    meeting: str,
    number: int,
    by: str,
    at: datetime,
) -> Score:
    """Return a decided score."""
    row = judged.row
    month, late = counting(month_of(row.row.occurred_on))
    return Score(
        id=id,
        meeting_id=meeting,
        number=number,
        participant_id=row.participant.id,
        item_id=row.item.id,
        item_code=row.item.code,
        occurred_on=row.row.occurred_on,
        quantity=row.quantity,
        points=judged.points,
        counted_points=judged.counted,
        counted_in=month,
        late=late,
        note=row.row.note,
        remark=judged.remark,
        recused=row.recused,
        status=ENTERED,
        entered_by=by,
        entered_at=at,
        posted_at=None,
        log_index=None,
        same_deed=same_deed,
        **words_of(row.participant, row.item),
    )


def _tidy(rows: Sequence[ScoreRow]) -> tuple[list[ScoreRow], list[RowProblem]]:
    """Return rows with tidy notes, and a problem for each note that cannot be stored."""
    tidy, problems = list(rows), []
    for place, row in enumerate(rows):
        try:
            # Most rows have no note, and a hundred thousand are looked through.
            note = row.note and clean(row.note, maximum=200)
        except Problem as problem:
            problems.append(RowProblem(row.row or place + 1, "说明", problem.detail))
        else:
            tidy[place] = row if note == row.note else replace(row, note=note)
    return tidy, problems
