"""Chooses whose cards are printed, says what that will be, and issues them once they are drawn."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from marshmallow import ValidationError, validates_schema
from sqlmodel import Session

from pointsbank import approvals, governing, law, market, printing, publicity, roster, villages
from pointsbank.approvals import HandedCard
from pointsbank.law import People, Use
from pointsbank.printing import fits
from pointsbank.publicity import PublicName
from pointsbank.roster import Chosen, IssuedCard, PreparedCards
from pointsbank.schemas.fields import Choice, Text
from pointsbank.schemas.options import Households, OneOf, Options, Signed, Ticked
from pointsbank.sheets.base import place_name
from pointsbank.sheets.cards.values import A_SHEET, PLATES_A_SHEET, CardFace, Cards
from pointsbank.sheets.cards.values import back as card_back

EVERYBODY = "*"
"""Stands for the whole village among the groups."""


def _groups(session: Session, village: str) -> list[tuple[str, str]]:
    groups = [(group.id, group.name) for group in villages.groups(session, village=village)]
    return [(EVERYBODY, "全村"), *groups]


class CardOptions(Options):
    """Whose cards: some codes, or a group, or (neither) everybody's; or one card anew, or one more."""

    participant = Households(load_default=[], label="哪几户", note="只给这些户制卡")
    group = OneOf(_groups, blank="请选择", load_default=None, label="小组", note="给这个小组或全村制卡")
    further = Ticked(load_default=False, label="再发一张", note="原来的卡照常使用，例如家里、城里各一张")
    label = Text(
        maximum=roster.LABEL, load_default=None, label="再发的一张放在哪里", note="例如城里，8个字以内"
    )
    card = Text(maximum=20, load_default=None, label="补打哪一张", note="卡号；只补打这一张")
    old_address = Ticked(
        load_default=False, label="只给卡上是别的网址的户", note="换公开网址以后，只给旧网址的卡换新"
    )
    plate = Ticked(load_default=False, label="做成门牌", note="挂在门口，码大，一张A4四块；不选就是卡")
    back = Ticked(
        load_default=False, label="印背面", note="积分怎么来、怎么用，超市开放时间；双面打印，长边翻转"
    )
    first = Choice(
        *(str(place) for place in range(1, A_SHEET + 1)),
        load_default="1",
        label="从第几格开始",
        note="用剩的卡纸，从左上角横着数；门牌一张只有四格",
    )
    hand_out = Signed(load_default=False, label="同时登记发放", note="第二个人确认后新卡生效，旧卡作废")

    @validates_schema
    def further_of_whom(self, data: dict[str, Any], **options: object) -> None:
        """Refuse a further card for nobody in particular; raises ValidationError."""
        if data["further"] and not data["participant"]:
            raise ValidationError("再发一张是给哪几户的？请填户号。", "participant")
        if data["label"] and not data["further"]:
            raise ValidationError("只有再发一张时才填放在哪里。", "label")

    @validates_schema
    def first_on_a_sheet(self, data: dict[str, Any], **options: object) -> None:
        """Refuse a place that a sheet of plates does not have; raises ValidationError."""
        if data["plate"] and int(data["first"]) > PLATES_A_SHEET:
            raise ValidationError(f"一张A4只有{PLATES_A_SHEET}块门牌，请选1至{PLATES_A_SHEET}。", "first")


def check_address(public_url: str) -> None:
    """Refuse a public address that no card's code can hold.

    Raises:
        CodeTooLong: it has more than 51 bytes.
    """
    if not fits(f"{public_url}/c/{'0' * 27}"):
        raise printing.problems.CodeTooLong()


