"""The paper that a warning was wrong (更正声明): A4 or A3, hung where it hung; repeats nothing."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import BinaryIO

from sqlmodel import Session

from pointsbank import boards, publicity, villages
from pointsbank.dates import day_in_words, month_in_words
from pointsbank.errors import Refused
from pointsbank.law import Cleared
from pointsbank.printing import BOLD, GREY, INK, REGULAR, FontSet, Paper, Passage
from pointsbank.publicity import PublicName
from pointsbank.schemas.fields import Choice
from pointsbank.schemas.options import OneOf, Options
from pointsbank.sheets.base import CommonWords, Sheet, SheetValue, draw_seal, example_names, place_name
from pointsbank.staff import Permission

_WIDTH, _HEIGHT = 210.0, 297.0
_MARGIN = 28.0
_WIDE = _WIDTH - 2 * _MARGIN
_LARGER = 2**0.5
_SIZES = (25.0, 22.0, 19.5, 17.5)
"""Points of the sentences on A4; the last is that of a long name on the board that hung there."""
"""A3 is A4 so many times."""


class Words(StrEnum):
    """Fixed wording of the paper."""

    TITLE = "更正声明"
    WRONG = "这里张贴过{month}黑榜，上面有“{name}”一条。"
    OF_GROUP = "这里张贴过{month}黑榜，上面有“{name}”（{group}）一条。"
    FOUND = "经核实，这一条有误，已于{day}撤下，不算数。"
    APOLOGY = "特此更正，消除影响，并向这一户道歉。"


class NothingWrong(Refused):
    """No warning was found wrong."""

    code = "no_wrong_listing"
    sentence = "没有查明有误的黑榜，不用打印更正声明。"
    fixed_by = "本人"


@dataclass(frozen=True, slots=True)
class ListingCorrection(SheetValue):
    """What hangs: under which name the warning hung, of which month, and since when it is off."""

    village: Cleared
    name: PublicName
    group: Cleared
    month: str
    ended_on: date
    on_a3: bool = False

    @property
    def description(self) -> str:
        """Which sheet it is; whose it is stands on the paper only."""
        return "更正声明"

    @property
    def file_label(self) -> str:
        """The month."""
        return self.month


def _choices(session: Session, village: str) -> list[tuple[str, str]]:
    return [
        (one.id, f"{one.participant.code} {one.participant.name} {one.month}")
        for one in boards.wrong_warnings(session, village=village)
    ]


class CorrectionOptions(Options):
    """Which wrong listing, on which paper."""

    listing = OneOf(
        _choices, blank="第一条", load_default=None, label="哪一条", note="哪一条有误的黑榜；默认第一条"
    )
    paper = Choice("A4", "A3", load_default="A4", label="纸张", note="和原来贴的一样大；更大的放大打印")


def gather(
    session: Session,
    *,
    village: str,
    by: str,
    at: datetime,
    public_url: str,
    listing: str | None = None,
    paper: str = "A4",
) -> ListingCorrection:
    """Return the paper about one wrong listing, the first unless one is named.

    Raises:
        NothingWrong: no warning was found wrong.
        ListingUnknown: there is no such listing.
        ListingNotWrong: nobody found it wrong.
        CorrectionDeclined: the household would rather that nothing hangs.
    """
    if listing is None:
        wrong = boards.wrong_warnings(session, village=village)
        if not wrong:
            raise NothingWrong()
        listing = wrong[0].id
    found = publicity.public_listing_correction(session, village=village, listing=listing)
    return ListingCorrection(
        village=place_name(CommonWords.COMMITTEE.format(village=villages.get(session, village).name)),
        name=found.name,
        group=found.group,
        month=found.month,
        ended_on=found.ended_on,
        on_a3=paper == "A3",
    )


def draw(value: ListingCorrection, case: FontSet, out: BinaryIO) -> int:
    """Write it, large enough to be read where the warning was read: one page."""
    scale = _LARGER if value.on_a3 else 1.0
    width, height, margin, wide = (each * scale for each in (_WIDTH, _HEIGHT, _MARGIN, _WIDE))
    paper = Paper(out, case, width=width, height=height, title=f"{Words.TITLE} {value.month}")
    title = 48 * scale
    paper.text(width / 2, 62 * scale, Words.TITLE, size=title, weight=BOLD, align=0.5, fit=wide)
    paper.line(margin, 74 * scale, width - margin, 74 * scale, ink=INK, thickness=0.6)
    y = 90 * scale
    sentence = Words.OF_GROUP if value.group else Words.WRONG
    hung = sentence.format(month=month_in_words(value.month), group=value.group, name=value.name)
    found = Words.FOUND.format(day=day_in_words(value.ended_on))
    manners = ((hung, REGULAR), (found, BOLD), (Words.APOLOGY, REGULAR))
    for size in _SIZES:
        passages = [
            Passage(case, words, width=wide, size=size * scale, leading=1.6, weight=weight)
            for words, weight in manners
        ]
        if y + sum(one.height + 6 * scale for one in passages) <= 222 * scale:
            break
    for passage in passages:
        y = passage.draw(paper, margin, y) + 6 * scale
    right = width - margin - 30 * scale
    draw_seal(paper, right, 222 * scale, radius=19 * scale, thickness=0.25, size=10 * scale)
    paper.text(right, 236 * scale, value.village, size=16 * scale, align=0.5, fit=64 * scale, upward=True)
    paper.text(right, 254 * scale, day_in_words(value.ended_on), size=14 * scale, ink=GREY, align=0.5)
    paper.turn()
    paper.finish()
    return 1


def example(households: int) -> ListingCorrection:
    """Return the paper of one household, whatever the size of the village."""
    return ListingCorrection(
        village=place_name(CommonWords.COMMITTEE.format(village="茶源村")),
        name=next(iter(example_names(1))),
        group=place_name("一组"),
        month="2026-09",
        ended_on=date(2026, 9, 20),
    )


SHEET = Sheet(
    name="listing_correction",
    title="更正声明（黑榜贴错了）",
    about="A4或A3，张贴用：哪个月的黑榜有误、哪天撤下，姓名照原来隐去，不重复原来的事。",
    permission=Permission.NOTICE_VIEW,
    options=CorrectionOptions,
    words=Words,
    gather=gather,
    draw=draw,
    example=example,
    seconds=0.3,
    read_from=1.1,
)
