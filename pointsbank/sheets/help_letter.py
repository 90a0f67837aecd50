"""The letter to a household that has a helper (帮扶告知书): A4, who comes, how, when, and what ends it."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import BinaryIO

from reportlab.lib.units import mm
from sqlmodel import Session

from pointsbank import boards, governing, helping, law, villages
from pointsbank.boards import Listing
from pointsbank.dates import day_in_words, day_of
from pointsbank.errors import Refused
from pointsbank.helping import Helper
from pointsbank.labels.help_form import HELP_FORM
from pointsbank.law import Use
from pointsbank.printing import BOLD, GREY, INK, FontSet, Paper, Passage
from pointsbank.schemas.fields import Pattern, Text
from pointsbank.schemas.options import OneOf, Options
from pointsbank.sheets.base import CommonWords, Sheet, SheetValue, draw_seal
from pointsbank.staff import Permission
from pointsbank.text import Replaceable

_WIDTH, _HEIGHT = 210.0, 297.0
_MARGIN = 25.0
_RIGHT = _WIDTH - _MARGIN
_WIDE = _RIGHT - _MARGIN
_LABEL = 30.0
_SIZES = 14.0, 13.0, 12.0, 11.0, 10.0, 9.0
_ROWS_END = 208.0
_SIGNED = 222.0
"""Where the names are signed, in mm."""


class Words(StrEnum):
    """Fixed wording of the letter."""

    TITLE = "帮扶告知书"
    WHOSE = "{name}（户号{code}{group}）："
    FIRST = "村里请{helper}来帮您家，一起把事情办好。这是帮忙，不是处罚。"
    WHAT = "帮什么"
    WHO = "谁来帮"
    SINCE = "{helper}，{day}起。"
    PHONE = "电话"
    AGREED = "{phone}（本人同意留给您家）"
    BY_HAND = "＿＿＿＿＿＿＿＿＿＿（本人同意了再写）"
    HOW = "怎么帮"
    FORMS = "{forms}，哪一种合适，您家和来帮的人商量。"
    WHEN = "哪天来"
    TO_AGREE = "＿＿＿＿＿＿＿＿＿＿（和您家商量好再写）"
    VISITED = "已来过{count}次，最近一次{day}。"
    CHANGED = "不方便"
    SAY_SO = "日子可以改，想换人也可以：到村委会说一声{phone}。"
    CALL = "，或打电话{phone}"
    KEPT = "记什么"
    INSIDE = "只记哪天来、怎么帮、谈了什么事；只在村里看，不张贴。"
    ENDS = "到几时"
    OUTCOME = "事情改好了，登记结果，帮扶就结束；没有改好，再商量接着帮或者换人。"
    HOUSEHOLD = "本户签字"
    HELPING = "来帮的人签字"
    YEAR = "年"
    MONTH = "月"
    DAY = "日"
    CHOICE = "{code} {name}，{helper}来帮"


class NobodyHelped(Refused):
    """No household has a helper now, or this one has none."""

    code = "nobody_helped"
    sentence = "没有正在帮的户，不用打印帮扶告知书：请先打开“红黑榜”里的那一户，安排帮教人。"
    fixed_by = "村委"


@dataclass(frozen=True, slots=True)
class HelpLetter(SheetValue):
    """What a household is told of who helps it; for its hand alone."""

    village: str
    listing: str
    code: str
    whose: Replaceable
    first: Replaceable
    rows: tuple[tuple[str, Replaceable], ...]
    day: str

    @property
    def description(self) -> str:
        """Which sheet it is; whose it is stands on the paper only."""
        return "帮扶告知书"

    @property
    def file_label(self) -> str:
        """The household's code."""
        return self.code

    @property
    def facts(self) -> dict[str, object]:
        """Which listing it is about."""
        return {"listing": self.listing}


