"""The pledge (承诺书) of a wedding or a funeral: A4, what is planned beside the limits, to be signed."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import BinaryIO

from sqlmodel import Session

from pointsbank import ceremonies, villages
from pointsbank.ceremonies import Ceremony
from pointsbank.dates import day_in_words
from pointsbank.errors import Refused
from pointsbank.labels.ceremony_kind import CEREMONY_KIND
from pointsbank.printing import BOLD, GREY, HAIR, INK, FontSet, Paper, Passage
from pointsbank.schemas.options import OneOf, Options
from pointsbank.sheets.base import CommonWords, Sheet, SheetValue, draw_seal
from pointsbank.staff import Permission
from pointsbank.text import Replaceable

_WIDTH, _HEIGHT = 210.0, 297.0
_MARGIN = 25.0
_RIGHT = _WIDTH - _MARGIN
_WIDE = _RIGHT - _MARGIN
_LATEST = 50
_ROW = 11.5
_LIMIT, _PLAN = 115.0, _RIGHT - 4
"""Where the columns of numbers end, in mm."""


class Words(StrEnum):
    """Fixed wording of the pledge."""

    WEDDING = "婚事新办承诺书"
    FUNERAL = "丧事简办承诺书"
    OTHER = "喜事俭办承诺书"
    NUMBER = "编号：{village}红白事报备第{number}号"
    HOUSEHOLD = "户主"
    WHOSE = "{name}（户号{code}{group}）"
    DAYS = "日期"
    PLACE = "地点"
    WHAT = "内容"
    LIMIT = "村里限额"
    PLAN = "本户计划"
    NO_LIMIT = "不限"
    UNSAID = "没有说"
    TABLES = "酒席"
    CARS = "用车"
    LASTS = "办事"
    GIFT = "礼金"
    TABLE = "{count}桌"
    CAR = "{count}辆"
    DAY = "{count}天"
    YUAN = "{count}元"
    RESOLVED = "限额依据：{resolution}，{day}起。"
    PLEDGED = "我家承诺"
    FIRST = "一、照上面的计划办，不铺张，不攀比，不浪费。"
    SECOND = "二、有变动的，事前告诉村里改期或者取消。"
    THIRD = "三、办完以后，请看过的寨老、乡贤、老党员或老干部如实说明。"
    OVER = "计划比限额多的，报备时已经说明：{over}。"
    SIGNED = "承诺人（户主）签字"
    TAKEN = "经办人签字"
    YEAR = "年"
    MONTH = "月"
    DATE = "日"
    KEPT = "一式两份，本户和村里各存一份，不张贴。"


_TITLES = {"wedding": Words.WEDDING, "funeral": Words.FUNERAL}


class NothingAnnounced(Refused):
    """Nobody has announced anything yet."""

    code = "nothing_announced"
    sentence = "还没有红白事报备：请在“红白事报备”页先登记一次。"
    fixed_by = "本人"


@dataclass(frozen=True, slots=True)
class PlanLine:
    """One line of the table: what, the limit, what is planned."""

    what: str
    limit: str
    plan: str


@dataclass(frozen=True, slots=True)
class Pledge(SheetValue):
    """What one household pledges; for its hand and the village's folder."""

    village: str
    ceremony: str
    number: int
    title: str
    whose: Replaceable
    days: str
    place: str
    lines: tuple[PlanLine, ...]
    resolved: str
    over: str

    @property
    def description(self) -> str:
        """Which sheet it is; whose it is stands on the paper only."""
        return "承诺书"

    @property
    def file_label(self) -> str:
        """The number of the announcement."""
        return str(self.number)

    @property
    def facts(self) -> dict[str, object]:
        """Which announcement it is of."""
        return {"ceremony": self.ceremony}


def _choices(session: Session, village: str) -> list[tuple[str, str]]:
    latest = ceremonies.latest(session, village=village, limit=_LATEST)
    return [
        (one.id, f"第{one.number}号 {one.name} {CEREMONY_KIND.name(one.kind)} {day_in_words(one.held_on)}")
        for one in latest
    ]


