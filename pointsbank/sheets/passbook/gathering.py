"""A household's statement, gathered from the ledger and checked line by line."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlmodel import Session

from pointsbank import dates, ledger, proof, roster, staff, villages, year_end
from pointsbank.card_page.wording import reasons_of
from pointsbank.errors import Invalid
from pointsbank.labels.transaction_kind import TRANSACTION_KIND
from pointsbank.ledger import StatementLine
from pointsbank.reports import spans_of
from pointsbank.roster import Participant
from pointsbank.schemas.fields import Choice, Day
from pointsbank.schemas.options import Households, OneOf, Options
from pointsbank.sheets.passbook.period import Period, period_of
from pointsbank.sheets.passbook.sums import Sums, add_up
from pointsbank.sheets.passbook.values import Passbook, Row, Seal, Words
from pointsbank.text import Replaceable

_TOGETHER = 500
_CARDS = 200
_SHOWN = 3
"""Cards whose numbers stand on one line."""


class StatementOfOne(Invalid):
    """A statement is one household's, for its own hand."""

    code = "statement_of_one"
    sentence = "对账单一次打印一户，请只填一户。"
    at = ("participant",)


def _spans(session: Session, village: str) -> list[tuple[str, str]]:
    """Return the spans that hold a month of which the village has entries, the latest first."""
    latest = ledger.latest_moment(session)
    months = [*villages.closed_months(session, village=village)]
    if latest is not None:
        months.append(dates.month_of(dates.day_of(latest)))
    return [(one.code, one.words) for one in spans_of(months)]


class PassbookOptions(Options):
    """Whose, of which days, on which paper."""

    participant = Households(required=True, label="哪一户", note="一次一户，交给这一户自己")
    span = OneOf(
        _spans,
        blank="今年到今天",
        load_default=None,
        label="期间",
        note="2026-09（月）、2026-Q3（季）、2026-H2（半年）或 2026（年）；默认今年到今天",
    )
    first = Day(load_default=None, label="从哪天", note="例如 2026-09-01；填了就不看期间")
    until = Day(load_default=None, label="到哪天", note="例如 2026-09-30；默认到今天")
    size = Choice("A4", "A6", load_default="A4", label="纸张", note="A4 存档，A6 装口袋")


@dataclass(frozen=True, slots=True)
class _Account:
    """The lines of one account within a span, the oldest first, and its sums."""

    lines: tuple[StatementLine, ...]
    sums: Sums


def gather(
    session: Session,
    *,
    village: str,
    by: str,
    at: datetime,
    public_url: str,
    participant: Sequence[str],
    span: str | None = None,
    first: date | None = None,
    until: date | None = None,
    size: str = "A4",
) -> Passbook:
    """Return the statement of one household, with its full name: it is theirs.

    Raises:
        StatementOfOne: several are named.
        ParticipantUnknown: there is no such household.
        PeriodInvalid: it begins after it ends, or after today.
        SpanInvalid: the span is none.
        StatementAstray: the entries do not make the balance.
    """
    if len(participant) != 1:
        raise StatementOfOne()
    who = roster.by_code(session, village=village, code=participant[0])
    period = period_of(span=span, first=first, until=until, today=dates.day_of(at))
    points = _account(session, village, who.id, ledger.POINTS, period)
    honour = _account(session, village, who.id, ledger.HONOUR, period)
    rows = tuple(_rows(session, village, who, points, honour, period))
    chosen = villages.settings(session, village=village)
    phone = Words.PHONE.format(phone=chosen.contact_phone) if chosen.contact_phone else ""
    seal, sentence = _seal(session, village, rows)
    return Passbook(
        village=villages.get(session, village).name,
        household=Replaceable(who.name, f"户号{who.code}"),
        code=who.code,
        cards=_cards(session, village, who),
        span=period.words,
        printed=dates.moment_in_words(at),
        points=points.sums,
        honour=honour.sums,
        rows=rows,
        lapses=_lapses(session, village, who, at),
        channel=Words.CHANNEL.format(phone=phone, days=chosen.objection_working_days),
        proof=sentence,
        seal=seal,
        is_small=size == "A6",
        participant=who.id,
    )


def finish(session: Session, value: Passbook, *, village: str, by: str, at: datetime) -> None:
    """Write down that the household's file was opened: the paper says what stands in it."""
    staff.log_access(session, village=village, participant=value.participant, by=by, at=at)


