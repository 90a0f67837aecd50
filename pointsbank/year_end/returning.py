"""Old points that come back after a year's end, with goods that were bought before it.

They stay for a month, so that nobody loses by goods that were no good; what is left of them then goes as it
would have gone with the rest, so that nobody keeps old points by buying before the day, returning after it.
Each return is settled once: it is the source of its transaction. By then the year's end can no longer be
undone: a return's month ends after the time for that.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlmodel import Session

from pointsbank import ledger
from pointsbank.dates import day_of
from pointsbank.ledger import HONOUR, POINTS, AccountMove, NewTransaction, Posting
from pointsbank.points import Points
from pointsbank.year_end.adopting import Rule, rules
from pointsbank.year_end.reading import PostedLine, YearEnd, lines_of, runs
from pointsbank.year_end.rule import honour_for, part
from pointsbank.year_end.states import RETURN_DAYS

SOURCE = "year_end_return"
"""The kind of source of what goes later; the id is the run's number and the entry of the return."""
_BACK = ("goods_return", "reversal")
_ENTRIES = 1_000
"""Returns since a year's end that are looked at, the latest ones."""


@dataclass(frozen=True, slots=True)
class OldReturn:
    """Points that came back with goods: to whom (id), by which entry, and until when what is left stays.

    `gone` and `honour`: what goes of them after that day, and the honour for it, in hundredths.
    """

    run: YearEnd
    participant: str
    index: int
    stays_until: date
    gone: Points
    honour: Points


def old_returns(session: Session, *, village: str, at: datetime) -> list[OldReturn]:
    """Return what came back since the latest year's end of goods that were bought before, and is not settled.

    Until the next year is over: what is left then is that year's.

    Example:
        year_end.old_returns(session, village="chayuan", at=now)[0].gone  # 500
    """
    run = next(iter(runs(session, village=village)), None)
    if run is None or run.undone_at is not None or day_of(at).year > run.year + 1:
        return []
    entries = ledger.log_entries(
        session, village=village, kinds=_BACK, since=run.posted_at, from_index=run.next_index, limit=_ENTRIES
    )
    came = {one.index: day_of(one.recorded_at) for one in entries}
    who = {one.words["participant"] for one in entries if one.words and "participant" in one.words}
    if not who:
        return []
    rule = next(one for one in rules(session, village=village) if one.number == run.rule_number)
    lines = {one.participant: one for one in lines_of(session, village=village, number=run.number)}
    return [
        one
        for participant in sorted(who & lines.keys())
        for one in _of_one(session, run, rule, lines[participant], came, village=village)
    ]


def _of_one(
    session: Session, run: YearEnd, rule: Rule, line: PostedLine, came: dict[int, date], *, village: str
) -> list[OldReturn]:
    """Return what came back to one participant and is not settled."""
    account = ledger.account_of(line.participant, POINTS)
    since = ledger.moves_from(session, run.next_index, village=village, account=account)
    sold = {one.source[1] for one in since if one.kind == "redemption" and one.source}
    settled = {one.source[1] for one in since if one.source and one.source[0] == SOURCE}
    there = ledger.balance(session, village=village, participant=line.participant).points
    found, back = list[OldReturn](), 0
    for one in since:
        if one.index not in came or not _is_of_old_sale(one, sold, run):
            continue
        before, back = back, back + one.amount
        if f"{run.number}.{one.index}" in settled:
            continue
        gone = min(_what_goes(rule, line, before, back) - _spent_after(since, one.index), there)
        stays_until = came[one.index] + timedelta(days=RETURN_DAYS)
        if gone > 0:
            honour = honour_for(rule.terms, gone)
            found.append(
                OldReturn(run, line.participant, one.index, stays_until, Points(gone), Points(honour))
            )
    return found


def _what_goes(rule: Rule, line: PostedLine, before: int, after: int) -> int:
    """Return what would have gone besides, had these points been there when the year ended."""
    more, less = (
        part(rule.terms, points=line.points + back, old=line.old + back, apart=line.apart).gone
        for back in (after, before)
    )
    return more - less


def _spent_after(since: Sequence[AccountMove], index: int) -> int:
    """Return what was spent after an entry: of what had come back first."""
    return -sum(one.amount for one in since if one.index > index and one.amount < 0)


def _is_of_old_sale(one: AccountMove, sold: set[str], run: YearEnd) -> bool:
    """Return whether what came back had been bought before a run; `sold`: the sales (id) since."""
    if one.source is None:
        return False
    kind, id = one.source
    if one.kind == "goods_return":
        return id.partition(".")[0] not in sold
    is_sale = kind == "redemption_reversal" and one.reverses is not None
    return is_sale and (one.reverses or 0) < run.next_index


def any_return_over(session: Session, *, village: str, at: datetime) -> bool:
    """Return whether old points wait whose month is over.

    Example:
        year_end.any_return_over(session, village="chayuan", at=now)  # False
    """
    today = day_of(at)
    return any(one.stays_until < today for one in old_returns(session, village=village, at=at))


def settle_returns(session: Session, *, village: str, by: str, at: datetime) -> int:
    """Take what is left of old points whose month is over; return of how many returns something was taken.

    Raises those of `ledger.post`.

    Example:
        year_end.settle_returns(session, village="chayuan", by=staff.SYSTEM, at=now)  # 1
    """
    over = _over(session, village=village, at=at)
    if not over:
        return 0
    ledger.lock_accounts(session, village=village, participants=sorted({one.participant for one in over}))
    # Read anew: something may have been spent before the accounts were locked.
    over = _over(session, village=village, at=at)
    if over:
        ledger.post(session, [_entry(one, at) for one in over], village=village, by=by, at=at)
    return len(over)


def _over(session: Session, *, village: str, at: datetime) -> list[OldReturn]:
    """Return what is over; of one participant one at a time, since what goes first leaves less."""
    today = day_of(at)
    over = [one for one in old_returns(session, village=village, at=at) if one.stays_until < today]
    return list({one.participant: one for one in reversed(over)}.values())


def _entry(one: OldReturn, at: datetime) -> NewTransaction:
    """Return the transaction that takes old points that came back."""
    who = one.participant
    lines = [
        Posting(ledger.account_of(who, POINTS), ledger.village_account("expiry", POINTS), POINTS, one.gone)
    ]
    if one.honour:
        issuance = ledger.village_account("issuance", HONOUR)
        lines.append(Posting(issuance, ledger.account_of(who, HONOUR), HONOUR, one.honour))
    title = f"{one.run.year}年的积分，退货后留用{RETURN_DAYS}天期满"
    words = {"participant": who, "item": "年终结转", "title": title, "period": str(one.run.year)}
    source = (SOURCE, f"{one.run.number}.{one.index}")
    return NewTransaction("clearing", day_of(at), tuple(lines), words, source)
