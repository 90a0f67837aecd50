"""Vetoes that are posted begin restrictions, and end them where the score is put right."""

from datetime import datetime
from typing import Protocol

from sqlmodel import Session

from pointsbank import roster
from pointsbank.dates import day_of
from pointsbank.scoring.consequences import ends_on, restricted_by
from pointsbank.scoring.models import CorrectionRow
from pointsbank.scoring.values import Item


class Posted(Protocol):
    """A score whose household's accounts are locked."""

    @property
    def id(self) -> str:
        """Its id."""

    @property
    def participant_id(self) -> str:
        """Whose it is."""


def begin_restrictions(
    session: Session, item: Item, score: Posted, *, village: str, by: str, at: datetime
) -> None:
    """Begin what a posted score's item leads to: something for a veto, nothing for all others.

    Raises:
        VillageUnknown: raised by `restrict`.
    """
    if kinds := restricted_by(item):
        roster.restrict(
            session,
            village=village,
            participant=score.participant_id,
            score=score.id,
            kinds=kinds,
            why=item.title,
            ends_on=ends_on(item, day_of(at)),
            by=by,
            at=at,
        )


def end_restrictions(session: Session, row: CorrectionRow, *, at: datetime) -> None:
    """End what the score that a correction puts right has led to, by the two who put it right.

    Raises:
        TextInvalid, VillageUnknown: raised by `reverse_restrictions`.
    """
    roster.reverse_restrictions(
        session,
        village=row.village_id,
        score=row.corrects,
        reason=row.reason,
        by=row.requested_by,
        second=row.confirmed_by,
        at=at,
    )
