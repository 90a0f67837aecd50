"""Entry at the counter (柜台登记): judged by the rule alone, posted at once, into the day book of the day.

A day book is a row of `meeting` of its own kind, one a village and day, opened by its first entry. Nobody
sits in it, so nobody is recused: who enters is refused the own household and near relatives' instead. What
was wrong is put right as any posted score is, by two people.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlmodel import Session

from pointsbank import ledger, panels, roster, staff, villages
from pointsbank.dates import day_of
from pointsbank.errors import Invalid, NotAllowed, Refused
from pointsbank.labels.score_column import SCORE_COLUMN
from pointsbank.points import Points
from pointsbank.roster import Participant
from pointsbank.scoring.correcting import last_number
from pointsbank.scoring.counter_terms import is_at_counter
from pointsbank.scoring.day_books import open_book
from pointsbank.scoring.entering import enter_locked
from pointsbank.scoring.one_item import ItemUnknown
from pointsbank.scoring.publishing import publish_entry
from pointsbank.scoring.putting_up import whose
from pointsbank.scoring.reading import score as find_score
from pointsbank.scoring.scheme import rulebook
from pointsbank.scoring.settling import settle_scores
from pointsbank.scoring.values import Item, ScoreRow
from pointsbank.spreadsheets.problems import BadRows

CONTROL = staff.declare(
    staff.Control(
        act="柜台登记",
        controlled="the clerk, whose entry at the counter is posted at once",
        controls="the rule's ceiling a day; never the own household; the notice afterwards, oversight",
        where=__name__,
        permissions=(staff.Permission.COUNTER_ENTER,),
    )
)


class NotAtCounter(Refused):
    """The rule does not say that the item may be entered at the counter."""

    code = "not_at_counter"
    sentence = "“{title}”不能在柜台登记，请申报，或在评议会上评；细则里写了“柜台登记”的条目才可以。"
    fixed_by = "村委"


class OwnHousehold(NotAllowed):
    """Whoever enters belongs to the household, or is a near relative."""

    code = "own_household"
    sentence = "{whose}是录入人的本户或近亲属的户，不能自己登记，请由另一位店员登记。"
    fixed_by = "店员"


class NothingCounts(Refused):
    """The day's ceiling, or a cap of the item, leaves nothing."""

    code = "nothing_counts"
    sentence = "没有登记：{whose}的“{title}”{remark}。"
    fixed_by = "本人"


class CounterEntryInvalid(Invalid):
    """The entry cannot be judged: the quantity is missing or wrong, or the item is for others."""

    code = "counter_entry_invalid"
    sentence = "{reason}"


@dataclass(frozen=True, slots=True)
class CounterEntry:
    """What was entered and posted: `points` counted, `balance` of the household after it, in hundredths.

    `index`: its place in the log; `remark`: why it counts less than the rule says, empty where it does not.
    """

    score: str
    day_book: str
    participant: str
    status: str
    item: str
    points: Points
    balance: Points
    remark: str
    index: int


def _asked(participant: str, item: str, quantity: Decimal | int | None, **_others: Any) -> Mapping[str, str]:
    """Return what makes two requests the same: 1.5 and 1.50 are one quantity."""
    amount = None if quantity is None else format(Decimal(quantity).normalize(), "f")
    return {"participant": ascii(participant), "item": ascii(item), "quantity": ascii(amount)}


@ledger.idempotent("counter_entry", _asked, CounterEntry)
def enter_at_counter(
    session: Session,
    *,
    village: str,
    participant: str,
    item: str,
    quantity: Decimal | int | None = None,
    request_id: str,
    by: str,
    at: datetime,
) -> CounterEntry:
    """Enter a deed of today at the counter and post it at once, or do neither.

    Holds off a close of the month, locks the household's accounts, then the day book.

    Args:
        participant: the household's code.
        item: the code of an item that may be entered at the counter.
        quantity: how much was brought, where the item is by so much each.

    Raises:
        ParticipantUnknown, ParticipantClosed: there is no such household, or no longer.
        OwnHousehold: it is that of who enters, or of a near relative.
        ItemUnknown: no item in force today has this code.
        NotAtCounter: the item is not entered at the counter.
        CounterEntryInvalid: quantity or household do not fit the item.
        NothingCounts: the day's ceiling or another cap leaves nothing.
        DayBookClosed: the day has ended meanwhile.
        MeetingUnknown, NotYetOpen, MeetingCancelled, IsDayBook: raised by `lock_open`; not of a day book.
        ScoreUnknown, ScoreNotReady: raised by `publish_entry` and `settle_scores`; not of what is new.

    And those of `ledger.idempotent`, `ledger.post`, `villages.settings` and `enter_locked`.

    Example:
        scoring.enter_at_counter(session, village="cy", participant="0101", item="HS01", quantity=4,
                                 request_id="counter-000042", by="chen", at=now).points  # 200 hundredths
    """
    day = day_of(at)
    villages.hold_months(session, village=village)
    person = roster.by_code(session, village=village, code=participant)
    refuse_own(session, person, village=village, by=by)
    rule = _item_on(session, item, day, village=village)
    # The account first, then the book: two tills judge one household after the other, as all who enter do.
    ledger.lock_accounts(session, village=village, participants=[person.id])
    roster.refuse_closed(session, village=village, participants=[person.id])
    book, before = open_book(session, day, village=village, by=by, at=at)
    row = ScoreRow(person.code, rule.code, day, quantity)
    try:
        [score] = enter_locked(
            session,
            [row],
            {person.code: person},
            before,
            village=village,
            meeting=book,
            by=by,
            at=at,
            after=last_number(session, village=village, meeting=book),
        )
    except BadRows as bad:
        raise _invalid(bad) from bad
    if not score.counted_points:
        raise NothingCounts(whose=whose(person), title=rule.title, remark=score.remark or "这次不计分")
    publish_entry(session, village=village, score=score.id)
    settle_scores(session, village=village, scores=[score.id], by=by, at=at)
    posted = find_score(session, village=village, score_id=score.id)
    balance = ledger.balance(session, village=village, participant=person.id).points
    return CounterEntry(
        score=score.id,
        day_book=book,
        participant=person.id,
        status="completed",
        item=rule.code,
        points=score.counted_points,
        balance=balance,
        remark=score.remark,
        index=posted.log_index or 0,
    )


def refuse_own(session: Session, person: Participant, *, village: str, by: str) -> None:
    """Refuse whoever belongs to a household, or is a near relative: as the panels and the staff page know it.

    Raises:
        OwnHousehold: it is so. Where nothing is known the entry is made, and oversight shows it later.
    """
    if person.id in panels.kin_of(session, village=village, staff=by):
        raise OwnHousehold(whose=whose(person))


def _item_on(session: Session, code: str, day: date, *, village: str) -> Item:
    """Return an item that is entered at the counter on a day; raise ItemUnknown or NotAtCounter."""
    found = (rulebook(session, village=village).items_on(day) or {}).get(code)
    if found is None:
        raise ItemUnknown(item=code[:32])
    if not is_at_counter(found):
        raise NotAtCounter(title=found.title)
    return found


def _invalid(bad: BadRows) -> CounterEntryInvalid:
    """Return the refusal of a single row, at the field that it is about."""
    wrong = bad.problems[0]
    field = SCORE_COLUMN.code(wrong.column)
    return CounterEntryInvalid(
        reason=wrong.sentence, at=(field.removesuffix("_code"),) if field is not None else ()
    )
