"""What stands between a month and its close, line by line, and what the close will fix for good."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from pointsbank import boards, scoring, villages
from pointsbank.boards import Listing
from pointsbank.dates import day_in_words, day_of, month_in_words, next_month, parse_month
from pointsbank.labels.board import BOARD
from pointsbank.points import Points, show
from pointsbank.proof.turn import turn

_NAMED = 3
"""Of so many households the checklist says the names."""

DONE, OPEN, HEED = "done", "open", "heed"
"""States of a line: over; must be done first; may stay so, and whoever closes the month has read it."""


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the checklist.

    Attributes:
        code: what it is about, e.g. `open_meeting`; never changed.
        state: DONE, OPEN or HEED.
        subject: id or month of what it is about; empty where it is about several.
    """

    code: str
    state: str
    sentence: str
    subject: str = ""


@dataclass(frozen=True, slots=True)
class MonthAhead:
    """What closing a month would fix: its checklist, how many have a place, and what it comes to.

    Attributes:
        participants: how many get a place.
        honour, plus, minus: of all of them together; `minus` >= 0 is what was taken off.
        red, black: how many the poster names; `black` is None where the village has no black board.
        late: the month in which a score counts that comes later.
    """

    month: str
    checks: tuple[Check, ...]
    participants: int
    honour: Points
    plus: Points
    minus: Points
    red: int
    black: int | None
    late: str

    @property
    def is_due(self) -> bool:
        """Whether nothing must be done first."""
        return all(one.state != OPEN for one in self.checks)

    @property
    def heeds(self) -> tuple[Check, ...]:
        """The lines that may stay as they are, once somebody has read them."""
        return tuple(one for one in self.checks if one.state == HEED)


def month_ahead(session: Session, *, village: str, month: str, at: datetime) -> MonthAhead:
    """Return what closing a month would fix, and what must be done before.

    Raises:
        MonthInvalid: `month` is not YYYY-MM.

    Example:
        proof.month_ahead(session, village="cy", month="2026-10", at=now).is_due  # True
    """
    parse_month(month)
    board = boards.board(session, village=village, month=month, at=at)
    checks = (
        *_in_turn(session, village, month, at),
        *_scores(session, village, month),
        *_proposals(board.listings, boards.black_board_resolution(session, village=village) is not None),
        _poster(len(board.red)),
        *_changed(board.red),
    )
    return MonthAhead(
        month,
        checks,
        participants=len(board.standing),
        honour=Points(sum(one.honour for one in board.standing)),
        plus=Points(sum(one.plus for one in board.standing)),
        minus=Points(sum(one.minus for one in board.standing)),
        red=len(board.red),
        black=None if board.black is None else len(board.black),
        late=next_month(month),
    )


def _in_turn(session: Session, village: str, month: str, at: datetime) -> list[Check]:
    """Return whether the month is over, and the ones before it closed."""
    stands = turn(villages.closed_months(session, village=village), month, day_of(at))
    name = month_in_words(month)
    if stands.is_closed:
        return [Check("closed", OPEN, f"{name}已经月结，不用再办。", month)]
    in_turn = (
        Check("turn", DONE, "以前的月份都已月结。")
        if month == stands.due
        else Check("turn", OPEN, f"请先月结{month_in_words(stands.due)}。", stands.due)
    )
    last = f"今天是{name}的最后一天，可以月结；今天再录入的，计入以后的月份。"
    over = (
        Check("over", DONE, last if day_of(at) == stands.over_on else f"{name}已经过完。")
        if stands.is_over
        else Check("over", OPEN, f"{name}还没有过完，{day_in_words(stands.over_on)}起可以月结。", month)
    )
    return [in_turn, over]


def _scores(session: Session, village: str, month: str) -> list[Check]:
    """Return what of the month's scores is unfinished, and what waits for an answer."""
    pending = scoring.pending_items(session, village=village, month=month)
    checks = [Check(one.code, OPEN, one.sentence, one.meeting) for one in pending]
    if not checks:
        checks.append(Check("scores", DONE, "评议会都已结束，公示期满的都已入账。"))
    contested = scoring.contested_in(session, village=village, month=month)
    if contested:
        sentence = f"有{contested}条评分有异议、还没有答复：答复后不再计入这个月，计入以后的月份，注明补录。"
        return [*checks, Check("contested", HEED, sentence)]
    return [*checks, Check("contested", DONE, "没有等待答复的异议。")]


def _proposals(listings: tuple[Listing, ...], has_black: bool) -> list[Check]:
    """Return, for each board, how many proposals nobody has voted on."""
    checks = []
    for board in ("red", "black") if has_black else ("red",):
        waiting = [one for one in listings if one.board == board and one.status == "proposed"]
        name, code = BOARD.name(board), f"{board}_votes"
        if not waiting:
            checks.append(Check(code, DONE, f"{name}的提名都已表决。"))
            continue
        subject = waiting[0].id if len(waiting) == 1 else ""
        sentence = f"{name}有{len(waiting)}户提名还没有表决，不会印在海报上。"
        checks.append(Check(code, HEED, sentence, subject))
    return checks


def _poster(red: int) -> Check:
    """Return whether the poster praises anybody."""
    if red:
        return Check("red_board", DONE, f"红榜上有{red}户。")
    return Check("red_board", HEED, "红榜上一户也没有，海报上的红榜会是空的。")


def _changed(red: tuple[Listing, ...]) -> list[Check]:
    """Return that some were praised for what a correction has changed since; nothing where none were."""
    changed = [one for one in red if one.has_changed]
    if not changed:
        return []
    named = "、".join(
        f"{one.participant.name}（{one.participant.code}）现在荣誉{show(one.honour or Points(0))}"
        for one in changed[:_NAMED]
    )
    more = "等" if len(changed) > _NAMED else ""
    sentence = (
        f"红榜上有{len(changed)}户的荣誉积分在提名以后变了：{named}{more}。"
        "海报印现在的；不该再上榜的请先撤下。"
    )
    return [Check("red_changed", HEED, sentence, changed[0].id if len(changed) == 1 else "")]