class PledgeOptions(Options):
    """Which announcement."""

    ceremony = OneOf(
        _choices, blank="最近一次", load_default=None, label="报备", note="哪一次报备；默认最近登记的一次"
    )


def gather(
    session: Session, *, village: str, by: str, at: datetime, public_url: str, ceremony: str | None = None
) -> Pledge:
    """Return the pledge of one announcement, the latest unless one is named.

    Raises:
        CeremonyUnknown: there is none with this id.
        NothingAnnounced: nobody has announced anything.
    """
    if ceremony is None:
        latest = ceremonies.latest(session, village=village, limit=1)
        if not latest:
            raise NothingAnnounced()
        found = latest[0]
    else:
        found = ceremonies.ceremony(session, village=village, ceremony_id=ceremony)
    adopted = {one.number: one for one in ceremonies.adopted_limits(session, village=village)}
    limits = adopted.get(found.limits_number or 0)
    group = f"，{found.group}" if found.group else ""
    first, last = day_in_words(found.held_on), day_in_words(found.last_on)
    return Pledge(
        village=villages.get(session, village).name,
        ceremony=found.id,
        number=found.number,
        title=_TITLES.get(found.kind, Words.OTHER),
        whose=Replaceable(
            Words.WHOSE.format(name=found.name, code=found.code, group=group), f"户号{found.code}"
        ),
        days=first if found.days == 1 else CommonWords.SPAN.format(first=first, last=last),
        place=found.place,
        lines=_lines(found),
        resolved=Words.RESOLVED.format(resolution=limits.resolution, day=day_in_words(limits.from_date))
        if limits
        else "",
        over=Words.OVER.format(over="、".join(found.over)) if found.over else "",
    )


def _lines(found: Ceremony) -> tuple[PlanLine, ...]:
    """Return the table; a gift of which nobody says anything and the village neither has no line."""
    bounds = found.limits
    lines = [
        _line(Words.TABLES, Words.TABLE, bounds.tables, found.tables),
        _line(Words.CARS, Words.CAR, bounds.cars, found.cars),
        _line(Words.LASTS, Words.DAY, bounds.days, found.days),
    ]
    if bounds.gift is not None or found.gift is not None:
        lines.append(_line(Words.GIFT, Words.YUAN, bounds.gift, found.gift))
    return tuple(lines)


def _line(what: str, unit: Words, maximum: int | None, planned: int | None) -> PlanLine:
    return PlanLine(
        what,
        Words.NO_LIMIT if maximum is None else unit.format(count=maximum),
        Words.UNSAID if planned is None else unit.format(count=planned),
    )


def draw(value: Pledge, case: FontSet, out: BinaryIO) -> int:
    """Write the pledge: one page."""
    paper = Paper(out, case, width=_WIDTH, height=_HEIGHT, title=f"{value.title} {value.number}")
    paper.text(_WIDTH / 2, 42, value.title, size=30, weight=BOLD, align=0.5, fit=_WIDE)
    number = Words.NUMBER.format(village=value.village, number=value.number)
    paper.text(_WIDTH / 2, 53, number, size=12, ink=GREY, align=0.5, fit=_WIDE)
    paper.line(_MARGIN, 59, _RIGHT, 59, ink=INK, thickness=0.5)
    y = 72.0
    for label, words in (
        (Words.HOUSEHOLD, value.whose),
        (Words.DAYS, value.days),
        (Words.PLACE, value.place),
    ):
        paper.text(_MARGIN, y, label, size=13, ink=GREY)
        paper.text(_MARGIN + 20, y, words, size=14, fit=_WIDE - 20)
        y += 10
    y = _draw_table(paper, value, y)
    y = _draw_pledge(paper, case, value, y + 12)
    _draw_signatures(paper)
    paper.turn()
    paper.finish()
    return 1


