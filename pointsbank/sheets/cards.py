"""Cards (积分卡) of households: A4, ten to a sheet, cut along the crop marks. Printing cards issues them.

A card's token is known once, when the card is issued, and is stored only as a digest: a card cannot be
printed a second time.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import BinaryIO

from reportlab.lib.units import mm
from sqlmodel import Session

from pointsbank import approvals, governing, printing, publicity, roster, villages
from pointsbank.approvals import HandedCard
from pointsbank.law import Cleared, People
from pointsbank.printing import (
    BOLD,
    GREY,
    HAIR,
    INK,
    PALE,
    QUIET,
    RED,
    WHITE,
    FontSet,
    Paper,
    Passage,
    card_path,
    fits,
)
from pointsbank.publicity import PublicName
from pointsbank.roster import IssuedCard, PreparedCards
from pointsbank.schemas.options import Households, OneOf, Options, Signed
from pointsbank.sheets.base import CommonWords, Sheet, SheetValue, example_names, place_name
from pointsbank.staff import Permission

A_SHEET = 10
"""Cards on one A4 sheet: two across, five down."""

_SHEET = (210.0, 297.0)
_CARD = (90.0, 54.0)
_CORNER = (15.0, 13.5)
_CODE = 34.0
_EDGE = 5.5


class Words(StrEnum):
    """Fixed wording of a card."""

    CARD = "积分卡"
    FOUND = "拾到请交村委会"
    NUMBER = "卡号"
    CODE = "户号"
    SHOW = "到文明超市请出示本卡"


@dataclass(frozen=True, slots=True)
class CardFace:
    """The face of one household's card: what it says in letters and what its code says."""

    village: Cleared
    household: PublicName
    group: Cleared
    content: str
    number: str
    phone: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True)
class Cards(SheetValue):
    """The faces of the cards of one print; they count once two people have signed that they were handed out.

    `signed`: whoever prints them signs at the same time, as the first of the two.
    """

    faces: tuple[CardFace, ...]
    signed: bool = False
    prepared: PreparedCards | None = field(default=None, metadata={"printed": False})

    @property
    def description(self) -> str:
        """How many cards, and from when on they count."""
        return f"{len(self.faces)}张积分卡（{'第二个人确认后生效' if self.signed else '发放后生效'}）"

    @property
    def facts(self) -> dict[str, object]:
        """How many cards, and whether they wait for a second signature."""
        return {"cards": len(self.faces), "signed": self.signed}


def _groups(session: Session, village: str) -> list[tuple[str, str]]:
    return [(group.id, group.name) for group in villages.groups(session, village=village)]


class CardOptions(Options):
    """Whose cards: some codes, or a group, or (neither) everybody's."""

    participant = Households(load_default=[], label="哪几户", note="只给这些户制卡；不填则按小组或全村")
    group = OneOf(_groups, blank="全村", load_default=None, label="小组", note="只给这个小组制卡；不填则全村")
    hand_out = Signed(load_default=False, label="同时登记发放", note="第二个人确认后新卡生效，旧卡作废")


def check_address(public_url: str) -> None:
    """Refuse a public address that no card's code can hold.

    Raises:
        CodeTooLong: it has more than 51 bytes.
    """
    if not fits(f"{public_url}/c/{'0' * 27}"):
        raise printing.problems.CodeTooLong()


