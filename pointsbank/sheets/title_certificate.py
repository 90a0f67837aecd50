"""The certificate (荣誉证书) of a title: A4 landscape, red and gold, for the household's wall."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import BinaryIO

from sqlmodel import Session

from pointsbank import titles, villages
from pointsbank.dates import day_in_words, day_of
from pointsbank.errors import Refused
from pointsbank.printing import (
    BOLD,
    DEEP,
    GOLD,
    GREY,
    QUIET,
    WHITE,
    FontSet,
    Paper,
    Passage,
    draw_ground,
    fitted,
    path,
    size_in,
)
from pointsbank.schemas.options import OneOf, Options
from pointsbank.sheets.base import Sheet, SheetValue, draw_seal
from pointsbank.staff import Permission
from pointsbank.text import Replaceable
from pointsbank.titles import Title

_WIDTH, _HEIGHT = 297.0, 210.0
_MARGIN = 34.0
_WIDE = _WIDTH - 2 * _MARGIN
_LATEST = 200
_CODE = 24.0
_INSET = 6.0
_LONG_NAME = 16.0
"""Points: a name that would be smaller on one line takes two."""


class Words(StrEnum):
    """Fixed wording of the certificate."""

    HEADING = "荣誉证书"
    HOUSEHOLD = "{name}户："
    PERSON = "{name}同志："
    CITED = "经提名、逐条核对、表决和公示，授予"
    ENDING = "以资鼓励。"
    NUMBER = "编号：{village}称号第{number}号"
    ISSUER = "{village}村民委员会"
    SCAN = "扫码看现在有没有效"
    CHOICE = "{who}的{title}，编号{number}"


class NothingStands(Refused):
    """No title stands that could be printed."""

    code = "no_title_stands"
    sentence = "没有挂牌的称号：请在“称号”页提名、核对、表决、公示，授牌以后再打印。"
    fixed_by = "本人"


class TitleDown(Refused):
    """The title does not stand now."""

    code = "title_down"
    sentence = "{who}的“{title}”现在不在挂牌，不能打印。"
    fixed_by = "本人"


@dataclass(frozen=True, slots=True)
class Certificate(SheetValue):
    """What one certificate says; for the hand of who has the title."""

    title_id: str
    number: int
    greeting: Replaceable
    title: str
    numbered: str
    issuer: str
    day: str
    content: str

    @property
    def description(self) -> str:
        """Which sheet it is; whose it is stands on the paper only."""
        return "荣誉证书"

    @property
    def file_label(self) -> str:
        """The number of the title."""
        return str(self.number)

    @property
    def facts(self) -> dict[str, object]:
        """Which title it is of."""
        return {"title": self.title_id}


def choices(session: Session, village: str) -> list[tuple[str, str]]:
    """Return the titles that stand, the latest first.

    Example:
        choices(session, "chayuan")  # [("7qk…", "王建国（0101）的清洁户，编号3")]
    """
    standing = titles.titles(session, village=village, states=("standing",))
    return [
        (one.id, Words.CHOICE.format(number=one.number, who=one.who, title=one.kind.name))
        for one in standing[::-1][:_LATEST]
    ]


def chosen(session: Session, village: str, title: str | None) -> Title:
    """Return the title of this id, or the latest, that stands.

    Raises:
        TitleUnknown: there is none with this id.
        TitleDown: it does not stand.
        NothingStands: none does.
    """
    if title is None:
        standing: Sequence[Title] = titles.titles(session, village=village, states=("standing",))
        if not standing:
            raise NothingStands()
        return standing[-1]
    one = titles.title(session, village=village, title_id=title)
    if one.state != "standing":
        raise TitleDown(who=one.who, title=one.kind.name)
    return one


def greeting(one: Title) -> Replaceable:
    """Return whom it is for, as it begins: 王建国户：."""
    name, instead = titles.name_in_hand(one), f"户号{one.participant.code}："
    if one.participant.kind != "household":
        return Replaceable(f"{name}：", instead)
    return Replaceable((Words.PERSON if one.person else Words.HOUSEHOLD).format(name=name), instead)


def address_of(one: Title, *, village: str, public_url: str) -> str:
    """Return the address in the code: whether this title stands now, without a name."""
    return f"{public_url}/open/{village}/titles/{one.id}"


class CertificateOptions(Options):
    """Which title."""

    title = OneOf(
        choices, blank="最近授的一个", load_default=None, label="称号", note="哪个称号；默认最近授的一个"
    )


def gather(
    session: Session, *, village: str, by: str, at: datetime, public_url: str, title: str | None = None
) -> Certificate:
    """Return the certificate of one title that stands, the latest unless one is named.

    Raises:
        TitleUnknown: there is none with this id.
        TitleDown: it does not stand.
        NothingStands: none does.
    """
    one = chosen(session, village, title)
    name = villages.get(session, village).name
    return Certificate(
        title_id=one.id,
        number=one.number,
        greeting=greeting(one),
        title=one.kind.name,
        numbered=Words.NUMBER.format(village=name, number=one.number),
        issuer=Words.ISSUER.format(village=name),
        day=day_in_words(one.given_on or day_of(at)),
        content=address_of(one, village=village, public_url=public_url),
    )


def draw(value: Certificate, case: FontSet, out: BinaryIO) -> int:
    """Write the certificate: one page."""
    paper = Paper(out, case, width=_WIDTH, height=_HEIGHT, title=f"{Words.HEADING} {value.number}")
    draw_ground(paper, inset=_INSET)
    middle = _WIDTH / 2
    paper.text(middle, 50, Words.HEADING, size=50, weight=BOLD, ink=DEEP, align=0.5, spread=14, fit=_WIDE)
    paper.line(middle - 45, 57, middle + 45, 57, ink=GOLD, thickness=0.8)
    draw_greeting(paper, value.greeting, x=_MARGIN, base=79, wide=_WIDE, size=26)
    Passage(case, Words.CITED, width=_WIDE - 18, size=20).draw(paper, _MARGIN + 18, 87)
    paper.text(middle, 121, value.title, size=54, weight=BOLD, ink=DEEP, align=0.5, fit=_WIDE)
    paper.text(_MARGIN + 18, 139, Words.ENDING, size=20)
    right = _WIDTH - _MARGIN
    draw_seal(paper, right - 32, 140, radius=19, thickness=0.25, size=10)
    paper.text(right - 32, 154, value.issuer, size=17, align=0.5, fit=90)
    paper.text(right - 32, 170, value.day, size=15, align=0.5)
    draw_code(paper, _MARGIN, 151, _CODE, value.content)
    paper.text(_MARGIN + _CODE + 6, 166, Words.SCAN, size=11, ink=GREY)
    paper.text(_MARGIN + _CODE + 6, 172, value.numbered, size=11, ink=GREY, fit=90)
    paper.turn()
    paper.finish()
    return 1


def draw_greeting(paper: Paper, words: str, *, x: float, base: float, wide: float, size: float) -> None:
    """Write whom a letter is for on one line, the baseline at `base`; a long name on two that end there.

    Raises:
        TextTooLong: it does not fit on two lines at nine points.
    """
    if size_in(paper.case, words, width=wide, size=size, weight=BOLD, smallest=_LONG_NAME):
        paper.text(x, base, words, size=size, weight=BOLD, fit=wide)
        return
    high = _LONG_NAME * 2.2 * 25.4 / 72
    lines = fitted(paper.case, words, width=wide, height=high, size=_LONG_NAME, weight=BOLD, leading=1.1)
    lines.draw(paper, x, base + 1 - high)


def draw_code(paper: Paper, x: float, y: float, side: float, content: str) -> None:
    """Draw a code on white with its quiet zone; raises CodeTooLong."""
    drawn = path(content)
    quiet = side / drawn[0] * QUIET
    paper.box(x - quiet, y - quiet, side + 2 * quiet, side + 2 * quiet, WHITE)
    paper.code(x, y, side, drawn)


def example(households: int) -> Certificate:
    """Return the certificate of one household, whatever the size of the village."""
    return Certificate(
        title_id="",
        number=12,
        greeting=Replaceable(Words.HOUSEHOLD.format(name="买买提·艾力"), "户号0201："),
        title="十星级文明户",
        numbered=Words.NUMBER.format(village="茶源村", number=12),
        issuer=Words.ISSUER.format(village="茶源村"),
        day="2026年10月1日",
        content="https://jf.example.cn/open/chayuan/titles/t6zk3v2n5x4b6m2j",
    )


SHEET = Sheet(
    name="title_certificate",
    title="荣誉证书",
    about="A4 横放，红框烫金样式：授予谁什么称号，落款盖章，二维码查有没有效。",
    permission=Permission.BOARD_VIEW,
    options=CertificateOptions,
    words=Words,
    gather=gather,
    draw=draw,
    example=example,
    caution="证书上是全名，交给本人；挂不挂由本人定。",
    seconds=0.3,
    read_from=1.0,
)
