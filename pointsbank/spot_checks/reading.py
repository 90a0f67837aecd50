"""Draws as they stand: how many of what, the dice, which entries they draw, what was found."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from pointsbank import ledger, villages
from pointsbank.dates import month_in_words
from pointsbank.proof import Anchor, anchor, anchors
from pointsbank.spot_checks import bound, rule
from pointsbank.spot_checks.models import SpotCheckAnswerRow, SpotCheckRow, SpotCheckThrowRow
from pointsbank.spot_checks.states import SEALED, SpotCheckUnknown, counts_of, mark_of, status_of

_RECENT = 2
"""So many closed months back somebody still remembers what was there."""


@dataclass(frozen=True, slots=True)
class Throw:
    """Ten dice, whose household (id) threw and whose saw it; a `number` of 2 puts the first record right."""

    number: int
    dice: str
    thrower_id: str
    witness_id: str
    reason: str
    recorded_by: str
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class Answer:
    """What two people (households' ids) found, and the note that stays inside."""

    log_index: int
    number: int
    answer: str
    note: str
    first_id: str
    second_id: str
    recorded_by: str
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class SpotCheck:
    """The draw of one month.

    `start` and `stop`: the entries from `start` up to, without, `stop` are the month's; `drawn`: the numbers
    of those that the dice draw, in the order of their tickets, none before the dice; `answers` by number.
    """

    month: str
    size: int
    population: int
    planned_by: str
    planned_at: datetime
    signed_by: str | None
    signed_at: datetime | None
    sealed_by: str | None
    sealed_at: datetime | None
    digest: str
    start: int
    stop: int
    throws: tuple[Throw, ...]
    drawn: tuple[int, ...]
    answers: Mapping[int, Answer]
    given: int

    @property
    def status(self) -> str:
        """How far it is, a code of `labels.spot_check_status`."""
        return status_of(
            throws=len(self.throws), signed=self.signed_by is not None, sealed=self.sealed_by is not None
        )

    @property
    def dice(self) -> str:
        """The dice that count; empty before they are thrown."""
        return self.throws[-1].dice if self.throws else ""

    @property
    def counts(self) -> dict[str, int]:
        """How many drawn entries are true, not true, not findable, as far as they were looked at."""
        return counts_of([one.answer for one in self.answers.values()])

    def of(self, answer: str) -> list[int]:
        """Return the numbers of the drawn entries with this answer, in the order of their tickets."""
        answers = self.answers
        return [index for index in self.drawn if index in answers and answers[index].answer == answer]

    @property
    def open(self) -> int:
        """How many drawn entries have no answer yet."""
        return len(self.drawn) - len(self.answers)

    @property
    def mark(self) -> str:
        """What changes with every answer and signature."""
        return mark_of(self.status, self.given)

    @property
    def result(self) -> str:
        """What it says in words; empty before two people have signed."""
        if self.status != SEALED:
            return ""
        return bound.in_words(population=self.population, **self.counts)


def spot_checks(session: Session, *, village: str) -> list[SpotCheck]:
    """Return every draw, the latest month first.

    Example:
        spot_checks.spot_checks(session, village="chayuan")[0].status  # "sealed"
    """
    query = select(SpotCheckRow).where(SpotCheckRow.in_village(village))
    rows = session.exec(query.order_by(col(SpotCheckRow.month).desc())).all()
    return _views(session, rows, village=village)


def spot_check(session: Session, *, village: str, month: str) -> SpotCheck:
    """Return the draw of a month.

    Raises:
        SpotCheckUnknown: none was announced.

    Example:
        spot_checks.spot_check(session, village="chayuan", month="2026-09").drawn  # (812, 790, …)
    """
    row = session.get(SpotCheckRow, (village, month))
    if row is None:
        raise SpotCheckUnknown(month=_named(month))
    return _views(session, [row], village=village)[0]


def months_to_draw(session: Session, *, village: str) -> list[str]:
    """Return which of the last two closed months have no draw, the latest first: what may still be drawn.

    Example:
        spot_checks.months_to_draw(session, village="chayuan")  # ["2026-10"]
    """
    recent = villages.closed_months(session, village=village)[-_RECENT:]
    query = select(SpotCheckRow.month).where(SpotCheckRow.in_village(village))
    done = set(session.exec(query))
    return [month for month in reversed(recent) if month not in done]


def eligible(session: Session, *, village: str, month: str) -> list[int]:
    """Return the numbers of the entries that a closed month's draw is made from, ascending.

    Raises:
        AnchorUnknown: the month is not closed.

    Example:
        len(spot_checks.eligible(session, village="chayuan", month="2026-09"))  # 341
    """
    start, sealed = _stretch(session, village, month)
    return ledger.indices_of(
        session, village=village, kinds=rule.KINDS, start=start, end=sealed.fields["size"]
    )


def stretches(session: Session, *, village: str, month: str) -> tuple[tuple[int, int], ...]:
    """Return `eligible` as stretches of numbers without a gap, first and last, ascending.

    A sealed month's entries stay as they are, so they are read once for as long as its seal is the same.

    Raises:
        AnchorUnknown: the month is not closed.

    Example:
        spot_checks.stretches(session, village="chayuan", month="2026-09")  # ((3, 5), (9, 9))
    """
    start, sealed = _stretch(session, village, month)
    return ledger.kept_under(
        session,
        village=village,
        about=("drawn from", month),
        version=(sealed.digest, start),
        make=lambda: _together(eligible(session, village=village, month=month)),
        size=len,
    )


def _together(indices: Iterable[int]) -> tuple[tuple[int, int], ...]:
    """Return ascending numbers as stretches without a gap.

    Example:
        >>> _together([3, 4, 5, 9])
        ((3, 5), (9, 9))
    """
    found: list[tuple[int, int]] = []
    for index in indices:
        if found and found[-1][1] == index - 1:
            found[-1] = (found[-1][0], index)
        else:
            found.append((index, index))
    return tuple(found)


def latest(answers: Sequence[SpotCheckAnswerRow]) -> dict[int, Answer]:
    """Return the answer that counts of each entry, by its number."""
    return {one.log_index: one.into(Answer) for one in sorted(answers, key=lambda one: one.number)}


def _stretch(session: Session, village: str, month: str) -> tuple[int, Anchor]:
    """Return with how many entries the month before was sealed, and this month's seal."""
    sealed = anchor(session, village=village, month=month)
    before = [one for one in anchors(session, village=village) if one.log_index < sealed.log_index]
    return (before[-1].fields["size"] if before else 0), sealed


def _views(session: Session, rows: Sequence[SpotCheckRow], *, village: str) -> list[SpotCheck]:
    """Return these draws with their dice and answers."""
    months = [row.month for row in rows]
    thrown, answered = SpotCheckThrowRow, SpotCheckAnswerRow
    throws = session.exec(
        select(thrown)
        .where(thrown.in_village(village), col(thrown.month).in_(months))
        .order_by(col(thrown.number))
    ).all()
    answers = session.exec(
        select(answered).where(answered.in_village(village), col(answered.month).in_(months))
    ).all()
    return [
        _view(
            session,
            row,
            [one for one in throws if one.month == row.month],
            [one for one in answers if one.month == row.month],
        )
        for row in rows
    ]


def _view(
    session: Session,
    row: SpotCheckRow,
    throws: Sequence[SpotCheckThrowRow],
    answers: Sequence[SpotCheckAnswerRow],
) -> SpotCheck:
    """Return one draw; which entries are drawn is stored nowhere."""
    start, sealed = _stretch(session, row.village_id, row.month)
    found = _drawn(session, row, start, sealed, throws[-1].dice) if throws else []
    return row.into(
        SpotCheck,
        digest=sealed.digest.hex(),
        start=start,
        stop=sealed.fields["size"],
        throws=tuple(one.into(Throw) for one in throws),
        drawn=tuple(found),
        answers=latest(answers),
        given=len(answers),
    )


def _drawn(session: Session, row: SpotCheckRow, start: int, sealed: Anchor, dice: str) -> list[int]:
    """Return what the dice draw; kept while the seal, by which all that is drawn from stands, is the same.

    A month of six thousand entries takes 20 ms, and the board asks for every draw that there was.
    """
    village, month, digest = row.village_id, row.month, sealed.digest.hex()

    def draw() -> list[int]:
        return rule.drawn(digest, dice, eligible(session, village=village, month=month), row.size)

    return ledger.kept_under(
        session,
        village=village,
        about=("drawn", month),
        version=(digest, start, dice, row.size),
        make=draw,
        size=len,
    )


def _named(month: str) -> str:
    """Return a month in words; what is none as it was written, cut short."""
    try:
        return month_in_words(month)
    except ValueError:
        return month[:16]
