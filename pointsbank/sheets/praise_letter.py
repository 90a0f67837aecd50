"""A letter about a good deed (喜报, 感谢信, 推荐信): A4 in a red and gold frame, brought to the door."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import BinaryIO

from sqlmodel import Session

from pointsbank import titles, villages
from pointsbank.dates import day_in_words
from pointsbank.errors import Refused
from pointsbank.labels.title_letter_kind import TITLE_LETTER_KIND
from pointsbank.printing import BOLD, DEEP, GOLD, GREY, FontSet, Paper, Passage, draw_ground
from pointsbank.schemas.options import OneOf, Options
from pointsbank.sheets.base import Sheet, SheetValue, draw_seal
from pointsbank.sheets.title_certificate import draw_greeting
from pointsbank.staff import Permission
from pointsbank.text import Replaceable
from pointsbank.titles import Letter

_WIDTH, _HEIGHT = 210.0, 297.0
_MARGIN = 30.0
_WIDE = _WIDTH - 2 * _MARGIN
_LATEST = 50
_INSET = 6.0
_SIZES = ((90, 26.0), (150, 20.0), (10_000, 16.0))
"""Characters of a letter, at most, and the size at which they are set."""


class Words(StrEnum):
    """Fixed wording of the letters."""

    HOUSEHOLD = "{name}户："
    PERSON = "{name}同志："
    CONGRATULATION = "您家好事传全村：{deed}。特此报喜，向您和全家祝贺！"
    THANKS = "{deed}。大家都看在眼里，记在心里，谢谢您！"
    RECOMMENDATION = "{deed}。以上事迹经村里核实，特此推荐。"
    WHOSE = "{name}（户号{code}）"
    NUMBER = "第{number}号"
    ISSUER = "{village}村民委员会"
    CHOICE = "{kind}{number}，写给{who}"


class NoLetter(Refused):
    """No letter was written yet."""

    code = "no_title_letter"
    sentence = "还没有写过喜报或感谢信：请在“喜报和感谢信”页先写一封。"
    fixed_by = "本人"


@dataclass(frozen=True, slots=True)
class PraiseLetter(SheetValue):
    """What one letter says; for the hand of who it is for."""

    letter_id: str
    number: int
    heading: str
    to: str
    who: Replaceable
    body: str
    numbered: str
    issuer: str
    day: str

    @property
    def description(self) -> str:
        """Which kind of letter it is; whose it is stands on the paper only."""
        return self.heading

    @property
    def file_label(self) -> str:
        """The number of the letter."""
        return str(self.number)

    @property
    def facts(self) -> dict[str, object]:
        """Which letter it is."""
        return {"letter": self.letter_id}


def _choices(session: Session, village: str) -> list[tuple[str, str]]:
    return [
        (
            one.id,
            Words.CHOICE.format(
                number=one.number,
                kind=TITLE_LETTER_KIND.name(one.kind),
                who=one.person or one.participant.name,
            ),
        )
        for one in titles.letters(session, village=village)[:_LATEST]
    ]


class LetterOptions(Options):
    """Which letter."""

    letter = OneOf(_choices, blank="最近写的一封", load_default=None, label="哪一封", note="默认最近写的一封")


def gather(
    session: Session, *, village: str, by: str, at: datetime, public_url: str, letter: str | None = None
) -> PraiseLetter:
    """Return one letter, the latest unless one is named.

    Raises:
        TitleLetterUnknown: there is none with this id.
        NoLetter: none was written.
        ParticipantUnknown: raised by `letter`.
    """
    if letter is None:
        written = titles.letters(session, village=village)
        if not written:
            raise NoLetter()
        found = written[0]
    else:
        found = titles.letter(session, village=village, letter_id=letter)
    who, body = _words(found)
    return PraiseLetter(
        letter_id=found.id,
        number=found.number,
        heading=TITLE_LETTER_KIND.name(found.kind),
        to=f"{found.addressee}：" if found.addressee else "",
        who=who,
        body=body,
        numbered=Words.NUMBER.format(number=found.number),
        issuer=Words.ISSUER.format(village=villages.get(session, village).name),
        day=day_in_words(found.written_on),
    )


def _words(one: Letter) -> tuple[Replaceable, str]:
    """Return whom the letter is about, as it begins, and what it says."""
    name, code = one.person or one.participant.name, one.participant.code
    deed = one.deed.rstrip("。！.!")
    if one.kind == "recommendation":
        who = Words.WHOSE.format(name=name, code=code)
        return Replaceable(who, f"户号{code}"), Words.RECOMMENDATION.format(deed=deed)
    form = Words.PERSON if one.person or one.participant.kind != "household" else Words.HOUSEHOLD
    sentence = Words.CONGRATULATION if one.kind == "congratulation" else Words.THANKS
    return Replaceable(form.format(name=name), f"户号{code}："), sentence.format(deed=deed)


def draw(value: PraiseLetter, case: FontSet, out: BinaryIO) -> int:
    """Write the letter: one page."""
    paper = Paper(out, case, width=_WIDTH, height=_HEIGHT, title=f"{value.heading} {value.number}")
    draw_ground(paper, inset=_INSET)
    middle = _WIDTH / 2
    paper.text(middle, 66, value.heading, size=60, weight=BOLD, ink=DEEP, align=0.5, spread=18, fit=_WIDE)
    paper.line(middle - 45, 76, middle + 45, 76, ink=GOLD, thickness=0.8)
    if value.to:
        paper.text(_MARGIN, 90, value.to, size=18, fit=_WIDE)
    draw_greeting(paper, value.who, x=_MARGIN, base=104, wide=_WIDE, size=26)
    # A short deed stands large; the longest fills the frame.
    size = next(size for maximum, size in _SIZES if len(value.body) <= maximum)
    Passage(case, value.body, width=_WIDE, size=size, leading=1.65).draw(paper, _MARGIN, 112)
    right = _WIDTH - _MARGIN - 32
    draw_seal(paper, right, 218, radius=19, thickness=0.25, size=10)
    paper.text(right, 232, value.issuer, size=16, align=0.5, fit=80)
    paper.text(right, 249, value.day, size=14, align=0.5)
    paper.text(_MARGIN, 250, value.numbered, size=11, ink=GREY)
    paper.turn()
    paper.finish()
    return 1


def example(households: int) -> PraiseLetter:
    """Return one letter, whatever the size of the village."""
    sentence = Words.CONGRATULATION.format(deed="主动下水救起落水的人，又连夜送去卫生院")
    return PraiseLetter(
        letter_id="",
        number=7,
        heading="喜报",
        to="",
        who=Replaceable(Words.HOUSEHOLD.format(name="买买提·艾力"), "户号0201："),
        body=sentence,
        numbered=Words.NUMBER.format(number=7),
        issuer=Words.ISSUER.format(village="茶源村"),
        day="2026年9月8日",
    )


SHEET = Sheet(
    name="praise_letter",
    title="喜报、感谢信、推荐信",
    about="A4 红框：谁做了什么好事，送上门或送到外面。",
    permission=Permission.BOARD_VIEW,
    options=LetterOptions,
    words=Words,
    gather=gather,
    draw=draw,
    example=example,
    caution="信上是全名，送到本人手里；张贴要本人同意。",
    seconds=0.3,
)
