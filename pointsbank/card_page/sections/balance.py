"""The household's points and honour, in large figures; its base points; what it is kept from."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from pointsbank import ledger, roster, scoring, spoken
from pointsbank.card_page.base import Section
from pointsbank.card_visits import CardVisit
from pointsbank.dates import day_of
from pointsbank.labels.restriction_kind import RESTRICTION_KIND

_SUSPENDED = "您家的积分暂停使用，换不了东西，到村委会了解原因；评分、公示和提异议照常。"


@dataclass(frozen=True, slots=True)
class Balance:
    """What the household has, in hundredths; what stands of its base points, and why it may not, in words."""

    points: int
    honour: int
    base: tuple[str, ...]
    kept_from: tuple[str, ...]


def gather(session: Session, *, visit: CardVisit, at: datetime) -> Balance:
    """Return the balances of the visit's household."""
    here = {"village": visit.village, "participant": visit.participant}
    found = ledger.balance(session, **here)
    base = scoring.base_of(session, **here, day=day_of(at))
    suspended = roster.by_id(session, village=visit.village, id=visit.participant).status == "suspended"
    standing = [one for one in roster.restrictions_of(session, **here) if one.stands(at)]
    return Balance(
        found.points,
        found.honour,
        tuple(one.in_words for one in base),
        (
            *([_SUSPENDED] if suspended else []),
            *(f"因为“{one.why}”，暂停{RESTRICTION_KIND.name(one.kind)}，{one.until}。" for one in standing),
        ),
    )


def aloud(found: Balance) -> str:
    """Return the two balances as a voice says them."""
    words = f"您家现在有可用积分{spoken.amount(found.points)}，荣誉积分{spoken.amount(found.honour)}。"
    return words + "".join(map(spoken.in_text, found.base + found.kept_from))


SECTION = Section(name="balance", title="我家的积分", position=10, gather=gather, aloud=aloud)
