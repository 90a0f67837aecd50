"""Finds who holds a card from what a scanner read or a clerk typed, or says why it does not count."""

from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import Select, bindparam, select
from sqlmodel import Session, col

from pointsbank.errors import Invalid, NotFound, Refused
from pointsbank.practising import is_practice
from pointsbank.prepared import fetch
from pointsbank.roster.cards import IN_HAND, printed_for
from pointsbank.roster.models import CardRow, CardTokenRow, ParticipantRow
from pointsbank.roster.participants import ParticipantClosed, by_id
from pointsbank.roster.stored import Participant
from pointsbank.roster.tokens import digest, is_practice_token, read_number, read_token


class CardMalformed(Invalid):
    """What was scanned or typed has not the form of a card."""

    code = "card_malformed"
    sentence = "这不是积分卡的二维码，或没有扫完整，请对准卡片重新扫描。"
    fixed_by = "店员"
    at = ("text", "card")


class CardUnknown(NotFound):
    """A well-formed card that nobody issued."""

    code = "card_unknown"
    sentence = "没有这张卡的记录，请到村委会核对或补卡。"
    fixed_by = "村委"


class CardNotActive(Refused):
    """Printed, but not handed out yet."""

    code = "card_not_active"
    sentence = "这张卡还没有发放启用，请先在这一户的档案里点“登记发放”。"
    fixed_by = "村委"


class CardInUse(Refused):
    """Handed out before."""

    code = "card_in_use"
    sentence = "这张卡已经发放，可以直接使用，没有要换的新卡；要设密码的，请在“兑换密码”页扫这张卡。"
    fixed_by = "村委"


class CardRevoked(Refused):
    """Reported lost."""

    code = "card_revoked"
    sentence = "这张卡已经挂失，不能使用，请到村委会补卡。"
    fixed_by = "村委"


class CardReplaced(Refused):
    """A newer card has taken its place."""

    code = "card_replaced"
    sentence = "这张卡已换成新卡，请使用新卡。"
    fixed_by = "村民"


class WrongVillage(Refused):
    """A card of another village."""

    code = "wrong_village"
    sentence = "这张卡不是本村的积分卡，请到发卡的村使用。"
    fixed_by = "村民"


class PracticeCard(Refused):
    """A card of the practice village, at a real till."""

    code = "practice_card"
    sentence = "这是练习村的卡，不能在这里用，里面的积分都是编的。练习请到“练习村”页。"
    fixed_by = "店员"


class RealCard(Refused):
    """A household's real card, at the till of the practice village."""

    code = "real_card"
    sentence = "这是真的积分卡，练习村里不能用，也不会动里面的积分。请回到本村的“兑换”页再扫。"
    fixed_by = "店员"


class ParticipantSuspended(Refused):
    """The household may not spend for now."""

    code = "participant_suspended"
    sentence = "这一户的积分已暂停使用，请到村委会了解原因。"
    fixed_by = "村委"


class FoundCard(NamedTuple):
    """A card that was issued, whose it is, and how it stands."""

    village_id: str
    id: str
    participant_id: str
    status: str


class _Spender(NamedTuple):
    status: str
    card_status: str | None


# These run at every scan or sale: statements built once.
_CARD = select(col(CardRow.village_id), col(CardRow.id), col(CardRow.participant_id), col(CardRow.status))
_BY_NUMBER = _CARD.where(CardRow.in_village(bindparam("village")), col(CardRow.number) == bindparam("number"))
# A token names its card before anybody knows the village.
BY_TOKEN = _CARD.join(
    CardTokenRow,
    (col(CardTokenRow.village_id) == col(CardRow.village_id))
    & (col(CardTokenRow.card_id) == col(CardRow.id)),
).where(col(CardTokenRow.digest) == bindparam("digest"))
_SPENDER: Select[*tuple[Any, ...]] = (
    select(col(ParticipantRow.status), col(CardRow.status).label("card_status"))
    .outerjoin_from(
        ParticipantRow,
        CardRow,
        CardRow.in_village_of(ParticipantRow)
        & (col(CardRow.participant_id) == col(ParticipantRow.id))
        & (col(CardRow.id) == bindparam("card")),
    )
    .where(
        ParticipantRow.in_village(bindparam("village")),
        col(ParticipantRow.id) == bindparam("participant"),
    )
)

_UNUSABLE = {"printed": CardNotActive, "revoked": CardRevoked, "replaced": CardReplaced}
_NOT_SPENDING = {"suspended": ParticipantSuspended, "closed": ParticipantClosed}


@dataclass(frozen=True, slots=True)
class CardHolder:
    """A usable card and its holder."""

    card_id: str
    participant: Participant
    village: str


