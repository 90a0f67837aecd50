"""Letters about good deeds (喜报, 感谢信, 推荐信): written at any time, brought to the household."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, func
from sqlalchemy import select as select_columns
from sqlmodel import Session, col, select

from pointsbank import governing, law, ledger, roster, villages
from pointsbank.database import new_id
from pointsbank.dates import day_of
from pointsbank.errors import Invalid, NotFound, Refused
from pointsbank.labels.title_letter_kind import TITLE_LETTER_KIND
from pointsbank.law import Use
from pointsbank.text import clean, clean_required
from pointsbank.titles.models import TitleLetterRow
from pointsbank.titles.nominating import lawful_person
from pointsbank.titles.rules import check_day


class TitleLetterUnknown(NotFound):
    """There is no such letter in this village."""

    code = "title_letter_unknown"
    sentence = "没有找到这封信，请从“喜报和感谢信”页重新选择。"
    fixed_by = "本人"


class TitleLetterBrought(Refused):
    """It was brought already."""

    code = "title_letter_brought"
    sentence = "这封信{day}已经送到，不用再登记。"
    fixed_by = "本人"


class TitleLetterAddressee(Invalid):
    """A recommendation goes to somebody; a letter to the household goes to nobody else."""

    code = "title_letter_addressee"
    sentence = "推荐信请写明寄送单位；喜报和感谢信送给本人，不用写。"
    fixed_by = "本人"
    at = ("addressee",)


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter; `brought_on` is None while it was not brought."""

    id: str
    number: int
    kind: str
    participant: roster.Participant
    person: str
    addressee: str
    deed: str
    written_on: date
    brought_on: date | None


def write_letter(
    session: Session,
    *,
    village: str,
    kind: str,
    participant: str,
    person: str = "",
    addressee: str = "",
    deed: str,
    by: str,
    at: datetime,
) -> Letter:
    """Record a letter about a deed of a participant (code), under the next number; locks the village.

    The same to the same on one day is one letter.

    Args:
        kind: a code of `labels.title_letter_kind`.
        person: of the household, up to 60 characters; empty for the household.
        addressee: to whom a recommendation goes, up to 60 characters.
        deed: what they did, 1 to 200 characters; nothing of opinions, petitions, belief.

    Raises:
        ParticipantUnknown, ParticipantClosed: there is no such participant, or it has ended.
        TitleLetterAddressee: a recommendation goes nowhere, or another letter goes somewhere.
        TextInvalid: the deed is empty, or a text is too long.
        Wording, NamesSomebody: the deed says what is said of nobody, or names somebody; as `law.check`.

    And those of `villages.lock` and `ledger.record`.

    Example:
        titles.write_letter(
            session, village="cy", kind="congratulation", participant="0101", deed="下水救人", by="li", at=now
        ).number  # 1
    """
    villages.lock(session, village=village)
    who = roster.by_code(session, village=village, code=participant)
    roster.refuse_closed(session, village=village, participants=[who.id])
    to = clean(addressee, maximum=60)
    if bool(to) != (kind == "recommendation"):
        raise TitleLetterAddressee()
    people = governing.named_people(session, village=village)
    written = clean_required(deed, maximum=200)
    law.check(written, Use.DEED, field="事迹", people=people, at=("deed",))
    row = TitleLetterRow
    given: dict[str, Any] = {
        "kind": kind,
        "participant_id": who.id,
        "person": lawful_person(person) if person.strip() else "",
        "addressee": to,
        "deed": written,
        "written_on": day_of(at),
    }
    same = [col(getattr(row, name)) == value for name, value in given.items()]
    if (earlier := session.exec(select(row).where(row.in_village(village), *same)).first()) is not None:
        return _view(earlier, who)
    last = session.exec(select(func.max(col(row.number))).where(row.in_village(village))).one()
    added = row(
        village_id=village, id=new_id(session), number=(last or 0) + 1, **given, written_at=at, written_by=by
    )
    session.add(added)
    session.flush()
    entry = {
        "letter": added.id,
        "participant": who.id,
        "number": added.number,
        "letter_kind": kind,
        "written_on": added.written_on.isoformat(),
    }
    ledger.record(session, village=village, kind="title_letter_written", by=by, at=at, words=entry)
    return _view(added, who)


