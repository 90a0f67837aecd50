"""The slip for who objected (异议回执): A5, its number in the log, what was said, when an answer is due."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import BinaryIO

from sqlmodel import Session

from pointsbank import boards, dates, ledger, objections, publicity, scoring, staff, villages
from pointsbank.dates import day_in_words, month_in_words
from pointsbank.errors import Refused
from pointsbank.labels.board import BOARD
from pointsbank.labels.objection_status import OBJECTION_STATUS
from pointsbank.objections import Objection
from pointsbank.points import show
from pointsbank.printing import BOLD, GREY, HAIR, INK, FontSet, Paper, Passage
from pointsbank.schemas.options import OneOf, Options
from pointsbank.sheets.base import Sheet, SheetValue, draw_seal
from pointsbank.staff import Permission
from pointsbank.text import Replaceable

_SHEET = (148.0, 210.0)
_MARGIN, _LABEL = 14.0, 24.0
_WIDE = _SHEET[0] - 2 * _MARGIN
_SIZE = 11.0
_LATEST = 50
_LINES = 6
"""So many lines of a reason or of an answer have a place; a longer one ends with where it can be read."""


class Words(StrEnum):
    """Fixed wording of the slip."""

    TITLE = "{village}异议回执"
    NUMBER = "第{index}号（账本日志序号）"
    WAITS = "编号等入账后补"
    RAISED = "提出人"
    RECEIVED = "收到"
    WHEN = "{day}，{who}登记"
    ABOUT = "对什么"
    SCORE = "户号{code}：{title}，{day}，计{points}分"
    LISTING = "户号{code}：{month}{board}"
    REASON = "理由"
    ANSWER = "答复"
    DUE = "村务监督最迟{day}书面答复；录入和登记的人不能答复。"
    ANSWERED = "异议{verdict}（{day}）：{decision}"
    ON = "电话"
    MORE = "（全文见村里的记录）"
    NOTE = "凭编号到村里查进展；提出异议不扣分。"
    SIGNED = "登记人签名"
    TAKEN = "提出人签收"
    OF = "户号{code}的异议提出人"


class NothingObjected(Refused):
    """Nobody has objected to anything yet."""

    code = "nothing_objected"
    sentence = "还没有登记过异议：请在公示里点开一条评分登记。"
    fixed_by = "本人"


@dataclass(frozen=True, slots=True)
class ObjectionSlip(SheetValue):
    """What somebody said against a score or a listing, and what becomes of it; for that person's hand."""

    village: str
    objection: str
    index: int | None
    raised_by: Replaceable
    received: str
    about: str
    reason: str
    answer: str
    phone: str

    @property
    def description(self) -> str:
        """Which objection it is of, by its number."""
        return "异议回执"

    @property
    def file_label(self) -> str:
        """The objection's place in the log."""
        return str(self.index or 0)

    @property
    def facts(self) -> dict[str, object]:
        """Which objection it is of."""
        return {"objection": self.objection}


def _raised(session: Session, village: str) -> list[Objection]:
    """Return the objections to scores and to listings, the latest first."""
    both: list[Objection] = [
        *publicity.objections(session, village=village),
        *boards.listing_objections(session, village=village),
    ]
    return sorted(both, key=lambda one: (one.raised_on, one.id), reverse=True)


def _choices(session: Session, village: str) -> list[tuple[str, str]]:
    latest = _raised(session, village)[:_LATEST]
    return [(one.id, f"{day_in_words(one.raised_on)} {one.raised_by}：{one.reason[:20]}") for one in latest]


class SlipOptions(Options):
    """Which objection."""

    objection = OneOf(
        _choices, blank="最近一条", load_default=None, label="异议", note="哪一条异议；默认最近一条"
    )


def gather(
    session: Session, *, village: str, by: str, at: datetime, public_url: str, objection: str | None = None
) -> ObjectionSlip:
    """Return the slip of one objection, the latest unless one is named.

    Raises:
        ObjectionUnknown: there is none with this id.
        NothingObjected: nobody has objected to anything.
    """
    raised = _raised(session, village)
    if not raised:
        raise NothingObjected()
    found = next((one for one in raised if objection in (None, one.id)), None)
    if found is None:
        raise objections.problems.ObjectionUnknown()
    is_score = isinstance(found, publicity.Objection)
    filed = ledger.entries_telling(
        session,
        village=village,
        table="score_objection" if is_score else "listing_objection",
        key=found.id,
        kind="objection_filed",
    )
    entry = filed[-1] if filed else None
    actors = staff.actors(session, ids={entry.actor} if entry and entry.actor else set())
    received = Words.WHEN.format(
        day=day_in_words(found.raised_on), who=actors.get(entry.actor or "", "") if entry else ""
    )
    code, about = (_score if is_score else _listing)(session, village, found)
    return ObjectionSlip(
        village=villages.get(session, village).name,
        objection=found.id,
        index=entry.index if entry else None,
        raised_by=Replaceable(found.raised_by, Words.OF.format(code=code)),
        received=received,
        about=about,
        reason=found.reason,
        answer=_answer(found),
        phone=villages.settings(session, village=village).contact_phone,
    )


