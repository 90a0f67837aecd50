"""The letter to a household proposed for the black board (告知书): A4, with the slip of its delivery."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import BinaryIO

from reportlab.lib.units import mm
from sqlmodel import Session

from pointsbank import boards, helping, villages
from pointsbank.boards import Listing
from pointsbank.dates import day_in_words, month_in_words
from pointsbank.errors import Refused
from pointsbank.labels.handed_to import HANDED_TO
from pointsbank.printing import BOLD, GREY, HAIR, INK, FontSet, Paper, Passage
from pointsbank.schemas.options import OneOf, Options
from pointsbank.sheets.base import Sheet, SheetValue, draw_seal
from pointsbank.staff import Permission
from pointsbank.text import Replaceable

_WIDTH, _HEIGHT = 210.0, 297.0
_MARGIN = 25.0
_RIGHT = _WIDTH - _MARGIN
_WIDE = _RIGHT - _MARGIN
_LABEL = 30.0
_SIZES = 13.5, 12.5, 11.5, 10.5, 9.5, 9.0
_ROWS_END = 168.0
_SLIP = 212.0
"""Where the slip begins that goes back to the village, in mm."""


class Words(StrEnum):
    """Fixed wording of the letter."""

    TITLE = "黑榜提名告知书"
    WHOSE = "{name}（户号{code}{group}）："
    FIRST = "评议小组提名您家上{month}黑榜。现在还没有上榜。您家有不同意见，可以提异议。"
    WHAT = "什么事"
    RULE = "依据"
    ON_SCORE = "{rule}（扣分记录）"
    ON_FACT = "{rule}（{day}看到）"
    HOW = "怎么提"
    BY_WORD = "口头、书面都可以，到村委会说给任何一位工作人员登记{phone}。不收钱，不扣分。"
    PHONE = "，或打电话{phone}"
    UNTIL = "到哪天"
    FROM_DELIVERY = "从送到那天起，第{days}个工作日以前不表决；表决以后也可以提。提了，书面答复以前不上榜。"
    UNTIL_DAY = "{day}以前不表决；表决以后也可以提。提了，书面答复以前不上榜。"
    PUT_RIGHT = "改好了"
    SAY_SO = "说一声，有人去看，看过就撤，不留痕迹。"
    HELPER = "谁帮您"
    NAMED = "{name}，谈心、劝导、调解都可以找。"
    ANYBODY = "到村委会说一声，请人上门谈心、劝导、调解。"
    LASTS = "上了榜"
    DAYS = "只写事，不写全名；{days}天后自己撤下。"
    GIVEN = "{village}村民委员会"
    YEAR = "年"
    MONTH = "月"
    DATE = "日"
    SLIP = "送达回执（村里留存）"
    SLIP_OF = "{whose} {month}黑榜提名告知书"
    HANDED = "交给："
    WHO = "收的人签字"
    WITNESS = "见证人签字"
    BROUGHT = "送的人签字"


class NothingProposed(Refused):
    """Nobody is proposed for the black board."""

    code = "nothing_proposed"
    sentence = "没有等表决的黑榜提名，不用打印告知书：请先在“红黑榜”里提名。"
    fixed_by = "本人"


@dataclass(frozen=True, slots=True)
class ListingLetter(SheetValue):
    """What a household is told, by whom it is helped, and until when it is heard; for its hand alone."""

    village: str
    listing: str
    code: str
    whose: Replaceable
    month: str
    rows: tuple[tuple[str, Replaceable], ...]
    hands: tuple[str, ...] = tuple(f"□ {words}" for words in HANDED_TO.names.values())

    @property
    def description(self) -> str:
        """Which sheet it is; whose it is stands on the paper only."""
        return "黑榜提名告知书"

    @property
    def file_label(self) -> str:
        """The household's code."""
        return self.code

    @property
    def facts(self) -> dict[str, object]:
        """Which listing it is about."""
        return {"listing": self.listing}