def outlook(
    session: Session,
    *,
    village: str,
    public_url: str,
    hand_out: bool = False,
    plate: bool = False,
    back: bool = False,
    first: str = "1",
    **options: Any,
) -> tuple[str, ...]:
    """Say how many cards on how many sheets will be printed, for whom, and what becomes of older ones.

    Raises:
        NothingToPrint: nobody is left of those chosen.

    And the other refusals of `prepared_cards`.
    """
    prepared = prepared_cards(session, village=village, public_url=public_url, **options)
    count = len(prepared.cards)
    whose = len({card.participant.id for card in prepared.cards})
    taken = count + int(first) - 1
    sheets = -(-taken // (PLATES_A_SHEET if plate else A_SHEET))
    waiting = roster.printed_cards(
        session, village=village, participants=[card.participant.id for card in prepared.cards]
    )
    pieces = f"{count}块门牌" if plate else f"{count}张卡"
    paper = f"{sheets}张A4纸，双面" if back else f"{sheets}张A4纸"
    happens = [f"将打印第{prepared.batch}批：{whose}户，{pieces}，{paper}。"]
    happens.append("打印以后旧卡照常使用；登记发放、第二个人确认以后，新卡生效，同一张的旧卡才作废。")
    if waiting:
        happens.append(f"其中{len(waiting)}户有更早打印、还没有发放的卡；新的发放以后，那些就作废。")
    if hand_out:
        happens.append("同时登记发放：您是第一个签字的人，另一位角色不同的工作人员确认后生效。")
    return tuple(happens)


def prepared_cards(
    session: Session,
    *,
    village: str,
    public_url: str,
    participant: Sequence[str] = (),
    group: str | None = None,
    further: bool = False,
    label: str | None = None,
    card: str | None = None,
    old_address: bool = False,
) -> PreparedCards:
    """Prepare the cards that these options mean.

    Raises:
        ParticipantUnknown, CardUnknown: there is nobody with one of these codes, no card of this number.
        ParticipantClosed, NoSlotLeft, TextInvalid: see `roster.prepare`.
        NothingToPrint: nobody is left.
    """
    url = public_url.rstrip("/")
    if card:
        return roster.prepare_again(session, village=village, number=card, public_url=url)
    ids = [roster.by_code(session, village=village, code=code).id for code in participant]
    scope = "further" if further else "households"
    one_group = None if ids or group in (None, EVERYBODY) else group
    if not ids:
        everyone = roster.everyone(session, village=village)
        # As for the whole village: who is gone is passed over and keeps nobody's card back.
        here = [one for one in everyone if one.status != "closed"]
        if one_group:
            here = [one for one in here if one_group in (one.group_id, one.group)]
            one_group = here[0].group_id if here else None
        ids, scope = [one.id for one in here], "group" if one_group else "village"
    if old_address:
        other = set(roster.with_other_address(session, village=village, public_url=url))
        ids, scope = [id for id in ids if id in other], "old_address"
    if not ids:
        raise roster.problems.NothingToPrint()
    return roster.prepare(
        session,
        village=village,
        participants=ids,
        further=further,
        label=label or "",
        chosen=Chosen(scope, one_group),
        public_url=url,
    )


def gather(
    session: Session,
    *,
    village: str,
    by: str,
    at: datetime,
    public_url: str,
    hand_out: bool = False,
    plate: bool = False,
    back: bool = False,
    first: str = "1",
    issued: Sequence[IssuedCard] | None = None,
    **options: Any,
) -> Cards:
    """Prepare new cards and return their faces; `issued` takes cards just issued elsewhere instead.

    Raises:
        CodeTooLong: the public address does not fit a card's code.
        NothingToPrint: nobody is left of those chosen.

    And the other refusals of `prepared_cards`.
    """
    check_address(public_url)
    prepared = None
    if issued is None:
        prepared = prepared_cards(session, village=village, public_url=public_url, **options)
        issued = prepared.cards
    settings = villages.settings(session, village=village)
    name = villages.get(session, village).name
    people = governing.named_people(session, village=village)
    second = law.replace_unlawful(settings.card_heading, Use.HEADING, people=people)
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
            second=second,
        )
        for card in issued
    )
    behind = None
    if back:
        hours = market.write_hours(market.opening_hours(session, village=village))
        behind = card_back(hours, settings.notice_days)
    return Cards(tuple(faces), hand_out, int(first), behind, plate, prepared)


def finish(session: Session, cards: Cards, *, village: str, by: str, at: datetime) -> None:
    """Issue the cards that were drawn, and sign first that they are handed out where that was asked.

    Raises the refusals of `roster.issue_prepared` and `approvals.request_hand_out`.
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
