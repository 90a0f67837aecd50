"""Old points that come back after a year's end, with goods that were bought before it.

They stay for a month, so that nobody loses by goods that were no good; what is left of them then goes as it
would have gone with the rest, so that nobody keeps old points by buying before the day and returning after it.
Each return is settled once: it is the source of its transaction.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlmodel import Session

from pointsbank import ledger
from pointsbank.dates import day_of
from pointsbank.ledger import HONOUR, POINTS, AccountMove, NewTransaction, Posting
from pointsbank.points import Points
from pointsbank.year_end.adopting import Rule, rules
from pointsbank.year_end.reading import PostedLine, YearEnd, lines_of, runs
from pointsbank.year_end.rule import part
from pointsbank.year_end.states import RETURN_DAYS

SOURCE = "year_end_late"
"""The kind of source of what goes later; the id is the run's number and the entry of the return."""
_BACK = frozenset({"goods_return", "reversal"})


@dataclass(frozen=True, slots=True)
class LateReturn:
    """Points that came back with goods: to whom (id), by which entry, and until when what is left stays.

    `gone` and `honour`: what goes of them after that day, and the honour for it, in hundredths.
    """

    run: YearEnd
    participant: str
    index: int
    stays_until: date
    gone: Points
    honour: Points


def late_returns(session: Session, *, village: str, at: datetime) -> list[LateReturn]:
    """Return what came back since the latest year's end of goods that were bought before, and is not settled.

    Example:
        year_end.late_returns(session, village="chayuan", at=now)[0].gone  # 500
    """
    run = next(iter(runs(session, village=village)), None)
    if run is None or run.undone_at is not None or day_of(at).year > run.year + 1:
        return []
    rule = next(one for one in rules(session, village=village) if one.number == run.rule_number)
    since = [
        one
        for one in ledger.moves_from(session, run.next_index, village=village)
        if one.account.endswith(f".{POINTS}")
    ]
    if not any(one.kind in _BACK for one in since):
        return []
    sold = _sold_since(session, run, since, village=village)
    settled = {one.source[1] for one in since if one.source and one.source[0] == SOURCE}
    lines = {one.participant: one for one in lines_of(session, village=village, number=run.number)}
    found = []
    came: dict[str, int] = defaultdict(int)
    for one in since:
        if one.kind not in _BACK or one.amount <= 0 or not _is_old_sale(one, sold, run):
            continue
        who = one.account.partition(".")[0]
        before, came[who] = came[who], came[who] + one.amount
        if f"{run.number}.{one.index}" in settled or who not in lines:
            continue
        spent = -sum(
            each.amount
            for each in since
            if each.account == one.account and each.index > one.index and each.amount < 0
        )
        gone, honour = _what_goes(rule, lines[who], before, came[who], spent)
        back_on = _day_of_entry(session, one.index, village=village)
        stays = back_on + timedelta(days=RETURN_DAYS)
        found.append(LateReturn(run, who, one.index, stays, gone, honour))
    return found


def _what_goes(rule: Rule, line: PostedLine, before: int, after: int, spent: int) -> tuple[Points, Points]:
    """Return what goes of points that came back, and the honour for it.

    Args:
        before, after: hundredths that had come back before this return, and with it.
        spent: hundredths that were spent since; these were the returned ones first.
    """
    more, less = (
        part(rule.terms, points=line.points + back, old=line.old + back, apart=line.apart).gone
        for back in (after, before)
    )
    gone = max(0, more - less - spent)
    honour = gone * (rule.rate or 0) // 100
    return Points(gone), Points(honour)


def _sold_since(
    session: Session, run: YearEnd, since: Sequence[AccountMove], *, village: str
) -> dict[str, int]:
    """Return the sales since a run (id) with their entries."""
    return {one.source[1]: one.index for one in since if one.kind == "redemption" and one.source}


def _is_old_sale(one: AccountMove, sold: dict[str, int], run: YearEnd) -> bool:
    """Return whether what came back had been bought before a run."""
    if one.kind == "goods_return":
        return bool(one.source) and one.source is not None and one.source[1].partition(".")[0] not in sold
    is_sale = one.source is not None and one.source[0] == "redemption_reversal"
    return is_sale and one.reverses is not None and one.reverses < run.next_index


def _day_of_entry(session: Session, index: int, *, village: str) -> date:
    """Return the day of an entry."""
    return day_of(ledger.log_entry(session, village=village, index=index).recorded_at)


def settle_late(session: Session, *, village: str, by: str, at: datetime) -> int:
    """Take what is left of old points whose month is over; return of how many returns something was taken.

    Raises those of `ledger.post`.

    Example:
        year_end.settle_late(session, village="chayuan", by=staff.SYSTEM, at=now)  # 1
    """
    today = day_of(at)
    over = [one for one in late_returns(session, village=village, at=at) if one.stays_until < today]
    if not any(one.gone for one in over):
        return 0
    ledger.lock_accounts(session, village=village, participants=sorted({one.participant for one in over}))
    over = [one for one in late_returns(session, village=village, at=at) if one.stays_until < today]
    balances = ledger.balances(session, village=village, participants=[one.participant for one in over])
    left = {who: one.points for who, one in balances.items()}
    entries = []
    for one in over:
        gone = Points(max(0, min(one.gone, left[one.participant])))
        left[one.participant] = Points(left[one.participant] - gone)
        if gone:
            entries.append(_entry(one, gone, at))
    if entries:
        ledger.post(session, entries, village=village, by=by, at=at)
    return len(entries)


def _entry(one: LateReturn, gone: Points, at: datetime) -> NewTransaction:
    """Return the transaction that takes old points that came back."""
    who = one.participant
    honour = Points(one.honour * gone // one.gone)
    lines: list[Any] = [
        Posting(ledger.account_of(who, POINTS), ledger.village_account("expiry", POINTS), POINTS, gone)
    ]
    if honour:
        issuance = ledger.village_account("issuance", HONOUR)
        lines.append(Posting(issuance, ledger.account_of(who, HONOUR), HONOUR, honour))
    title = f"{one.run.year}年的积分，退货后留用{RETURN_DAYS}天期满"
    words = {"participant": who, "item": "年终结转", "title": title, "period": str(one.run.year)}
    source = (SOURCE, f"{one.run.number}.{one.index}")
    return NewTransaction("clearing", day_of(at), tuple(lines), words, source)


def late_indices(session: Session, run: YearEnd, *, village: str) -> dict[int, str]:
    """Return the transactions that took what came back after a run, each with its participant (id)."""
    found = ledger.moves_from(session, run.next_index, village=village, kinds=("clearing",))
    return {
        one.index: one.account.partition(".")[0]
        for one in found
        if one.source and one.source[0] == SOURCE and one.source[1].startswith(f"{run.number}.")
    }