def _proposed(session: Session, village: str) -> list[Listing]:
    every = boards.listings(session, village=village)
    return [one for one in every if one.board == "black" and one.status == "proposed"]


def _choices(session: Session, village: str) -> list[tuple[str, str]]:
    return [
        (one.id, f"{one.participant.code} {one.participant.name} {one.month}")
        for one in _proposed(session, village)
    ]


class LetterOptions(Options):
    """Which proposal."""

    listing = OneOf(
        _choices, blank="第一条", load_default=None, label="提名", note="哪一条黑榜提名；默认第一条"
    )


def gather(
    session: Session, *, village: str, by: str, at: datetime, public_url: str, listing: str | None = None
) -> ListingLetter:
    """Return the letter about one proposal, the first unless one is named.

    Raises:
        NothingProposed: nobody is proposed, or this one is decided.
    """
    waiting = [one for one in _proposed(session, village) if listing in (None, one.id)]
    if not waiting:
        raise NothingProposed()
    found = waiting[0]
    person = found.participant
    group = f"，{person.group}" if person.group else ""
    code = f"户号{person.code}"
    helper = next(
        (one for one in helping.helpers(session, village=village, listing=found.id) if one.outcome is None),
        None,
    )
    return ListingLetter(
        village=villages.get(session, village).name,
        listing=found.id,
        code=person.code,
        whose=Replaceable(Words.WHOSE.format(name=person.name, code=person.code, group=group), code),
        month=month_in_words(found.month),
        rows=_rows(session, found, village, helper.name if helper else ""),
    )


def _rows(session: Session, found: Listing, village: str, helper: str) -> tuple[tuple[str, Replaceable], ...]:
    """Return what is said, line by line, each with what stands for it where a character is missing."""
    basis = boards.basis_of(session, village=village, listing=found.id)
    if basis is not None and basis.seen_on is not None:
        rule = Words.ON_FACT.format(rule=found.rule, day=day_in_words(basis.seen_on))
    else:
        rule = Words.ON_SCORE.format(rule=found.rule)
    until = Words.FROM_DELIVERY.format(days=boards.WORKING_DAYS_NOTIFIED_BEFORE)
    if found.earliest_on is not None:
        until = Words.UNTIL_DAY.format(day=day_in_words(found.earliest_on))
    phone = villages.settings(session, village=village).contact_phone
    return _lines(found.participant.code, found.fact, rule, until, phone, helper, found.days_up or 0)


def _lines(
    code: str, fact: str, rule: str, until: str, phone: str, helper: str, days: int
) -> tuple[tuple[str, Replaceable], ...]:
    called = Words.PHONE.format(phone=phone) if phone else ""
    named = Words.NAMED.format(name=helper) if helper else str(Words.ANYBODY)
    lines: tuple[tuple[str, str], ...] = (
        (Words.WHAT, fact),
        (Words.RULE, rule),
        (Words.HOW, Words.BY_WORD.format(phone=called)),
        (Words.UNTIL, until),
        (Words.HELPER, named),
        (Words.PUT_RIGHT, Words.SAY_SO),
        (Words.LASTS, Words.DAYS.format(days=days)),
    )
    return tuple((label, Replaceable(words, f"户号{code}")) for label, words in lines)


