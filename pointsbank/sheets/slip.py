"""The slip of a household (对账条): 58 or 80 mm wide; what it has, its last entries, what hangs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from functools import partial
from typing import BinaryIO

from sqlmodel import Session

from pointsbank import boards, dates, grades, ledger, market, publicity, roster, staff, villages, year_end
from pointsbank.errors import Invalid
from pointsbank.labels.transaction_kind import TRANSACTION_KIND
from pointsbank.ledger import StatementLine
from pointsbank.points import Points, show
from pointsbank.printing import BOLD, FontSet, Slip, draw_roll
from pointsbank.schemas.fields import Choice
from pointsbank.schemas.options import Households, Options
from pointsbank.sheets.base import CommonWords, Sheet, SheetValue
from pointsbank.staff import Permission
from pointsbank.text import Replaceable

LATEST = 10
"""Entries on a slip: the file has all, and a statement as a list."""


class Words(StrEnum):
    """Fixed wording of a slip."""

    TITLE = "积分对账条"
    HOUSEHOLD = "户主"
    PRINTED = "打印"
    POINTS = "可用积分"
    HONOUR = "荣誉积分"
    ENTRIES = "最近{count}笔"
    NO_ENTRIES = "还没有明细"
    BALANCE = "余{balance}"
    HANGING = "公示中"
    UNTIL = "最迟{day}提异议"
    OVER = "公示期满，等入账"
    CONTESTED = "有异议，最迟{day}答复"
    UNHUNG = "还没有张贴"
    ERASED = "内容已依法删除"
    HOURS = "开放时间"
    NOTE = "有不对的当面说，或打电话；提异议不扣分。"
    OF = "户号{code}"


class OneHousehold(Invalid):
    """A slip is one household's, for its own hand."""

    code = "slip_of_one"
    sentence = "对账条一次打印一户，请只填一户。"
    at = ("participant",)


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the statement: what for, on which day, how much (signed), and what was left."""

    title: str
    day: str
    amount: str
    balance: str


@dataclass(frozen=True, slots=True)
class Hanging:
    """An entry in notice: what for, how much, and until when somebody may object."""

    title: str
    amount: str
    until: str


@dataclass(frozen=True, slots=True)
class HouseholdSlip(SheetValue):
    """What a household takes home from the counter; `participant` (id) stands nowhere on it."""

    village: str
    household: Replaceable
    code: str
    printed: str
    points: Points
    honour: Points
    entries: tuple[Entry, ...]
    hanging: tuple[Hanging, ...]
    hours: str
    phone: str
    width: int
    participant: str = ""
    year_end: tuple[str, ...] = ()
    grades: tuple[str, ...] = ()

    @property
    def description(self) -> str:
        """That it is a slip; whose it is stands on the paper only."""
        return "对账条"

    @property
    def file_label(self) -> str:
        """The width of its paper: whose it is, a file's name does not say."""
        return str(self.width)

    @property
    def roll_width(self) -> int:
        """As chosen."""
        return self.width


class SlipOptions(Options):
    """Whose, on which paper."""

    participant = Households(required=True, label="哪一户", note="一次一户，交给这一户自己")
    width = Choice("58", "80", load_default="58", label="纸宽", note="小票纸宽，毫米")


def gather(
    session: Session,
    *,
    village: str,
    by: str,
    at: datetime,
    public_url: str,
    participant: Sequence[str],
    width: str = "58",
) -> HouseholdSlip:
    """Return the slip of one household, with its full name: it is theirs.

    Raises:
        OneHousehold: several are named.
        ParticipantUnknown: there is no such household.
        TableUnknown, GradePeriodInvalid, PeriodNotGraded: never of the village's own tables.
    """
    if len(participant) != 1:
        raise OneHousehold()
    who = roster.by_code(session, village=village, code=participant[0])
    balance = ledger.balance(session, village=village, participant=who.id)
    page = ledger.statement(session, village=village, participant=who.id, limit=LATEST)
    waiting = publicity.under_way(session, village=village, participant=who.id)
    left = boards.who_left(session, village=village)
    graded = grades.settled_grades(session, village=village, participant=who.id, left=left, at=at)
    reminder = year_end.own_reminder(session, village=village, participant=who.id, at=at)
    return HouseholdSlip(
        village=villages.get(session, village).name,
        household=Replaceable(f"{who.name}（{who.code}）", Words.OF.format(code=who.code)),
        code=who.code,
        printed=dates.moment_in_words(at),
        points=balance.points,
        honour=balance.honour,
        entries=tuple(_entry(line, dates.day_of(at)) for line in page.lines),
        hanging=tuple(_hanging(one, dates.day_of(at)) for one in waiting if one.notice),
        hours=market.hours_in_words(market.opening_hours(session, village=village)),
        phone=villages.settings(session, village=village).contact_phone,
        width=int(width),
        participant=who.id,
        year_end=reminder.in_words if reminder else (),
        grades=tuple(one.in_words for one in graded),
    )