def bring_letter(
    session: Session, *, village: str, letter_id: str, on: date | None = None, by: str, at: datetime
) -> Letter:
    """Record on which day a letter was brought to whom it is for; locks the village.

    Args:
        on: the day, today unless it is given.

    Raises:
        TitleLetterUnknown: there is none.
        TitleLetterBrought: it was brought.
        TitleDayInvalid: the day is before it was written, or yet to come.
        ParticipantUnknown: raised by `by_id`.

    And those of `villages.lock` and `ledger.record`.

    Example:
        titles.bring_letter(session, village="cy", letter_id=id, by="li", at=now).brought_on
    """
    villages.lock(session, village=village)
    row = _row(session, village, letter_id)
    if row.brought_on is not None:
        raise TitleLetterBrought(day=row.brought_on)
    row.brought_on = check_day(on or day_of(at), earliest=row.written_on, today=day_of(at))
    row.brought_by, row.brought_at = by, at
    session.flush()
    entry = {
        "letter": row.id,
        "participant": row.participant_id,
        "number": row.number,
        "letter_kind": row.kind,
        "brought_on": row.brought_on.isoformat(),
    }
    ledger.record(session, village=village, kind="title_letter_brought", by=by, at=at, words=entry)
    return _view(row, roster.by_id(session, village=village, id=row.participant_id))


def letter(session: Session, *, village: str, letter_id: str) -> Letter:
    """Return one letter.

    Raises:
        TitleLetterUnknown: the village has none with this id.
        ParticipantUnknown: raised by `by_id`.

    Example:
        titles.letter(session, village="chayuan", letter_id=id).deed  # "下水救人"
    """
    row = _row(session, village, letter_id)
    return _view(row, roster.by_id(session, village=village, id=row.participant_id))


def letters(session: Session, *, village: str, participant: str | None = None) -> list[Letter]:
    """Return the letters of a village, or of one household (id), the latest first.

    Example:
        titles.letters(session, village="chayuan")[0].number  # 3
    """
    row = TitleLetterRow
    mine = [row.in_village(village)]
    if participant is not None:
        mine.append(col(row.participant_id) == participant)
    found = session.exec(select(row).where(*mine).order_by(col(row.number).desc())).all()
    people = roster.by_ids(session, village=village, ids={one.participant_id for one in found})
    return [_view(one, people[one.participant_id]) for one in found]


def letters_query(*, village: str) -> Select[Any]:
    """Return the statement that selects the letters, for lists.

    Example:
        session.execute(titles.letters_query(village="chayuan"))
    """
    row = TitleLetterRow
    names = ("id", "number", "kind", "participant_id", "person", "addressee", "deed", "written_on")
    columns: list[Any] = [
        col(getattr(row, name)).label(name) for name in (*names, "brought_on", "written_by")
    ]
    return select_columns(*columns).where(row.in_village(village))


def _row(session: Session, village: str, letter_id: str) -> TitleLetterRow:
    """Return a letter's row; raises TitleLetterUnknown."""
    # PostgreSQL compares no text that holds a NUL.
    found = None if "\x00" in letter_id else session.get(TitleLetterRow, (village, letter_id))
    if found is None:
        raise TitleLetterUnknown()
    return found


def _view(row: TitleLetterRow, who: roster.Participant) -> Letter:
    return row.into(Letter, participant=who)


@ledger.describes("title_letter_written")
def _written(words: Mapping[str, Any], _names: ledger.Names) -> str:
    """Return e.g. 喜报第3号."""
    return f"{TITLE_LETTER_KIND.name(words['letter_kind'])}第{words['number']}号"


@ledger.describes("title_letter_brought")
def _brought(words: Mapping[str, Any], _names: ledger.Names) -> str:
    """Return e.g. 喜报第3号，2026-09-02送到."""
    return f"{TITLE_LETTER_KIND.name(words['letter_kind'])}第{words['number']}号，{words['brought_on']}送到"