def _helped(session: Session, village: str) -> list[tuple[Listing, Helper]]:
    """Return the listings whose household somebody helps now, with the helper."""
    helpers = {one.listing_id: one for one in helping.helpers(session, village=village) if not one.outcome}
    every = boards.listings(session, village=village) if helpers else []
    return [
        (one, helpers[one.id]) for one in every if one.id in helpers and one.participant.status != "closed"
    ]


def _choices(session: Session, village: str) -> list[tuple[str, str]]:
    return [
        (
            one.id,
            Words.CHOICE.format(code=one.participant.code, name=one.participant.name, helper=helper.name),
        )
        for one, helper in _helped(session, village)
    ]


class HelpLetterOptions(Options):
    """Which household, and what was agreed with it and with who helps."""

    listing = OneOf(_choices, blank="第一户", load_default=None, label="帮哪一户", note="默认第一户")
    agreed = Text(
        maximum=60,
        load_default=None,
        label="约好哪天来",
        note="例如：每周六下午；和这一户商量好的才填，不填就在纸上手写",
    )
    phone = Pattern(
        "[0-9][0-9 -]{4,18}",
        sentence="请填电话号码，例如 0855-1234567。",
        load_default=None,
        label="来帮的人的电话",
        note="本人同意才填；不填就在纸上手写",
    )


def gather(
    session: Session,
    *,
    village: str,
    by: str,
    at: datetime,
    public_url: str,
    listing: str | None = None,
    agreed: str | None = None,
    phone: str | None = None,
) -> HelpLetter:
    """Return the letter to one household that has a helper, the first unless one is named.

    Raises:
        NobodyHelped: nobody has a helper now, or this one has none.
        Wording: what was agreed holds what the law keeps private.
        NamesSomebody: what was agreed names somebody of the village.
    """
    if agreed is not None:
        people = governing.named_people(session, village=village)
        law.check(agreed, Use.FACT, field="约好哪天来", people=people, at=("agreed",))
    helped = [each for each in _helped(session, village) if listing in (None, each[0].id)]
    if not helped:
        raise NobodyHelped()
    found, helper = helped[0]
    person = found.participant
    code = f"户号{person.code}"
    group = f"，{person.group}" if person.group else ""
    return HelpLetter(
        village=villages.get(session, village).name,
        listing=found.id,
        code=person.code,
        whose=Replaceable(Words.WHOSE.format(name=person.name, code=person.code, group=group), code),
        first=Replaceable(Words.FIRST.format(helper=helper.name), code),
        rows=_rows(
            person.code,
            found.fact,
            helper,
            agreed=agreed,
            phone=phone,
            office=villages.settings(session, village=village).contact_phone,
        ),
        day=day_in_words(day_of(at)),
    )


def _rows(
    code: str, fact: str, helper: Helper, *, agreed: str | None, phone: str | None, office: str
) -> tuple[tuple[str, Replaceable], ...]:
    """Return what is said, line by line, each with what stands for it where a character is missing."""
    visits = helper.visits
    since = Words.SINCE.format(helper=helper.name, day=day_in_words(helper.assigned_on))
    come = Words.VISITED.format(count=len(visits), day=day_in_words(visits[-1].visited_on)) if visits else ""
    lines: tuple[tuple[str, str], ...] = (
        (Words.WHAT, fact),
        (Words.WHO, f"{since}{come}"),
        (Words.PHONE, Words.AGREED.format(phone=phone) if phone else Words.BY_HAND),
        (Words.HOW, Words.FORMS.format(forms="、".join(HELP_FORM.names.values()))),
        (Words.WHEN, agreed or Words.TO_AGREE),
        (Words.CHANGED, Words.SAY_SO.format(phone=Words.CALL.format(phone=office) if office else "")),
        (Words.KEPT, Words.INSIDE),
        (Words.ENDS, Words.OUTCOME),
    )
    return tuple((str(label), Replaceable(words, f"户号{code}")) for label, words in lines)