def gather(
    session: Session,
    *,
    village: str,
    by: str,
    at: datetime,
    public_url: str,
    participant: Sequence[str] = (),
    group: str | None = None,
    hand_out: bool = False,
    issued: Sequence[IssuedCard] | None = None,
) -> Cards:
    """Prepare new cards and return their faces; `issued` takes cards just issued elsewhere instead.

    Raises:
        CodeTooLong: the public address does not fit a card's code.
        ParticipantUnknown: there is nobody with one of these codes.
    """
    check_address(public_url)
    prepared = None
    if issued is None:
        ids = [roster.by_code(session, village=village, code=code).id for code in participant]
        if group and not ids:
            everyone = roster.everyone(session, village=village)
            # As for the whole village: who is gone is passed over and keeps nobody's card back.
            members = [person for person in everyone if group in (person.group_id, person.group)]
            ids = [person.id for person in members if person.status != "closed"]
        chosen = ids if participant or group else None
        prepared = roster.prepare(session, village=village, participants=chosen)
        issued = prepared.cards
    settings = villages.settings(session, village=village)
    name = villages.get(session, village).name
    people = governing.named_people(session, village=village)
    groups = publicity.public_groups(session, village=village, people=people)
    faces = (
        CardFace(
            village=place_name(name),
            household=_name(card, people, masked=settings.names_on_cards == "masked"),
            group=groups[card.participant.group],
            content=f"{public_url.rstrip('/')}/c/{card.token}",
            number=roster.spaced(card.number),
            phone=settings.contact_phone,
            code=card.participant.code,
        )
        for card in issued
    )
    return Cards(tuple(faces), hand_out, prepared)


def finish(session: Session, cards: Cards, *, village: str, by: str, at: datetime) -> None:
    """Issue the cards that were drawn, and sign first that they are handed out where that was asked.

    Raises the refusals of `approvals.request_hand_out`.
    """
    if cards.prepared is None:
        return
    roster.issue_prepared(session, village=village, prepared=cards.prepared, by=by, at=at)
    if cards.signed:
        given = [HandedCard(card.id, card.participant.id) for card in cards.prepared.cards]
        approvals.request_hand_out(session, village=village, cards=given, by=by, at=at)


def _name(card: IssuedCard, people: People, *, masked: bool) -> PublicName:
    """The name as the village prints it; only people's names are ever masked."""
    return publicity.public_name(card.participant, None if masked else publicity.NAMED, 1, people=people)


def draw(cards: Cards, case: FontSet, out: BinaryIO) -> int:
    """Write the sheets for these cards.

    Raises:
        CodeTooLong: the content of a card does not fit its code; nothing is written.
    """
    faces = cards.faces
    if not all(fits(face.content) for face in faces):
        raise printing.problems.CodeTooLong()
    paper = Paper(out, case, width=_SHEET[0], height=_SHEET[1], title=Words.CARD)
    starts = range(0, max(len(faces), 1), A_SHEET)
    for start in starts:
        _sheet(paper, faces[start : start + A_SHEET])
        paper.turn()
    paper.finish()
    return len(starts)


def _sheet(paper: Paper, faces: Sequence[CardFace]) -> None:
    paper.stamp("marks", 0, 0, lambda: _crop_marks(paper))
    for place, face in enumerate(faces):
        row, column = divmod(place, 2)
        _card(paper, _CORNER[0] + column * _CARD[0], _CORNER[1] + row * _CARD[1], face)


def _crop_marks(paper: Paper) -> None:
    """Marks in the margins for the cutter, and a faint cross where four cards meet for scissors."""
    across = [_CORNER[0] + column * _CARD[0] for column in range(3)]
    down = [_CORNER[1] + row * _CARD[1] for row in range(6)]
    above = [(x, y - 7, x, y - 2) for x in across for y in (down[0], down[-1] + 9)]
    beside = [(x - 7, y, x - 2, y) for y in down for x in (across[0], across[-1] + 9)]
    paper.lines(above + beside, ink=INK, thickness=0.1)
    x = across[1]
    crosses = [line for y in down[1:-1] for line in ((x - 2, y, x + 2, y), (x, y - 2, x, y + 2))]
    paper.lines(crosses, ink=HAIR, thickness=0.1)


