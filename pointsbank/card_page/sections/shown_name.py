"""How papers and the public board write the household's name, and where it asks for another way."""

from datetime import datetime

from sqlmodel import Session

from pointsbank import publicity, roster
from pointsbank.card_page.base import Section
from pointsbank.card_visits import CardVisit


def gather(session: Session, *, visit: CardVisit, at: datetime) -> str | None:
    """Return how a person is written, in words; None for who is always named."""
    who = roster.by_id(session, village=visit.village, id=visit.participant)
    if who.kind not in roster.PERSONS:
        return None
    consent = publicity.consent_of(session, village=visit.village, participant=who.id)
    if consent == publicity.NUMBERED:
        return "只写序号，例如“第12户”，不写名字。"
    name = publicity.public_name(who, consent, 1)
    if consent is None:
        return f"{name}（没有登记过同意公开姓名）。"
    return f"{name}（登记过同意公开姓名；公示期没满的，网上公开栏先不写全名）。"


SECTION = Section(name="shown_name", title="公开时怎样写我家的名字", position=75, gather=gather)