def draw(value: HelpLetter, case: FontSet, out: BinaryIO) -> int:
    """Write the letter: one page, a copy of which stays with the village."""
    paper = Paper(out, case, width=_WIDTH, height=_HEIGHT, title=f"{Words.TITLE} {value.code}")
    paper.text(_WIDTH / 2, 36, Words.TITLE, size=28, weight=BOLD, align=0.5, spread=4, fit=_WIDE)
    paper.line(_MARGIN, 43, _RIGHT, 43, ink=INK, thickness=0.5)
    paper.text(_MARGIN, 57, value.whose, size=16, weight=BOLD, fit=_WIDE)
    for size in _SIZES:
        first = Passage(case, value.first, width=_WIDE, size=size + 1, leading=1.55)
        passages = [
            Passage(case, words, width=_WIDE - _LABEL, size=size, leading=1.45) for _, words in value.rows
        ]
        gap = size * 0.28
        if 63 + first.height + 3 + sum(one.height + gap for one in passages) <= _ROWS_END:
            break
    y = first.draw(paper, _MARGIN, 63) + 3
    for (label, _), passage in zip(value.rows, passages, strict=True):
        paper.text(_MARGIN, y + size / mm, label, size=size, weight=BOLD, ink=GREY, fit=_LABEL - 3)
        y = passage.draw(paper, _MARGIN + _LABEL, y) + gap
    _draw_signatures(paper, value)
    paper.turn()
    paper.finish()
    return 1


def _draw_signatures(paper: Paper, value: HelpLetter) -> None:
    """Draw where both sign, and the village's seal over its name and the day."""
    half = 92.0
    for place, words in enumerate((Words.HOUSEHOLD, Words.HELPING)):
        y = _SIGNED + place * 24
        used = paper.text(_MARGIN, y, words, size=12.5)
        paper.line(_MARGIN + used + 3, y + 1, _MARGIN + half, y + 1, ink=INK, thickness=0.3)
        for back, part in ((30, Words.YEAR), (15, Words.MONTH), (0, Words.DAY)):
            paper.text(_MARGIN + half - back, y + 10, part, size=12, ink=GREY, align=1)
    middle = _RIGHT - 28
    draw_seal(paper, middle, _SIGNED - 8, radius=17, thickness=0.25, size=10)
    issuer = CommonWords.COMMITTEE.format(village=value.village)
    paper.text(middle, _SIGNED + 38, issuer, size=13, weight=BOLD, align=0.5, fit=56)
    paper.text(middle, _SIGNED + 46, value.day, size=12, align=0.5, fit=56)


def example(households: int) -> HelpLetter:
    """Return the letter to one household, whatever the size of the village; with none, all is by hand."""
    helper = Helper("", 1, "龙凤泉", date(2026, 9, 2), None, None, None, ())
    agreed, phone = ("每周六下午", "0855-7654321") if households else (None, None)
    return HelpLetter(
        village="茶源村",
        listing="",
        code="0101",
        whose=Replaceable(Words.WHOSE.format(name="王建国", code="0101", group="，一组"), "户号0101"),
        first=Replaceable(Words.FIRST.format(helper=helper.name), "户号0101"),
        rows=_rows(
            "0101",
            "门前杂物堆放，三次提醒未清理",
            helper,
            agreed=agreed,
            phone=phone,
            office="0855-1234567",
        ),
        day="2026年9月3日",
    )


SHEET = Sheet(
    name="help_letter",
    title="帮扶告知书",
    about="A4，一户一张：谁来帮、怎么帮、哪天来、到几时，本户和来帮的人签字；一份给本户，一份村里留。",
    permission=Permission.MEETING_VIEW,
    options=HelpLetterOptions,
    words=Words,
    gather=gather,
    draw=draw,
    example=example,
    caution="告知书上有户主全名和事情，送到本户手里，不要张贴。",
    seconds=0.3,
)
