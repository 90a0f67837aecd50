"""The same deed twice: in one file, or again after another meeting has judged it."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement
from sqlalchemy import select as select_columns
from sqlmodel import Session, col

from pointsbank.database import execute
from pointsbank.dates import day_in_words
from pointsbank.prepared import chunks
from pointsbank.roster import Participant
from pointsbank.scoring.meeting_models import MeetingRow
from pointsbank.scoring.models import StoredScoreRow
from pointsbank.scoring.rules import Rulebook
from pointsbank.scoring.superseded import REPLACED, STRUCK
from pointsbank.scoring.values import WITHDRAWN, Item, ScoreRow
from pointsbank.spreadsheets import RowProblem, plain
from pointsbank.spreadsheets.problems import row_in_words

Deed = tuple[str, str, date]
"""A participant's id, an item's code, a day."""


def item_of(row: ScoreRow, rules: Rulebook) -> Item | None:
    """Return the item in force that a row names: by code, title, or title without a remark."""
    items = rules.items_on(row.occurred_on) or {}
    if row.item in items:
        return items[row.item]
    titled = rules.titled_on(row.occurred_on).get(row.item)
    titled = titled or rules.titled_on(row.occurred_on, plain).get(plain(row.item))
    titled = titled or [item for item in _items_begun(row.item, items) if _is_both(row.item, item)]
    return titled[0] if len(titled) == 1 else None


def _items_begun(written: str, items: Mapping[str, Item]) -> Iterator[Item]:
    """Yield the items with whose code something begins."""
    codes = (written[:length] for length in range(1, min(len(written), _LONGEST_CODE) + 1))
    return (items[code] for code in codes if code in items)


_LONGEST_CODE = 32


def _is_both(written: str, item: Item) -> bool:
    """Return whether somebody wrote an item's code and its title: 01 参加村民会议, 01.参加村民会议."""
    rest = written.removeprefix(item.code)
    return rest != written and plain(rest.lstrip(" .、．:：-—")) == plain(item.title)


FEW = 100
"""Participants of whom alone is read what was judged; of more, the days tell."""


def judged_elsewhere(
    session: Session, *, village: str, meeting: str, days: Collection[date], people: Collection[str] = ()
) -> Mapping[Deed, str]:
    """Return the titles of the other meetings that judged a deed of these days, by deed; none withdrawn.

    Args:
        people: whose deeds are asked about (ids); all are read where they are none, or more than `FEW`.
    """
    found: dict[Deed, str] = {}
    score, judged_in = StoredScoreRow, MeetingRow
    for some in chunks(sorted(days)):
        query = (
            select_columns(
                col(score.participant_id), col(score.item_code), col(score.occurred_on), col(judged_in.title)
            )
            .join(judged_in, judged_in.in_village_of(score) & (col(judged_in.id) == col(score.meeting_id)))
            .where(score.in_village(village), col(score.occurred_on).in_(some))
            .where(col(score.meeting_id) != meeting, col(score.status) != WITHDRAWN, ~REPLACED, ~STRUCK)
            .where(*_of(people))
        )
        rows: list[Any] = list(execute(session, query))
        found |= {(row[0], row[1], row[2]): row[3] for row in rows}
    return found


def judged_here(
    session: Session,
    *,
    village: str,
    meeting: str,
    days: Collection[date],
    before: int,
    people: Collection[str] = (),
) -> Mapping[tuple[str, str, date, str], int]:
    """Return which of its first `before` scores this meeting has of these days, by deed and remark.

    Args:
        people: as `judged_elsewhere`.
    """
    found: dict[tuple[str, str, date, str], int] = {}
    score = StoredScoreRow
    for some in chunks(sorted(days)):
        query = select_columns(
            col(score.participant_id),
            col(score.item_code),
            col(score.occurred_on),
            col(score.note),
            col(score.number),
        ).where(
            score.in_village(village),
            col(score.meeting_id) == meeting,
            col(score.occurred_on).in_(some),
            col(score.number) <= before,
            col(score.status) != WITHDRAWN,
            ~REPLACED,
            ~STRUCK,
            *_of(people),
        )
        rows: list[Any] = list(execute(session, query))
        found |= {(row[0], row[1], row[2], row[3]): row[4] for row in rows}
    return found


def _of(people: Collection[str]) -> list[ColumnElement[bool]]:
    """Return the condition that a score is one of these people's, while they are few."""
    return [col(StoredScoreRow.participant_id).in_(sorted(people))] if 0 < len(people) <= FEW else []


def doubts(
    rows: Sequence[ScoreRow],
    known: Mapping[str, Participant],
    rules: Rulebook,
    elsewhere: Mapping[Deed, str],
    here: Mapping[tuple[str, str, date, str], int] | None = None,
) -> Iterator[RowProblem]:
    """Yield rows whose deed stands in the file already, or was judged by another meeting, or by this one.

    Two of one day with different remarks are two deeds; of those said to be one deed nothing is asked.
    """
    items: dict[tuple[str, date], Item | None] = {}
    seen: dict[tuple[str, str, date, str], int] = {}
    for place, row in enumerate(rows, start=1):
        asked = row.item, row.occurred_on
        if asked not in items:
            items[asked] = item_of(row, rules)
        person, item = known.get(row.participant_code), items[asked]
        if person is None or item is None or row.same_deed:
            continue
        number = row.row or place
        first = seen.setdefault((person.id, item.code, row.occurred_on, row.note), number)
        meeting = elsewhere.get((person.id, item.code, row.occurred_on))
        if first is not number:
            where = f"{row_in_words(first)}已经有了，像是同一件事写了两次"
        elif here and (person.id, item.code, row.occurred_on, row.note) in here:
            entered = here[person.id, item.code, row.occurred_on, row.note]
            where = f"这次评议会已经记过（第{entered}条），像是同一件事"
        elif meeting is not None:
            where = f"“{meeting}”已经记过，像是同一件事"
        else:
            continue
        what = f"{person.code}{person.name}的“{item.title}”{day_in_words(row.occurred_on)}"
        yield RowProblem(number, "条目", f"{what}在{where}。")


def doubts_on_record(
    session: Session,
    rows: Sequence[ScoreRow],
    known: Mapping[str, Participant],
    rules: Rulebook,
    *,
    village: str,
    meeting: str,
    before: int,
) -> list[RowProblem]:
    """Return the rows whose deed stands in the file already, or was judged by a meeting.

    Args:
        before: so many scores this meeting had before these rows.
    """
    days, people = {row.occurred_on for row in rows}, {person.id for person in known.values()}
    here = judged_here(session, village=village, meeting=meeting, days=days, before=before, people=people)
    elsewhere = judged_elsewhere(session, village=village, meeting=meeting, days=days, people=people)
    return list(doubts(rows, known, rules, elsewhere, here))
