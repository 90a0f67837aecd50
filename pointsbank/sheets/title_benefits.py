"""The letter of benefits (礼遇证明) of a title: A4, what its holder is offered and until when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import BinaryIO

from sqlmodel import Session

from pointsbank import titles, villages
from pointsbank.dates import day_in_words, day_of
from pointsbank.printing import BOLD, GREY, HAIR, INK, FontSet, Paper, Passage, wrapped
from pointsbank.schemas.fields import Text
from pointsbank.schemas.options import OneOf, Options
from pointsbank.sheets.base import Sheet, SheetValue, draw_seal
from pointsbank.sheets.title_certificate import address_of, choices, chosen, draw_code, draw_greeting
from pointsbank.staff import Permission
from pointsbank.text import Replaceable

_WIDTH, _HEIGHT = 210.0, 297.0
_MARGIN = 27.0
_WIDE = _WIDTH - 2 * _MARGIN
_ROW, _TOP, _SEAL = 9.0, 24.0, 218.0
_UNTIL = _MARGIN + 92


class Words(StrEnum):
    """Fixed wording of the letter."""

    TITLE = "礼遇证明"
    LOAN = "信用贷款推荐信"
    NUMBER = "编号：{village}称号第{number}号"
    CERTIFIED = "{day}被授予“{title}”，现在有效，特此证明。"
    OFFERED = "按村里的称号办法，请给予下列礼遇："
    LENT = "这一户守信用、讲诚信，请在办理小额信用贷款时作为参考。本信只说明称号，不是担保。"
    WHAT = "礼遇"
    UNTIL = "期限"
    STATE = "给了没有"
    GIVEN = "已给"
    NOT_YET = "没有登记"
    NOT_GIVEN = "没有给"
    NONE = "称号办法里没有写礼遇。"
    ISSUER = "{village}村民委员会"
    SCAN = "扫码看称号现在有没有效"
    WHOSE = "{name}（户号{code}）"
    KEPT = "交本人使用，不张贴。"


@dataclass(frozen=True, slots=True)
class BenefitLine:
    """One benefit, until when, and whether it was given."""

    what: str
    until: str
    state: str


@dataclass(frozen=True, slots=True)
class BenefitLetter(SheetValue):
    """What the letter says; for the hand of who has the title."""

    title_id: str
    number: int
    heading: str
    numbered: str
    to: str
    who: Replaceable
    certified: str
    asked: str
    lines: tuple[BenefitLine, ...]
    issuer: str
    day: str
    content: str

    @property
    def description(self) -> str:
        """Which sheet it is; whose it is stands on the paper only."""
        return self.heading

    @property
    def file_label(self) -> str:
        """The number of the title."""
        return str(self.number)

    @property
    def facts(self) -> dict[str, object]:
        """Which title it is of."""
        return {"title": self.title_id}


class BenefitOptions(Options):
    """Which title, and to whom a loan letter goes."""

    title = OneOf(
        choices, blank="最近授的一个", load_default=None, label="称号", note="哪个称号；默认最近授的一个"
    )
    bank = Text(
        maximum=30,
        load_default=None,
        label="贷款推荐信写给",
        note="写了银行或信用社的名称，就打印成信用贷款推荐信",
    )


def gather(
    session: Session,
    *,
    village: str,
    by: str,
    at: datetime,
    public_url: str,
    title: str | None = None,
    bank: str | None = None,
) -> BenefitLetter:
    """Return the letter of one title that stands, the latest unless one is named.

    Raises what `chosen` raises.
    """
    one = chosen(session, village, title)
    today = day_of(at)
    name = villages.get(session, village).name
    code = one.participant.code
    whose = Words.WHOSE.format(name=titles.name_in_hand(one), code=code)
    given_on = day_in_words(one.given_on or today)
    words = {True: Words.GIVEN, False: Words.NOT_GIVEN, None: Words.NOT_YET}
    own = titles.benefits_of(session, [one], village=village)[one.id]
    return BenefitLetter(
        title_id=one.id,
        number=one.number,
        heading=Words.LOAN if bank else Words.TITLE,
        numbered=Words.NUMBER.format(village=name, number=one.number),
        to=f"{bank}：" if bank else "",
        who=Replaceable(whose, f"户号{code}"),
        certified=Words.CERTIFIED.format(day=given_on, title=one.kind.name),
        asked=Words.LENT if bank else Words.OFFERED if own else Words.NONE,
        lines=()
        if bank
        else tuple(BenefitLine(each.benefit.words, each.until, words[each.given]) for each in own),
        issuer=Words.ISSUER.format(village=name),
        day=day_in_words(today),
        content=address_of(one, village=village, public_url=public_url),
    )


def draw(value: BenefitLetter, case: FontSet, out: BinaryIO) -> int:
    """Write the letter: one page, and another where long benefits need one."""
    paper = Paper(out, case, width=_WIDTH, height=_HEIGHT, title=f"{value.heading} {value.number}")
    paper.text(_WIDTH / 2, 48, value.heading, size=30, weight=BOLD, align=0.5, spread=6, fit=_WIDE)
    paper.text(_WIDTH / 2, 59, value.numbered, size=12, ink=GREY, align=0.5, fit=_WIDE)
    y = 74.0
    if value.to:
        paper.text(_MARGIN, y + 2, value.to, size=16, weight=BOLD, fit=_WIDE)
        y += 10
    draw_greeting(paper, value.who, x=_MARGIN, base=y + 6, wide=_WIDE, size=18)
    y += 11
    y = Passage(case, value.certified, width=_WIDE, size=16, leading=1.6).draw(paper, _MARGIN, y)
    y = Passage(case, value.asked, width=_WIDE, size=16, leading=1.6).draw(paper, _MARGIN, y + 3)
    pages = _draw_lines(paper, value.lines, y + 5) if value.lines else 1
    _draw_close(paper, value)
    paper.turn()
    paper.finish()
    return pages


def _draw_lines(paper: Paper, lines: Sequence[BenefitLine], top: float) -> int:
    """Draw the benefits above the seal; return how many pages there are so far."""
    y, pages = _draw_labels(paper, top), 1
    for one in lines:
        words = wrapped(paper.case, one.what, width=_UNTIL - _MARGIN - 4, size=13)
        high = _ROW if words is None else max(_ROW, words.height + 4)
        if y + high > _SEAL:
            paper.turn()
            y, pages = _draw_labels(paper, _TOP), pages + 1
        if words is None:
            paper.text(_MARGIN, y + 6, one.what, size=13, fit=_UNTIL - _MARGIN - 4)
        else:
            words.draw(paper, _MARGIN, y + 1.5)
        paper.text(_UNTIL, y + 6, one.until, size=12, fit=42)
        paper.text(_WIDTH - _MARGIN, y + 6, one.state, size=12, align=1)
        y += high
        paper.line(_MARGIN, y, _WIDTH - _MARGIN, y, ink=HAIR, thickness=0.25)
    return pages


def _draw_labels(paper: Paper, top: float) -> float:
    """Draw what stands in which column; return where the benefits begin, in mm."""
    paper.text(_MARGIN, top + 4, Words.WHAT, size=11, ink=GREY)
    paper.text(_UNTIL, top + 4, Words.UNTIL, size=11, ink=GREY)
    paper.text(_WIDTH - _MARGIN, top + 4, Words.STATE, size=11, ink=GREY, align=1)
    paper.line(_MARGIN, top + 6.5, _WIDTH - _MARGIN, top + 6.5, ink=INK, thickness=0.4)
    return top + 6.5


def _draw_close(paper: Paper, value: BenefitLetter) -> None:
    """Draw code, seal place, issuer and day."""
    right = _WIDTH - _MARGIN - 30
    draw_seal(paper, right, 228, radius=18, thickness=0.25, size=10)
    paper.text(right, 241, value.issuer, size=14, align=0.5, fit=70)
    paper.text(right, 257, value.day, size=13, align=0.5)
    draw_code(paper, _MARGIN + 2, 232, 26, value.content)
    paper.text(_MARGIN, 267, Words.SCAN, size=10, ink=GREY)
    paper.text(_MARGIN, 283, Words.KEPT, size=10, ink=GREY)


def example(households: int) -> BenefitLetter:
    """Return the letter of one household, whatever the size of the village."""
    return BenefitLetter(
        title_id="",
        number=12,
        heading=Words.TITLE,
        numbered=Words.NUMBER.format(village="茶源村", number=12),
        to="",
        who=Replaceable(Words.WHOSE.format(name="欧阳犇", code="0302"), "户号0302"),
        certified=Words.CERTIFIED.format(day="2026年10月1日", title="十星级文明户"),
        asked=Words.OFFERED,
        lines=(
            BenefitLine("免费体检一次", "到2027年10月1日", Words.GIVEN),
            BenefitLine("集市摊位优先", "称号在就有", Words.NOT_YET),
        ),
        issuer=Words.ISSUER.format(village="茶源村"),
        day="2026年10月8日",
        content="https://jf.example.cn/open/chayuan/titles/t6zk3v2n5x4b6m2j",
    )


SHEET = Sheet(
    name="title_benefits",
    title="礼遇证明",
    about="A4：有什么礼遇、到哪天、给了没有；写了银行的，就是信用贷款推荐信。",
    permission=Permission.BOARD_VIEW,
    options=BenefitOptions,
    words=Words,
    gather=gather,
    draw=draw,
    example=example,
    caution="上面是全名，交给本人，不要张贴。",
    seconds=0.3,
)
