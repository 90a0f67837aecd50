"""The form (推荐表) by which a title that stood for years running is recommended upward: A4, to be signed."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import BinaryIO

from sqlmodel import Session

from pointsbank import titles, villages
from pointsbank.dates import day_in_words, day_of
from pointsbank.printing import BOLD, GREY, INK, FontSet, Paper, Passage, wrapped
from pointsbank.schemas.options import OneOf, Options
from pointsbank.sheets.base import Sheet, SheetValue
from pointsbank.sheets.title_certificate import choices, chosen
from pointsbank.staff import Permission
from pointsbank.text import Replaceable
from pointsbank.titles import Title

_WIDTH, _HEIGHT = 210.0, 297.0
_MARGIN, _LABEL = 20.0, 32.0
_WIDE = _WIDTH - 2 * _MARGIN
_ROW, _MINIMUM, _OPINION, _FOOT = 12.0, 48.0, 44.0, 284.0
_SMALLEST = 9.0


class Words(StrEnum):
    """Fixed wording of the form."""

    TITLE = "{title}推荐表"
    VILLAGE = "填报：{village}村民委员会"
    NUMBER = "称号第{number}号"
    WHO = "推荐对象"
    HOME = "户主、户号"
    GROUP = "小组"
    GIVEN = "授予日期"
    YEARS = "连续年数"
    YEAR = "连续{years}年"
    CRITERIA = "条件"
    LOOKED = "最近核对"
    DEED = "主要事迹"
    VILLAGE_SAYS = "村民委员会意见"
    TOWNSHIP_SAYS = "乡镇意见"
    SEAL = "（盖章）"
    DAY = "年　　月　　日"
    MET = "{words}：够"
    UNMET = "{words}：不够"
    NEVER = "没有核对过"
    KEPT = "推荐用，上面是全名，不张贴。"


@dataclass(frozen=True, slots=True)
class Recommendation(SheetValue):
    """What the form says; for the township's folder."""

    title_id: str
    number: int
    heading: str
    village: str
    who: Replaceable
    home: Replaceable
    group: str
    given: str
    years: str
    criteria: str
    looked: str
    deed: str

    @property
    def description(self) -> str:
        """Which sheet it is; whose it is stands on the paper only."""
        return "推荐表"

    @property
    def file_label(self) -> str:
        """The number of the title."""
        return str(self.number)

    @property
    def facts(self) -> dict[str, object]:
        """Which title it is of."""
        return {"title": self.title_id}


class RecommendationOptions(Options):
    """Which title."""

    title = OneOf(
        choices, blank="最近授的一个", load_default=None, label="称号", note="哪个称号；默认最近授的一个"
    )


def gather(
    session: Session, *, village: str, by: str, at: datetime, public_url: str, title: str | None = None
) -> Recommendation:
    """Return the form of one title that stands, the latest unless one is named.

    Raises what `chosen` raises.
    """
    one = chosen(session, village, title)
    home, code = one.participant, one.participant.code
    years = titles.years_of(session, one, village=village, today=day_of(at))
    criteria, looked = _criteria(session, one, village=village)
    return Recommendation(
        title_id=one.id,
        number=one.number,
        heading=Words.TITLE.format(title=one.kind.name),
        village=Words.VILLAGE.format(village=villages.get(session, village).name),
        who=Replaceable(titles.name_in_hand(one), f"户号{code}"),
        home=Replaceable(f"{home.name}，{code}", f"户号{code}"),
        group=home.group,
        given=day_in_words(one.given_on) if one.given_on else "",
        years=Words.YEAR.format(years=years),
        criteria=criteria,
        looked=looked,
        deed=one.reason,
    )


def _criteria(session: Session, one: Title, *, village: str) -> tuple[str, str]:
    """Return the criteria as they were found at the last look, and on which day that was."""
    checked = titles.checks(session, village=village, title_id=one.id)
    if not checked:
        return "；".join(one.kind.criteria), Words.NEVER
    number = max(checked)
    lines = (
        (Words.MET if checked[number].get(place) else Words.UNMET).format(words=words)
        for place, words in enumerate(one.kind.criteria, start=1)
    )
    return "；".join(lines), day_in_words(one.steps[number - 1].day)