def draw(value: ListingLetter, case: FontSet, out: BinaryIO) -> int:
    """Write the letter and the slip of its delivery: one page."""
    paper = Paper(out, case, width=_WIDTH, height=_HEIGHT, title=f"{Words.TITLE} {value.code}")
    paper.text(_WIDTH / 2, 34, Words.TITLE, size=26, weight=BOLD, align=0.5, fit=_WIDE)
    paper.line(_MARGIN, 41, _RIGHT, 41, ink=INK, thickness=0.5)
    paper.text(_MARGIN, 53, value.whose, size=15, weight=BOLD, fit=_WIDE)
    first = Words.FIRST.format(month=value.month)
    y = Passage(case, first, width=_WIDE, size=_SIZES[0], leading=1.5).draw(paper, _MARGIN, 57) + 3
    for size in _SIZES:
        passages = [
            Passage(case, words, width=_WIDE - _LABEL, size=size, leading=1.4) for _, words in value.rows
        ]
        if y + sum(one.height + 2.0 for one in passages) <= _ROWS_END:
            break
    for (label, _), passage in zip(value.rows, passages, strict=True):
        base = y + size / mm
        paper.text(_MARGIN, base, label, size=size, weight=BOLD, ink=GREY, fit=_LABEL - 3)
        y = passage.draw(paper, _MARGIN + _LABEL, y) + 2.0
    draw_seal(paper, _RIGHT - 20, 172, radius=14, thickness=0.25, size=9.5)
    given = Words.GIVEN.format(village=value.village)
    paper.text(_RIGHT - 40, 184, given, size=12.5, align=1, fit=_WIDE - 45)
    for back, part in ((70, Words.YEAR), (56, Words.MONTH), (42, Words.DATE)):
        paper.text(_RIGHT - back + 2, 193, part, size=12, ink=GREY, align=1)
    _draw_slip(paper, value)
    paper.turn()
    paper.finish()
    return 1


def _draw_slip(paper: Paper, value: ListingLetter) -> None:
    """Draw the slip that stays with the village: into whose hands, and who signs."""
    paper.line(_MARGIN - 10, _SLIP, _RIGHT + 10, _SLIP, ink=HAIR, thickness=0.3)
    paper.text(_MARGIN, _SLIP + 10, Words.SLIP, size=14, weight=BOLD, fit=_WIDE)
    about = Words.SLIP_OF.format(whose=value.whose.rstrip("："), month=value.month)
    paper.text(_MARGIN, _SLIP + 19, about, size=11.5, ink=GREY, fit=_WIDE)
    paper.text(_MARGIN, _SLIP + 29, Words.HANDED, size=12)
    x = _MARGIN + 14
    for hand in value.hands:
        x += paper.text(x, _SLIP + 29, hand, size=11.5) + 6
    third = _WIDE / 3
    for place, words in enumerate((Words.WHO, Words.WITNESS, Words.BROUGHT)):
        left = _MARGIN + place * third
        paper.text(left, _SLIP + 41, words, size=11.5, ink=GREY)
        paper.line(left, _SLIP + 56, left + third - 8, _SLIP + 56, ink=INK, thickness=0.3)
        for back, part in ((26, Words.YEAR), (13, Words.MONTH), (0, Words.DATE)):
            paper.text(left + third - 8 - back, _SLIP + 64, part, size=11, ink=GREY, align=1)


def example(households: int) -> ListingLetter:
    """Return the letter to one household, whatever the size of the village."""
    return ListingLetter(
        village="茶源村",
        listing="",
        code="0101",
        whose=Replaceable(Words.WHOSE.format(name="王建国", code="0101", group="，一组"), "户号0101"),
        month="2026年9月",
        rows=_lines(
            "0101",
            "门前杂物堆放，三次提醒未清理",
            Words.ON_FACT.format(rule="村规民约第8条", day="2026年9月1日"),
            Words.FROM_DELIVERY.format(days=boards.WORKING_DAYS_NOTIFIED_BEFORE),
            "0855-1234567",
            "龙凤泉",
            30,
        ),
    )


SHEET = Sheet(
    name="listing_letter",
    title="黑榜提名告知书",
    about="A4，一条黑榜提名一张：什么事、依据、怎么提异议、到哪天、谁帮；下面是送达回执。",
    permission=Permission.MEETING_VIEW,
    options=LetterOptions,
    words=Words,
    gather=gather,
    draw=draw,
    example=example,
    caution="告知书上有户主全名和事情，送到本户手里，不要张贴。",
    seconds=0.3,
)
