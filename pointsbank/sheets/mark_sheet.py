"""The sheet on which judges mark by hand (打分表): A4, each household before the panel, a box for each mark.

One judge a sheet, or all judges on one, lying. The marks are then typed on the page of who marked.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import BinaryIO

from sqlmodel import Session

from pointsbank import scoring, villages
from pointsbank.dates import day_in_words
from pointsbank.errors import Refused
from pointsbank.labels.mark_sheet_way import MARK_SHEET_WAY
from pointsbank.points import show
from pointsbank.printing import BOLD, GREY, HAIR, INK, FontSet, Paper, wrapped
from pointsbank.schemas.options import OneOf, Options
from pointsbank.schemas.select import Select
from pointsbank.scoring import Attendee, Case
from pointsbank.sheets.base import CommonWords, Sheet, SheetValue, example_names
from pointsbank.staff import Permission
from pointsbank.text import Replaceable

_LONG, _SHORT = 297.0, 210.0
_MARGIN, _HEAD, _FOOT = 15.0, 50.0, 27.0
_ROW, _WIDEST_BOX = 10.0, 34.0
_NUMBER, _CODE, _NAME, _BOUNDS = 9.0, 18.0, 30.0, 22.0


class Words(StrEnum):
    """Fixed wording of the sheet."""

    TITLE = "{village}打分表"
    MEETING = "{title}，{day}召开"
    JUDGE = "评议员：{name}"
    TOGETHER = "全体评议员"
    HOW = "每格写一个分，在写明的范围以内，最多两位小数；划掉的格是回避，不写。写错的划掉，在旁边重写并签名。"
    NUMBER = "序"
    CODE = "户号"
    NAME = "户主"
    ITEM = "条目"
    BOUNDS = "范围"
    MARK = "打分"
    RANGE = "{minimum}至{maximum}"
    RECUSED = "回避"
    SIGNED = "签名"
    KEPT = "打完交给记录员录入，存档，不张贴。"


class NothingToMark(Refused):
    """No open meeting has anything before its panel."""

    code = "nothing_to_mark"
    sentence = "没有要评议员打分的：请先在评议会的“评议员打分”里提交，再打印。"
    fixed_by = "村委"


@dataclass(frozen=True, slots=True)
class MarkLine:
    """One household and item; `recused`: places among the judges of those who leave it to the others."""

    number: str
    code: str
    name: Replaceable
    item: str
    bounds: str
    recused: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class MarkSheet(SheetValue):
    """What is before a meeting's panel, and who marks it; for the judges' hands."""

    village: str
    meeting: str
    about: str
    together: bool
    judges: tuple[str, ...]
    lines: tuple[MarkLine, ...]

    @property
    def description(self) -> str:
        """How much there is to mark."""
        return f"{len(self.lines)}件的打分表"

    @property
    def facts(self) -> dict[str, object]:
        """Of which meeting it is, and how much it holds."""
        return {"meeting": self.meeting, "cases": len(self.lines), "judges": len(self.judges)}


def _meetings(session: Session, village: str) -> list[tuple[str, str]]:
    found = scoring.open_meetings(session, village=village)
    return [(one.id, f"{one.title}（{day_in_words(one.held_on)}）") for one in found]


class MarkSheetOptions(Options):
    """Which meeting, and whether each judge has a sheet."""

    meeting = OneOf(
        _meetings, blank="正在开的", load_default=None, label="评议会", note="哪一次评议会；默认正在开的"
    )
    way = Select(
        MARK_SHEET_WAY,
        load_default="each",
        label="怎么分",
        note="每人一张，或者全体合一张；合一张的，后打的人看得见先打的分",
    )


def gather(
    session: Session,
    *,
    village: str,
    by: str,
    at: datetime,
    public_url: str,
    meeting: str | None = None,
    way: str = "each",
) -> MarkSheet:
    """Return what is before the panel of a meeting, of the first open one with something by default.

    Raises:
        NothingToMark: nothing is before the panel of this meeting, or of any that is open.
    """
    wanted = [one.id for one in scoring.open_meetings(session, village=village)]
    for each in wanted if meeting is None else [meeting]:
        known = scoring.cases(session, village=village, meeting=each)
        if waiting := [one for one in known if one.is_open]:
            break
    else:
        raise NothingToMark()
    found = scoring.meeting(session, village=village, meeting_id=each)
    judges = _judges(waiting)
    return MarkSheet(
        village=villages.get(session, village).name,
        meeting=found.id,
        about=Words.MEETING.format(title=found.title, day=day_in_words(found.held_on)),
        together=way == "together",
        judges=tuple(one.name for one in judges),
        lines=tuple(_line(one, judges) for one in waiting),
    )


def _judges(cases: Sequence[Case]) -> list[Attendee]:
    """Return everybody who marks some case or leaves it to the others, in the order of the minutes."""
    known = {one.position: one for case in cases for one in (*case.judges, *case.recused)}
    return [known[position] for position in sorted(known)]


def _line(case: Case, judges: Sequence[Attendee]) -> MarkLine:
    minimum, maximum = scoring.SHAPES[case.item.shape].bounds(case.item) or (0, 0)
    marking = {one.position for one in case.judges}
    return MarkLine(
        number=str(case.number),
        code=case.participant.code,
        name=Replaceable(case.participant.name, f"户号{case.participant.code}"),
        item=case.item.title,
        bounds=Words.RANGE.format(minimum=show(minimum), maximum=show(maximum)),
        recused=tuple(place for place, one in enumerate(judges) if one.position not in marking),
    )


def draw(value: MarkSheet, case: FontSet, out: BinaryIO) -> int:
    """Write the pages: of each judge in turn, or of all together."""
    wide, high = (_LONG, _SHORT) if value.together else (_SHORT, _LONG)
    paper = Paper(out, case, width=wide, height=high, title=Words.TITLE.format(village=value.village))
    rows = int((high - _HEAD - _FOOT) // _ROW)
    parts = [value.lines[start : start + rows] for start in range(0, max(len(value.lines), 1), rows)]
    for places in [range(len(value.judges))] if value.together else [[n] for n in range(len(value.judges))]:
        for number, lines in enumerate(parts, start=1):
            _Page(paper, value, list(places)).draw(lines, number, len(parts))
            paper.turn()
    paper.finish()
    return len(parts) * (1 if value.together else len(value.judges))


class _Page:
    """One page: its columns, of which those of marks have as much room as there is."""

    def __init__(self, paper: Paper, value: MarkSheet, places: list[int]) -> None:
        self._paper, self._value, self._places = paper, value, places
        self._right = paper.width - _MARGIN
        space = self._right - _MARGIN - _NUMBER - _CODE - _NAME - _BOUNDS
        self._box = min(_WIDEST_BOX, space * 0.68 / len(places))
        self._marks = self._right - self._box * len(places)
        self._item = _MARGIN + _NUMBER + _CODE + _NAME
        self._bounds = self._marks - _BOUNDS

    def draw(self, lines: Sequence[MarkLine], page: int, pages: int) -> None:
        """Draw the head, the rows and where to sign."""
        paper, value = self._paper, self._value
        middle, wide = paper.width / 2, self._right - _MARGIN
        title = Words.TITLE.format(village=value.village)
        paper.text(middle, 19, title, size=19, weight=BOLD, align=0.5, fit=wide)
        paper.text(middle, 27, value.about, size=11.5, ink=GREY, align=0.5, fit=wide)
        judge = value.judges[self._places[0]]
        whose: str = Words.TOGETHER if value.together else Words.JUDGE.format(name=judge)
        paper.text(_MARGIN, 35, whose, size=13, weight=BOLD, fit=wide)
        paper.text(_MARGIN, 41, Words.HOW, size=9.5, ink=GREY, fit=wide)
        self._heading()
        for row, line in enumerate(lines):
            self._row(_HEAD + row * _ROW, line)
        self._foot(page, pages)

    def _heading(self) -> None:
        paper, y = self._paper, _HEAD - 1.8
        x = _MARGIN
        for words, wide in ((Words.NUMBER, _NUMBER), (Words.CODE, _CODE), (Words.NAME, _NAME)):
            paper.text(x, y, words, size=10, ink=GREY)
            x += wide
        paper.text(self._item, y, Words.ITEM, size=10, ink=GREY)
        paper.text(self._marks - 3, y, Words.BOUNDS, size=10, ink=GREY, align=1)
        for place, judge in enumerate(self._places):
            heading: str = self._value.judges[judge] if self._value.together else Words.MARK
            at = self._marks + (place + 0.5) * self._box
            paper.text(at, y, heading, size=10, ink=GREY, align=0.5, fit=self._box - 1.5)
        paper.line(_MARGIN, _HEAD, self._right, _HEAD, ink=INK, thickness=0.4)

    def _row(self, top: float, line: MarkLine) -> None:
        paper, y, bottom = self._paper, top + 6.4, top + _ROW
        paper.text(_MARGIN, y, line.number, size=11)
        paper.text(_MARGIN + _NUMBER, y, line.code, size=11, fit=_CODE - 2)
        self._words(_MARGIN + _NUMBER + _CODE, top, line.name, 11.5, _NAME - 2)
        self._words(self._item, top, line.item, 11, self._bounds - self._item - 2)
        paper.text(self._marks - 3, y, line.bounds, size=11, align=1, fit=_BOUNDS - 3)
        paper.line(_MARGIN, bottom, self._right, bottom, ink=HAIR, thickness=0.2)
        for place, judge in enumerate(self._places):
            left, right = self._marks + place * self._box, self._marks + (place + 1) * self._box
            paper.line(left, top, left, bottom, ink=INK, thickness=0.25)
            paper.line(left, bottom, right, bottom, ink=INK, thickness=0.25)
            if judge in line.recused:
                paper.line(left, bottom, right, top, ink=GREY, thickness=0.35)
                paper.text(left + 1.5, top + 4, Words.RECUSED, size=9, ink=GREY)
        paper.line(self._right, top, self._right, bottom, ink=INK, thickness=0.25)

    def _words(self, x: float, top: float, words: str, size: float, wide: float) -> None:
        """Write on one line, or on two smaller ones: the code beside them says whose row it is."""
        if long := wrapped(self._paper.case, words, width=wide, size=size, lines=2):
            long.draw(self._paper, x, top + (_ROW - long.height) / 2)
        else:
            self._paper.text(x, top + 6.4, words, size=size, fit=wide)

    def _foot(self, page: int, pages: int) -> None:
        paper = self._paper
        sign, last = paper.height - 16, paper.height - 8
        wide = paper.text(_MARGIN, sign, Words.SIGNED, size=11.5)
        until = self._right if self._value.together else _MARGIN + 75
        paper.line(_MARGIN + wide + 2, sign + 1, until, sign + 1, ink=INK, thickness=0.3)
        paper.text(_MARGIN, last, Words.KEPT, size=9, ink=GREY)
        paper.text(
            self._right, last, CommonWords.PAGE.format(page=page, pages=pages), size=9, ink=GREY, align=1
        )


def example(households: int) -> MarkSheet:
    """Return the sheet of at most 40 of so many households before five judges."""
    names = list(example_names(min(households, 40)))
    return MarkSheet(
        village="茶源村",
        meeting="",
        about=Words.MEETING.format(title="九月评议会", day="2026年9月1日"),
        together=True,
        judges=("李会计", "老支书", "周文书", "龙凤泉", "石老三"),
        lines=tuple(
            MarkLine(
                str(place),
                f"{place:04}",
                Replaceable(str(name), f"户号{place:04}"),
                "庭院美化",
                Words.RANGE.format(minimum="5", maximum="10"),
                (1,) if place == 3 else (),
            )
            for place, name in enumerate(names, start=1)
        ),
    )


SHEET = Sheet(
    name="mark_sheet",
    title="打分表",
    about="A4，评议员用笔打分：每户每条一格，写明范围，回避的划掉；打完照着录入。",
    # Who leaves whom to others says who is related to whom.
    permission=Permission.MEETING_HOLD,
    options=MarkSheetOptions,
    words=Words,
    gather=gather,
    draw=draw,
    example=example,
    caution="表上有全名和回避，只给评议员和记录员，不要张贴。",
    seconds=0.5,
)