def draw(value: Recommendation, case: FontSet, out: BinaryIO) -> int:
    """Write the form: one page."""
    paper = Paper(out, case, width=_WIDTH, height=_HEIGHT, title=f"{value.description} {value.number}")
    paper.text(_WIDTH / 2, 32, value.heading, size=26, weight=BOLD, align=0.5, fit=_WIDE)
    paper.text(_MARGIN, 43, value.village, size=11.5, ink=GREY, fit=110)
    number = Words.NUMBER.format(number=value.number)
    paper.text(_WIDTH - _MARGIN, 43, number, size=11.5, ink=GREY, align=1)
    y = top = 47.0
    edges = [top]
    for label, words, second, more in (
        (Words.WHO, value.who, Words.HOME, value.home),
        (Words.GROUP, value.group, Words.GIVEN, value.given),
        (Words.YEARS, value.years, Words.LOOKED, value.looked),
    ):
        tall = max(_cell(paper, _MARGIN, y, label, words), _cell(paper, _WIDTH / 2, y, second, more))
        y += tall
        edges.append(y)
    paper.lines([(x, top, x, y) for x in (_WIDTH / 2, _WIDTH / 2 + _LABEL)], ink=INK, thickness=0.3)
    opinions = 2 * _OPINION
    deed = _set(case, value.deed, _FOOT - y - opinions - _MINIMUM)
    criteria = _set(case, value.criteria, _FOOT - y - opinions - max(deed.height + 8, _MINIMUM))
    for label, body in ((Words.CRITERIA, criteria), (Words.DEED, deed)):
        y = _draw_body(paper, y, label, body, max(body.height + 8, _MINIMUM))
    for label in (Words.VILLAGE_SAYS, Words.TOWNSHIP_SAYS):
        paper.text(_WIDTH - _MARGIN - 60, y + _OPINION - 5, Words.SEAL, size=12, ink=GREY)
        paper.text(_WIDTH - _MARGIN - 4, y + _OPINION - 5, Words.DAY, size=12, ink=GREY, align=1)
        y = _draw_body(paper, y, label, None, _OPINION)
    sides = [(x, top, x, y) for x in (_MARGIN, _MARGIN + _LABEL, _WIDTH - _MARGIN)]
    ends = [(_MARGIN, edge, _WIDTH - _MARGIN, edge) for edge in (*edges, y)]
    paper.lines([*sides, *ends], ink=INK, thickness=0.3)
    paper.text(_MARGIN, y + 7, Words.KEPT, size=10, ink=GREY)
    paper.turn()
    paper.finish()
    return 1


def _set(case: FontSet, words: str, height: float) -> Passage:
    """Set words as large as they fit into a height; the very longest rule ends in … at nine points."""
    wide, space = _WIDE - _LABEL - 8, height - 8
    for size in (12.5, 11.0, 10.0):
        body = Passage(case, words, width=wide, size=size, leading=1.35)
        if body.height <= space:
            return body
    lines = int(space * 72 / 25.4 / (_SMALLEST * 1.2))
    return Passage(case, words, width=wide, size=_SMALLEST, leading=1.2, lines=lines)


def _draw_body(paper: Paper, y: float, label: str, body: Passage | None, height: float) -> float:
    """Draw a row across the form; return where it ends, in mm."""
    paper.line(_MARGIN, y, _WIDTH - _MARGIN, y, ink=INK, thickness=0.3)
    Passage(paper.case, label, width=_LABEL - 6, size=12.5, ink=GREY).draw(paper, _MARGIN + 3, y + 4)
    if body is not None:
        body.draw(paper, _MARGIN + _LABEL + 4, y + 4)
    return y + height


def _cell(paper: Paper, x: float, y: float, label: str, words: str) -> float:
    """Write one label with what stands beside it; return how high the row is for it, in mm."""
    paper.text(x + 3, y + 7.6, label, size=12.5, ink=GREY, fit=_LABEL - 5)
    wide = _WIDE / 2 - _LABEL - 7
    lines = wrapped(paper.case, words, width=wide, size=13)
    if lines is None:
        paper.text(x + _LABEL + 4, y + 7.6, words, size=13, fit=wide)
        return _ROW
    return max(_ROW, lines.draw(paper, x + _LABEL + 4, y + 2.5) + 2.5 - y)


def example(households: int) -> Recommendation:
    """Return the form of one household, whatever the size of the village."""
    return Recommendation(
        title_id="",
        number=12,
        heading=Words.TITLE.format(title="十星级文明户"),
        village=Words.VILLAGE.format(village="茶源村"),
        who=Replaceable("买买提·艾力", "户号0201"),
        home=Replaceable("买买提·艾力，0201", "户号0201"),
        group="二组",
        given="2024年10月1日",
        years=Words.YEAR.format(years=3),
        criteria="；".join(Words.MET.format(words=words) for words in ("院内干净", "门前干净", "邻里和睦")),
        looked="2026年9月20日",
        deed="门前屋后常年干净，主动照看村里的花坛。",
    )


SHEET = Sheet(
    name="title_recommendation",
    title="称号推荐表",
    about="A4：连续几年、条件、事迹、两级意见；连续达到年数的称号向上推荐用。",
    permission=Permission.BOARD_VIEW,
    options=RecommendationOptions,
    words=Words,
    gather=gather,
    draw=draw,
    example=example,
    caution="推荐表上是全名，报上级用，不要张贴。",
    seconds=0.3,
)
