"""Restrictions: what a household is kept from after a veto; the one place that the till and boards ask.

A restriction begins when a veto is posted and ends on its last day by itself, or before it by two people:
lifted once the matter is put right, or reversed with the score.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, bindparam
from sqlalchemy import select as select_columns
from sqlmodel import Session, col, select

from pointsbank.dates import day_in_words, day_of
from pointsbank.errors import Refused
from pointsbank.labels.restriction_kind import RESTRICTION_KIND
from pointsbank.prepared import fetch
from pointsbank.roster.bar_models import BAR_KINDS, BarRow
from pointsbank.roster.restriction_models import LIFTED, RestrictionRow

PARTICIPATION = "participation"
STANDING, OVER = "standing", "over"


class ParticipantRestricted(Refused):
    """A veto keeps the household from it for now."""

    code = "participant_restricted"
    sentence = (
        "这一户因“{why}”暂停{kind}，从{begins_on}起，{until}；"
        "整改好了，请评议小组在这一户的档案里（因为上黑榜的，在那一条黑榜里）申请解除。"
    )
    fixed_by = "村委"


@dataclass(frozen=True, slots=True)
class Restriction:
    """What a participant (id) is kept from, by which score, since when; days included, None for no last day.

    `ended_as` is `lifted` or `reversed` where two people ended it before its last day.
    """

    score_id: str
    kind: str
    participant_id: str
    why: str
    begins_on: date
    ends_on: date | None
    begun_at: datetime
    ended_as: str | None
    ended_by: str | None
    ended_with: str | None
    ended_at: datetime | None
    end_reason: str | None

    @property
    def until(self) -> str:
        """Its last day in words: 到2026年12月31日, or 到解除为止."""
        return until_in_words(self.ends_on)

    def stands(self, at: datetime) -> bool:
        """Return whether it holds at a moment: begun, not over, not ended."""
        day = day_of(at)
        is_in_days = self.begins_on <= day and (self.ends_on is None or day <= self.ends_on)
        return is_in_days and self.begun_at <= at and (self.ended_at is None or at < self.ended_at)

    def state(self, at: datetime) -> str:
        """Return its state at a moment: a code of `labels.restriction_state`."""
        if self.ended_as is not None:
            return self.ended_as
        return STANDING if self.ends_on is None or day_of(at) <= self.ends_on else OVER


_FIELDS = select_columns(*RestrictionRow.columns_of(Restriction))
_OF_PARTICIPANT: Select[Any] = _FIELDS.where(
    RestrictionRow.in_village(bindparam("village")),
    col(RestrictionRow.participant_id) == bindparam("participant"),
)
_ALL: Select[Any] = _FIELDS.where(RestrictionRow.in_village(bindparam("village"))).order_by(
    col(RestrictionRow.begun_at), col(RestrictionRow.kind)
)


def until_in_words(last: date | None) -> str:
    """Return the last day of a restriction in words.

    Example:
        >>> until_in_words(date(2026, 12, 31)), until_in_words(None)
        ('到2026年12月31日', '到解除为止')
    """
    return f"到{day_in_words(last)}" if last else "到解除为止"


def keeps_from(restricted: str, asked: str) -> bool:
    """Return whether a restriction of one kind stands against another: 参评 stands against all.

    Example:
        >>> keeps_from("redemption", "redemption"), keeps_from("participation", "titles")
        (True, True)
        >>> keeps_from("red_board", "redemption")
        False
    """
    return restricted in (asked, PARTICIPATION)


def _order(one: Restriction) -> tuple[datetime, str, int]:
    """Sort by the moment at which one began; those of one veto as their kinds are listed."""
    return one.begun_at, one.score_id, RESTRICTION_KIND.codes.index(one.kind)


def restrictions_of(session: Session, *, village: str, participant: str) -> list[Restriction]:
    """Return every restriction of a participant (id), over and ended ones too, the first one first.

    Example:
        roster.restrictions_of(session, village="cy", participant=wang.id)[0].kind  # "redemption"
    """
    given = {"village": village, "participant": participant}
    return sorted(fetch(session, _OF_PARTICIPANT, given, into=Restriction).all(), key=_order)


def restrictions(session: Session, *, village: str) -> list[Restriction]:
    """Return every restriction of the village, over and ended ones too, the first one first.

    Example:
        [one.why for one in roster.restrictions(session, village="cy")]  # ["拒不整改"]
    """
    return sorted(fetch(session, _ALL, {"village": village}, into=Restriction).all(), key=_order)


def restricted(session: Session, *, village: str, kind: str, at: datetime) -> dict[str, Restriction]:
    """Return who (id) is kept from something at a moment, each with a restriction that says why.

    Args:
        kind: a code of `labels.restriction_kind`.

    Example:
        wang.id in roster.restricted(session, village="cy", kind="red_board", at=now)  # True
    """
    found = [*_barred(session, village, kind), *restrictions(session, village=village)]
    return {one.participant_id: one for one in found if keeps_from(one.kind, kind) and one.stands(at)}


def _barred(session: Session, village: str, kind: str) -> list[Restriction]:
    """Return the bars from awards as restrictions that no score leads to; none for the till."""
    if kind not in BAR_KINDS:
        return []
    mine = (BarRow.in_village(village), col(BarRow.kind) == kind)
    rows = session.exec(select(BarRow).where(*mine).order_by(col(BarRow.begun_at)))
    return [
        row.into(Restriction, score_id="", ended_as=None if row.ended_at is None else LIFTED) for row in rows
    ]


def refuse_restricted(session: Session, *, village: str, participant: str, kind: str, at: datetime) -> None:
    """Raise if a participant (id) is kept from something now; sure only once its accounts are locked.

    Raises:
        ParticipantRestricted: it is.

    Example:
        roster.refuse_restricted(session, village="cy", participant=wang.id, kind="redemption", at=now)
    """
    own = [one for one in _barred(session, village, kind) if one.participant_id == participant]
    for one in [*own, *restrictions_of(session, village=village, participant=participant)]:
        if keeps_from(one.kind, kind) and one.stands(at):
            raise as_refusal(one, kind)


def as_refusal(one: Restriction, kind: str) -> ParticipantRestricted:
    """Return the refusal that names a restriction's reason and end.

    Example:
        roster.as_refusal(one, "redemption").detail  # "这一户因“拒不整改”暂停兑换，从…"
    """
    return ParticipantRestricted(
        why=one.why, kind=RESTRICTION_KIND.name(kind), begins_on=day_in_words(one.begins_on), until=one.until
    )