def _card(paper: Paper, left: float, top: float, face: CardFace) -> None:
    drawn = card_path(face.content)
    quiet = QUIET * _CODE / drawn[0]
    code = left + _CARD[0] - _CODE - max(quiet, 4)
    x = left + _EDGE
    width = code - quiet - x
    alike = (face.village, face.phone, drawn[0])
    paper.stamp(alike, x, top, lambda: _common(paper, face, width, code - x))
    _household(paper, x, top, face.household, width)
    _code_and_group(paper, x, top + 33, face, width)
    paper.code(code, top + max(quiet, 4), _CODE, drawn)
    paper.text(code + _CODE, top + 48.7, face.number, size=12, weight=BOLD, align=1, fit=_CODE - 7)


def _code_and_group(paper: Paper, x: float, y: float, face: CardFace, width: float) -> None:
    """The 户号, which tells two 王*国 of one group apart, and the group in what room is left."""
    if face.code:
        label = paper.text(x, y, Words.CODE, size=8.5, ink=GREY) + 1
        wide = paper.text(x + label, y, face.code, size=10, weight=BOLD, fit=width * 0.6)
        x, width = x + label + wide + 3, width - label - wide - 3
    paper.text(x, y, face.group, size=10, ink=GREY, fit=width)


def _household(paper: Paper, x: float, top: float, name: str, width: float) -> None:
    """The name in one large line, or in two smaller ones where it is long."""
    if paper.case.width(name, BOLD, 20) <= 2.5 * width * mm:
        paper.text(x, top + 26.2, name, size=20, weight=BOLD, fit=width)
        return
    lines = Passage(paper.case, name, width=width, size=13, lines=2, weight=BOLD)
    lines.draw(paper, x, top + 27.9 - lines.height)


def _common(paper: Paper, face: CardFace, width: float, code: float) -> None:
    """What all cards of a village have alike: what it is, where to bring it when found, whom to call."""
    paper.box(0, 5.5, 15.5, 6.4, RED, radius=1.1)
    paper.text(7.75, 10.1, Words.CARD, size=11, weight=BOLD, ink=WHITE, align=0.5)
    paper.text(17.6, 10.1, face.village, size=11.5, weight=BOLD, ink=RED, fit=width - 17.6)
    paper.line(0, 39.6, width - 2, 39.6, ink=HAIR, thickness=0.15)
    paper.text(0, 44.2, Words.FOUND, size=8.5, weight=BOLD, fit=width)
    last = f"{CommonWords.PHONE} {face.phone}" if face.phone else Words.SHOW
    paper.text(0, 48.7, last, size=8, ink=GREY, fit=width)
    paper.text(code, 48.7, Words.NUMBER, size=7.5, ink=PALE)


def face(
    household: str = "王建国", *, number: int = 0, public_url: str = "https://jifen.chayuan.cn"
) -> CardFace:
    """Return the face of a card of nobody, its token drawn from its number."""
    dice = random.Random(number)
    token = "".join(dice.choice("0123456789ABCDEFGHJKMNPQRSTVWXYZ") for _ in range(27))
    digits = " ".join("".join(dice.choice("0123456789") for _ in range(4)) for _ in range(3))
    village, group = place_name("茶源村"), place_name("第1村民小组")
    content = f"{public_url}/c/{token}"
    code = f"{number:04}"
    name = PublicName(household, f"{Words.CODE}{code}")
    return CardFace(village, name, group, content, digits, "0596-1234567", code)


def example(households: int) -> Cards:
    """Return a card for each of so many households."""
    return Cards(tuple(face(name, number=number) for number, name in enumerate(example_names(households))))


SHEET = Sheet(
    name="cards",
    title="积分卡",
    about="A4，每张十卡，沿裁切线裁开。每次打印都是新卡，发放后才生效。",
    permission=Permission.PRINT_CARDS,
    options=CardOptions,
    words=Words,
    gather=gather,
    draw=draw,
    example=example,
    writes=True,
    finish=finish,
    check_address=check_address,
    caution="文件里有卡号，请妥善保管，一周内删除。",
    seconds=3.0,
)