def _draw_table(paper: Paper, value: Pledge, top: float) -> float:
    """Draw what is planned beside the limits; return where it ends, in mm."""
    paper.text(_MARGIN + 4, top + 4.5, Words.WHAT, size=11.5, ink=GREY)
    paper.text(_LIMIT, top + 4.5, Words.LIMIT, size=11.5, ink=GREY, align=1)
    paper.text(_PLAN, top + 4.5, Words.PLAN, size=11.5, ink=GREY, align=1)
    y = top + 8
    paper.line(_MARGIN, y, _RIGHT, y, ink=INK, thickness=0.4)
    for one in value.lines:
        paper.text(_MARGIN + 4, y + 7.6, one.what, size=15)
        paper.text(_LIMIT, y + 7.6, one.limit, size=15, align=1)
        paper.text(_PLAN, y + 7.6, one.plan, size=15, weight=BOLD, align=1)
        y += _ROW
        paper.line(_MARGIN, y, _RIGHT, y, ink=HAIR, thickness=0.25)
    if value.resolved:
        paper.text(_MARGIN, y + 6.5, value.resolved, size=10.5, ink=GREY, fit=_WIDE)
    return y + 6.5


def _draw_pledge(paper: Paper, case: FontSet, value: Pledge, top: float) -> float:
    """Draw what is pledged; return where it ends, in mm."""
    paper.text(_MARGIN, top + 4, Words.PLEDGED, size=16, weight=BOLD)
    y = top + 10
    for words in filter(None, (Words.FIRST, Words.SECOND, Words.THIRD, value.over)):
        y = Passage(case, words, width=_WIDE, size=14, leading=1.55).draw(paper, _MARGIN, y) + 1.5
    return y


def _draw_signatures(paper: Paper) -> None:
    """Draw two places to sign, each with its day, and where the seal is put."""
    draw_seal(paper, _RIGHT - 20, 222, radius=18, thickness=0.25, size=10)
    half = _WIDE / 2
    for place, words in enumerate((Words.SIGNED, Words.TAKEN)):
        left = _MARGIN + place * half
        paper.text(left, 247, words, size=12.5, ink=GREY)
        paper.line(left, 261, left + half - 10, 261, ink=INK, thickness=0.3)
        for back, part in ((30, Words.YEAR), (15, Words.MONTH), (0, Words.DATE)):
            paper.text(left + half - 10 - back, 269, part, size=12, ink=GREY, align=1)
    paper.text(_MARGIN, 283, Words.KEPT, size=10, ink=GREY, fit=_WIDE)


def example(households: int) -> Pledge:
    """Return the pledge of one household, whatever the size of the village."""
    return Pledge(
        village="茶源村",
        ceremony="",
        number=12,
        title=Words.WEDDING,
        whose=Replaceable(Words.WHOSE.format(name="王建国", code="0101", group="，一组"), "户号0101"),
        days="2026年10月1日",
        place="自家院子",
        lines=(
            _line(Words.TABLES, Words.TABLE, 15, 20),
            _line(Words.CARS, Words.CAR, 6, 6),
            _line(Words.LASTS, Words.DAY, 2, 1),
            _line(Words.GIFT, Words.YUAN, 100, None),
        ),
        resolved=Words.RESOLVED.format(resolution="2026年村民会议", day="2026年1月1日"),
        over=Words.OVER.format(over="酒席20桌（限15桌）"),
    )


SHEET = Sheet(
    name="pledge",
    title="红白事承诺书",
    about="A4，一次报备一张：限额、计划、承诺和签字；本户和村里各存一份。",
    permission=Permission.CEREMONY_VIEW,
    options=PledgeOptions,
    words=Words,
    gather=gather,
    draw=draw,
    example=example,
    caution="承诺书上有户主全名和哪天办什么事，交给本户，不要张贴。",
    seconds=0.3,
)
