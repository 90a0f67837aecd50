"""The door plate of a title: A5 landscape, gold on red, its code says whether it stands; no name on it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import BinaryIO

from sqlmodel import Session

from pointsbank import law, titles, villages
from pointsbank.law import Cleared, Use
from pointsbank.printing import BOLD, BRIGHT, DEEP, FontSet, Paper
from pointsbank.schemas.options import OneOf, Options
from pointsbank.sheets.base import Sheet, SheetValue, place_name
from pointsbank.sheets.title_certificate import address_of, choices, chosen, draw_code
from pointsbank.staff import Permission
from pointsbank.titles import Title

_WIDTH, _HEIGHT = 210.0, 148.0
_MARGIN, _CODE = 20.0, 32.0


class Words(StrEnum):
    """Fixed wording of the plate."""

    NUMBER = "第{number}号"
    ISSUER = "{village}村民委员会"
    SCAN = "扫码查有效"


@dataclass(frozen=True, slots=True)
class Plate(SheetValue):
    """One plate: what the title is called, and nobody's name."""

    plates: tuple["OnePlate", ...]

    @property
    def description(self) -> str:
        """How many plates."""
        return f"{len(self.plates)}块门牌"

    @property
    def facts(self) -> dict[str, object]:
        """How many plates."""
        return {"plates": len(self.plates)}


@dataclass(frozen=True, slots=True)
class OnePlate:
    """What stands on one plate."""

    title: Cleared
    number: str
    issuer: Cleared
    content: str


class PlateOptions(Options):
    """Which title."""

    title = OneOf(
        choices, blank="所有挂牌的", load_default=None, label="称号", note="哪个称号；默认所有挂牌的"
    )


def gather(
    session: Session, *, village: str, by: str, at: datetime, public_url: str, title: str | None = None
) -> Plate:
    """Return the plate of one title that stands, or of all of them.

    Raises what `chosen` raises.
    """
    # Of none that stands the refusal says what to do.
    one = chosen(session, village, title)
    found = [one] if title is not None else titles.titles(session, village=village, states=("standing",))
    issuer = place_name(Words.ISSUER.format(village=villages.get(session, village).name))
    namer = titles.Namer.of(session, village=village, at=at)
    return Plate(
        tuple(
            _plate(namer, each, issuer, address_of(each, village=village, public_url=public_url))
            for each in found
        )
    )


def _plate(namer: titles.Namer, one: Title, issuer: Cleared, content: str) -> OnePlate:
    """Return what stands on the plate of one title."""
    return OnePlate(
        title=namer.cleared(one.kind.name, Use.HEADING),
        number=Words.NUMBER.format(number=one.number),
        issuer=issuer,
        content=content,
    )


def draw(value: Plate, case: FontSet, out: BinaryIO) -> int:
    """Write the plates, one a page."""
    paper = Paper(out, case, width=_WIDTH, height=_HEIGHT, title=value.description)
    for one in value.plates:
        _draw_one(paper, one)
        paper.turn()
    paper.finish()
    return len(value.plates)


def _draw_one(paper: Paper, one: OnePlate) -> None:
    """Draw one plate."""
    paper.box(5, 5, _WIDTH - 10, _HEIGHT - 10, DEEP, radius=4)
    left, top, right, bottom = 10.0, 10.0, _WIDTH - 10, _HEIGHT - 10
    ends = [
        *((left, top, right, top), (right, top, right, bottom)),
        *((right, bottom, left, bottom), (left, bottom, left, top)),
    ]
    paper.lines(ends, ink=BRIGHT, thickness=0.9)
    wide = _WIDTH - 2 * _MARGIN
    paper.text(_WIDTH / 2, 66, one.title, size=92, weight=BOLD, ink=BRIGHT, align=0.5, fit=wide)
    paper.line(_MARGIN, 82, _WIDTH - _MARGIN, 82, ink=BRIGHT, thickness=0.5)
    paper.text(_MARGIN, 108, one.issuer, size=26, weight=BOLD, ink=BRIGHT, fit=wide - _CODE - 14)
    after = paper.text(_MARGIN, 124, one.number, size=20, ink=BRIGHT)
    paper.text(_MARGIN + max(after + 6, 34), 124, Words.SCAN, size=14, ink=BRIGHT)
    draw_code(paper, _WIDTH - _MARGIN - _CODE - 2, 96, _CODE, one.content)


def example(households: int) -> Plate:
    """Return a few plates, whatever the size of the village."""
    issuer = place_name(Words.ISSUER.format(village="茶源村"))
    names = ("十星级文明户", "清洁户", "五美庭院")
    return Plate(
        tuple(
            OnePlate(
                law.clear(name, Use.HEADING),
                Words.NUMBER.format(number=number),
                issuer,
                f"https://jf.example.cn/open/chayuan/titles/t6zk3v2n5x4b6m{number}j",
            )
            for number, name in enumerate(names, start=2)
        )
    )


SHEET = Sheet(
    name="title_plate",
    title="称号门牌",
    about="A5 横放，红底金字，没有姓名；扫码看称号现在有没有效。",
    permission=Permission.BOARD_VIEW,
    options=PlateOptions,
    words=Words,
    gather=gather,
    draw=draw,
    example=example,
    caution="摘牌以后请把门牌收回；二维码会显示已经不在。",
    seconds=0.4,
    read_from=1.0,
)