def _account(session: Session, village: str, participant: str, unit: str, period: Period) -> _Account:
    """Return what was entered on these days; what stood at the end is reckoned from what stands now."""
    begun = dates.start_of_day(period.first)
    ended = dates.start_of_day(period.last + timedelta(days=1))
    opening, since, found = 0, 0, list[StatementLine]()
    for line in _newest_first(session, village, participant, unit):
        if line.recorded_at >= ended:
            since += line.amount
        elif line.recorded_at >= begun:
            found.append(line)
        else:
            opening = line.balance
            break
    found.reverse()
    balance = ledger.balance(session, village=village, participant=participant)
    now = balance.points if unit == ledger.POINTS else balance.honour
    sums = add_up(opening, [(one.amount, one.balance) for one in found], now - since)
    return _Account(tuple(found), sums)


def _newest_first(session: Session, village: str, participant: str, unit: str) -> Iterator[StatementLine]:
    """Yield all lines of an account, read page by page."""
    before: str | None = None
    while True:
        page = ledger.statement(
            session, village=village, participant=participant, unit=unit, before=before, limit=_TOGETHER
        )
        yield from page.lines
        if page.next is None:
            return
        before = page.next


def _rows(
    session: Session, village: str, who: Participant, points: _Account, honour: _Account, period: Period
) -> Iterator[Row]:
    """Yield the entries, the oldest first: one that moved points and honour is one row."""
    moved: dict[int, dict[str, list[StatementLine]]] = {}
    for unit, account in ((ledger.POINTS, points), (ledger.HONOUR, honour)):
        for line in account.lines:
            moved.setdefault(line.index, {}).setdefault(unit, []).append(line)
    entries = [moved[index] for index in sorted(moved)]
    firsts = [next(iter(entry.values()))[0] for entry in entries]
    why = reasons_of(session, firsts, village=village, participant=who.id)
    left = {ledger.POINTS: points.sums.opening, ledger.HONOUR: honour.sums.opening}
    for entry, first, words in zip(entries, firsts, why, strict=True):
        left |= {unit: int(lines[-1].balance) for unit, lines in entry.items()}
        yield Row(
            index=first.index,
            day=dates.day_in_short(first.occurred_on, period.last),
            why=_as_it_stands(first, words),
            points=_sum(entry.get(ledger.POINTS)),
            points_left=left[ledger.POINTS],
            honour=_sum(entry.get(ledger.HONOUR)),
            honour_left=left[ledger.HONOUR],
        )


def _sum(lines: list[StatementLine] | None) -> int | None:
    return sum(one.amount for one in lines) if lines else None


def _as_it_stands(line: StatementLine, why: str) -> str:
    """Return what an entry is for, and what became of it or what it undoes."""
    if line.reverses is not None:
        kind = TRANSACTION_KIND.name(line.kind)
        return Words.UNDOES.format(kind=kind, index=line.reverses, why=why)
    if line.reversed_by is None:
        return why
    of_score = line.source is not None and line.source[0] == "score"
    return (Words.CORRECTED if of_score else Words.TAKEN_BACK).format(why=why)


def _cards(session: Session, village: str, who: Participant) -> str:
    """Return the numbers of the cards that the household has in its hands, as they are printed."""
    known = roster.known_cards(session, village=village, participant=who.code, status="active", limit=_CARDS)
    some = "、".join(roster.spaced(one.number) for one in known[:_SHOWN])
    return Words.MORE_CARDS.format(some=some, count=len(known)) if len(known) > _SHOWN else some


def _lapses(session: Session, village: str, who: Participant, at: datetime) -> str:
    """Return what becomes of the points at the year's end: what goes of the household's, or the rule."""
    own = year_end.own_outlook(session, village=village, participant=who.id, at=at)
    if own is not None and own.in_words:
        return "".join(own.in_words)
    year = dates.day_of(at).year
    rule = year_end.rule_of(session, village=village, year=year)
    if rule is None:
        return str(Words.STAYS)
    # Whoever reads it does not reckon from which year the last one is counted.
    return "；".join(rule.in_words).replace("上一年", f"{year}年").replace("次年", f"{year + 1}年") + "。"


def _seal(session: Session, village: str, rows: Sequence[Row]) -> tuple[Seal | None, str]:
    """Return the latest anchor that covers an entry of the statement, and what is said of it."""
    sealed, _ = proof.legible_anchors(session, village=village)
    covering = [one for one in sealed if rows and one.log_index > rows[0].index]
    if not covering:
        return None, str(Words.NOT_SEALED)
    # The first under which all stand; where the last entries are sealed under none, the latest there is.
    found = next((one for one in covering if one.log_index > rows[-1].index), covering[-1])
    last = max(row.index for row in rows if row.index < found.log_index)
    month = dates.month_in_words(found.month)
    return Seal(found.digits, found.code), Words.SEALED.format(index=last, month=month)