def _score(session: Session, village: str, found: Objection) -> tuple[str, str]:
    score = scoring.score(session, village=village, score_id=found.subject)
    return score.code, Words.SCORE.format(
        code=score.code,
        title=score.title,
        day=day_in_words(score.occurred_on),
        points=show(score.counted_points),
    )


def _listing(session: Session, village: str, found: Objection) -> tuple[str, str]:
    listing = boards.listing(session, village=village, listing_id=found.subject)
    return listing.participant.code, Words.LISTING.format(
        code=listing.participant.code, month=month_in_words(listing.month), board=BOARD.name(listing.board)
    )


def _answer(found: Objection) -> str:
    if found.decided_at is None:
        return Words.DUE.format(day=day_in_words(found.due_on))
    return Words.ANSWERED.format(
        verdict=OBJECTION_STATUS.name(found.status),
        day=day_in_words(dates.day_of(found.decided_at)),
        decision=found.decision or "",
    )


def draw(value: ObjectionSlip, case: FontSet, out: BinaryIO) -> int:
    """Write the slip: one page."""
    title = Words.TITLE.format(village=value.village)
    number = Words.NUMBER.format(index=value.index) if value.index is not None else str(Words.WAITS)
    paper = Paper(out, case, width=_SHEET[0], height=_SHEET[1], title=f"{title} {value.index or ''}".strip())
    paper.text(_SHEET[0] / 2, 22, title, size=18, weight=BOLD, align=0.5, fit=_WIDE)
    paper.text(_SHEET[0] / 2, 30, number, size=12, align=0.5, fit=_WIDE)
    paper.line(_MARGIN, 34, _SHEET[0] - _MARGIN, 34, ink=INK, thickness=0.4)
    rows: Sequence[tuple[str, str]] = (
        (Words.RAISED, value.raised_by),
        (Words.RECEIVED, value.received),
        (Words.ABOUT, value.about),
        (Words.REASON, value.reason),
        (Words.ANSWER, value.answer),
        (Words.ON, value.phone),
    )
    y = 38.0
    for label, words in rows:
        if words:
            paper.text(_MARGIN, y + 4.2, label, size=_SIZE, weight=BOLD, ink=GREY, fit=_LABEL - 3)
            y = _draw_words(paper, case, words, y) + 2.6
    for place, words in enumerate((Words.SIGNED, Words.TAKEN)):
        left = _MARGIN + place * _WIDE / 2
        wide = paper.text(left, 186, words, size=_SIZE)
        paper.line(left + wide + 2, 187, left + _WIDE / 2 - 6, 187, ink=HAIR, thickness=0.3)
    draw_seal(paper, _SHEET[0] - _MARGIN - 16, 150, radius=14, thickness=0.25, size=9.5)
    paper.text(_MARGIN, 199, Words.NOTE, size=9, ink=GREY, fit=_WIDE)
    paper.turn()
    paper.finish()
    return 1


def _draw_words(paper: Paper, case: FontSet, words: str, y: float) -> float:
    """Draw words as they have a place on the slip; of longer ones, where they are kept. Return the end."""
    left, wide = _MARGIN + _LABEL, _WIDE - _LABEL
    whole, shown = (
        Passage(case, words, width=wide, size=_SIZE, leading=1.45, lines=lines) for lines in (None, _LINES)
    )
    y = shown.draw(paper, left, y)
    if shown.height < whole.height:
        paper.text(left, y + 4.2, Words.MORE, size=_SIZE, ink=GREY, fit=_WIDE - _LABEL)
        y += 6
    return y


def example(households: int) -> ObjectionSlip:
    """Return the slip of one objection, whatever the size of the village."""
    return ObjectionSlip(
        village="茶源村",
        objection="",
        index=1234,
        raised_by=Replaceable("王建国", Words.OF.format(code="0101")),
        received=Words.WHEN.format(day="2026年9月3日", who="陈"),
        about=Words.SCORE.format(code="0101", title="参加环境清扫", day="2026年8月20日", points="5"),
        reason="那天去了两次，只记了一次。",
        answer=Words.DUE.format(day="2026年9月10日"),
        phone="",
    )


SHEET = Sheet(
    name="objection_slip",
    title="异议回执",
    about="A5，一条异议一张：编号、理由、最迟哪天答复；交给提出的人。",
    permission=Permission.OBJECTION_RAISE,
    options=SlipOptions,
    words=Words,
    gather=gather,
    draw=draw,
    example=example,
    caution="回执上有提出人的姓名和理由，交给本人，不要张贴。",
    seconds=0.3,
)