def _entry(line: StatementLine, today: date) -> Entry:
    kind = TRANSACTION_KIND.name(line.kind)
    words = None if line.words is None else line.words.get("title") or line.words.get("item") or kind
    title = Words.ERASED if words is None else words
    return Entry(
        title=str(title),
        day=dates.day_in_short(line.occurred_on, today),
        amount=_signed(line.amount),
        balance=Words.BALANCE.format(balance=show(line.balance)),
    )


def _hanging(one: publicity.UnderWay, today: date) -> Hanging:
    """What hangs, and what becomes of it next: an answer, the last day to object, or its entering."""
    ends_on = one.notice.ends_on if one.notice else None
    until = str(Words.UNHUNG)
    if one.objection:
        until = Words.CONTESTED.format(day=dates.day_in_short(one.objection.due_on, today))
    elif ends_on and today <= ends_on:
        until = Words.UNTIL.format(day=dates.day_in_short(ends_on, today))
    elif ends_on:
        until = str(Words.OVER)
    return Hanging(one.score.title, _signed(one.score.counted_points), until)


def _signed(amount: Points) -> str:
    return ("+" if amount > 0 else "") + show(amount).replace("-", "−")


def finish(session: Session, slip: HouseholdSlip, *, village: str, by: str, at: datetime) -> None:
    """Write down that the household's file was opened: the paper says what stands in it."""
    staff.log_access(session, village=village, participant=slip.participant, by=by, at=at)


def draw(slip: HouseholdSlip, case: FontSet, out: BinaryIO) -> int:
    """Write the slip on one page, as long as its parts."""
    return draw_roll(partial(put, slip), case, out, width=slip.width, title=Words.TITLE)


def put(slip: HouseholdSlip, roll: Slip) -> None:
    """Put what a household takes home on the slip."""
    roll.middle(slip.village, 1.45, BOLD)
    roll.middle(Words.TITLE, 1.15)
    roll.rule()
    roll.pair(Words.HOUSEHOLD, slip.household)
    roll.pair(Words.PRINTED, slip.printed)
    roll.rule()
    roll.pair(Words.POINTS, show(slip.points), 1.6)
    roll.pair(Words.HONOUR, show(slip.honour), 1.2)
    roll.rule()
    for sentence in slip.grades:
        roll.passage(sentence)
    if slip.grades:
        roll.rule()
    for sentence in slip.year_end:
        roll.passage(sentence, BOLD)
    if slip.year_end:
        roll.rule()
    if slip.entries:
        roll.passage(Words.ENTRIES.format(count=len(slip.entries)), BOLD)
        for entry in slip.entries:
            # The deed on its own lines, then day, balance and amount: a narrow slip has no room for columns.
            roll.passage(entry.title)
            roll.pair(f"{entry.day} {entry.balance}", entry.amount, 1.05)
            roll.space()
    else:
        roll.passage(Words.NO_ENTRIES)
    if slip.hanging:
        roll.rule()
        roll.passage(Words.HANGING, BOLD)
        for one in slip.hanging:
            roll.passage(one.title)
            roll.pair(one.until, one.amount, 1.05)
            roll.space()
    roll.rule()
    if slip.hours:
        roll.passage(f"{Words.HOURS}：{slip.hours}")
    if slip.phone:
        roll.pair(CommonWords.PHONE, slip.phone)
    roll.passage(Words.NOTE)


def example(households: int) -> HouseholdSlip:
    """Return the slip of a household with ten entries and one in notice, whatever the size of the village."""
    entry = Entry("参加村里组织的义务劳动", "9月3日", "+2", "余51.25")
    return HouseholdSlip(
        village="茶源村",
        household=Replaceable("王*国（0101）", "户号0101"),
        code="0101",
        printed=dates.moment_in_words(datetime(2026, 9, 3, 2, 25, tzinfo=UTC)),
        points=Points(5125),
        honour=Points(9000),
        entries=(entry,) * LATEST,
        hanging=(Hanging("垃圾分类不到位", "-1", "最迟9月9日提异议"),),
        hours="周五08:30-11:30",
        phone="0731-1234567",
        width=58,
        year_end=("您家的51.25分到2027年1月10日清零，要换东西的请在那以前换。",),
        grades=("星级文明户2026年第二季度：四星",),
    )


SHEET = Sheet(
    name="slip",
    title="对账条",
    about="58或80毫米热敏纸，一户一张：积分、最近十笔、公示中的。",
    permission=Permission.RECEPTION,
    options=SlipOptions,
    words=Words,
    gather=gather,
    draw=draw,
    put=put,
    example=example,
    writes=True,
    finish=finish,
    seconds=0.3,
)