def look_up(session: Session, *, text: str, village: str | None) -> CardHolder:
    """Return the holder of the card whose code was scanned.

    Args:
        text: what the scanner read; anything before the token is ignored.
        village: the village whose card it must be; None takes the card's own.

    Raises:
        CardMalformed: it is no card.
        PracticeCard, RealCard: it is for practice and this till is real, or the other way round.
        CardUnknown: nobody issued such a card.
        CardNotActive, CardRevoked, CardReplaced: the card is not in use.
        ParticipantSuspended, ParticipantClosed: the holder may not spend.
        ParticipantUnknown: the holder is gone from the roster.
        WrongVillage: the card is another village's.

    Example:
        roster.look_up(session, text="HTTPS://CY.EXAMPLE/C/8M…", village="cy").participant.code == "0101"
    """
    return _holder(session, read_scanned(session, text, village=village))


def printed_card(session: Session, *, text: str, village: str) -> CardHolder:
    """Return the printed card to be handed out to the household of which this card, new or old, was scanned.

    A printed card is handed out itself; for one in use the newest printed one of its slot.

    Args:
        text: what the scanner read; anything before the token is ignored.

    Raises:
        CardMalformed: it is no card.
        PracticeCard, RealCard: as `look_up`.
        CardUnknown: nobody issued such a card.
        WrongVillage: the card is another village's.
        CardInUse: it was handed out, and no newer one is printed.
        CardRevoked, CardReplaced: it will never count again.
        ParticipantClosed: the holder is closed.
        ParticipantUnknown: the holder is gone from the roster.

    Example:
        roster.printed_card(session, text="HTTPS://CY.EXAMPLE/C/8M…", village="cy").participant.code == "0101"
    """
    row = read_scanned(session, text, village=village)
    new = printed_for(session, village=village, card=row.id) if row.status == "active" else row.id
    if new is None:
        raise CardInUse
    if row.status not in IN_HAND:
        raise _UNUSABLE[row.status]
    person = by_id(session, village=village, id=row.participant_id)
    if person.status == "closed":
        raise ParticipantClosed
    return CardHolder(new, person, village)


def read_scanned(session: Session, text: str, *, village: str | None) -> FoundCard:
    """Return the card whose code was scanned, in whatever state; None as village takes the card's own.

    Raises CardMalformed, PracticeCard, RealCard, CardUnknown, WrongVillage.
    """
    token = read_token(text)
    if token is None:
        raise CardMalformed
    if is_practice_token(token) != is_practice(session):
        raise PracticeCard if is_practice_token(token) else RealCard
    row = fetch(session, BY_TOKEN, {"digest": digest(token)}, into=FoundCard).first()
    if row is None:
        raise CardUnknown
    if village is not None and row.village_id != village:
        raise WrongVillage
    return row


def by_number(session: Session, *, village: str, number: str) -> CardHolder:
    """Return the holder of the card whose printed number was typed.

    Raises:
        CardMalformed: it is no card.
        CardUnknown: nobody issued such a card.
        CardNotActive, CardRevoked, CardReplaced: the card is not in use.
        ParticipantSuspended, ParticipantClosed: the holder may not spend.
        ParticipantUnknown: the holder is gone from the roster.

    Example:
        roster.by_number(session, village="cy", number="012 345 674").participant.code == "0101"
    """
    plain = read_number(number)
    if plain is None:
        raise CardMalformed
    row = fetch(session, _BY_NUMBER, {"village": village, "number": plain}, into=FoundCard).first()
    if row is None:
        raise CardUnknown
    return _holder(session, row)


def check_card(session: Session, *, village: str, participant: str, card: str | None) -> None:
    """Raise unless a participant (id) may spend and its card (id) counts, just before points move.

    Args:
        card: None where no card was scanned; then only the participant is checked.

    Raises:
        CardUnknown: the participant or its card is not there.
        CardNotActive, CardRevoked, CardReplaced: the card is not in use.
        ParticipantSuspended, ParticipantClosed: the participant may not spend.

    Example:
        roster.check_card(session, village="cy", participant=wang.id, card=None)
    """
    values = {"village": village, "participant": participant, "card": card}
    row = fetch(session, _SPENDER, values, into=_Spender).first()
    if row is None or (card is not None and row.card_status is None):
        raise CardUnknown
    if row.card_status in _UNUSABLE:
        raise _UNUSABLE[row.card_status]
    if row.status in _NOT_SPENDING:
        raise _NOT_SPENDING[row.status]


def _holder(session: Session, row: FoundCard) -> CardHolder:
    """Return the holder of a card, or raise the reason why it cannot be used."""
    if row.status in _UNUSABLE:
        raise _UNUSABLE[row.status]
    person = by_id(session, village=row.village_id, id=row.participant_id)
    if person.status in _NOT_SPENDING:
        raise _NOT_SPENDING[person.status]
    return CardHolder(row.id, person, row.village_id)
