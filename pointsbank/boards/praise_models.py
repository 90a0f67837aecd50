"""The tables of praise by deed: kinds that the village adopted, and of each listing what it rests on."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint
from sqlmodel import Field

from pointsbank.boards.praise_guards import PRAISE_GUARDS as PRAISE_GUARDS
from pointsbank.database import UtcDateTime
from pointsbank.labels.praise_proposer import PRAISE_PROPOSER
from pointsbank.labels.praise_span import PRAISE_SPAN
from pointsbank.labels.praised_kind import PRAISED_KIND
from pointsbank.naming import by_words, with_columns
from pointsbank.village_tables import VillageTable, index, one_of, references, references_village
from pointsbank.witness import Witnessed, declare

_ENDED = "(ended_on is null) = (ended_by is null) and (ended_on is null) = (ended_resolution is null)"


class PraiseKindRow(VillageTable, table=True):
    """A kind of praise as the village adopted it: its name, what for, for whom, how many at most.

    `places`: of a month, or of all that stand at a time.
    """

    __tablename__ = "praise_kind"
    __table_args__ = (
        references_village(),
        CheckConstraint("length(name) between 2 and 20", name="named"),
        CheckConstraint("length(about) between 2 and 100", name="about_given"),
        CheckConstraint("resolution <> ''", name="resolution_stated"),
        CheckConstraint("places between 1 and 200", name="places"),
        one_of("applies_to", PRAISED_KIND.codes),
        one_of("span", PRAISE_SPAN.codes),
        CheckConstraint("ended_on >= adopted_on", name="ends_after_adopted"),
        CheckConstraint(_ENDED, name="ended_by_somebody"),
        index("name", name="uq_praise_kind_in_force", unique=True, where="ended_on is null"),
    )

    id: str = Field(primary_key=True)
    name: str
    about: str
    applies_to: str
    places: int
    span: str
    resolution: str
    adopted_on: date
    adopted_by: str
    adopted_at: datetime = Field(sa_type=UtcDateTime)
    ended_on: date | None = None
    ended_resolution: str | None = None
    ended_by: str | None = None


class ListingPraiseRow(VillageTable, table=True):
    """Of which kind a red listing is, who proposed it, and the score or the inspection that it rests on."""

    __tablename__ = "listing_praise"
    __table_args__ = (
        references("listing", listing_id="id"),
        references("praise_kind", kind_id="id"),
        references("panel", panel_id="id"),
        references("meeting", meeting_id="id"),
        references("participant", proposed_by_id="id"),
        references("score", score_id="id"),
        references("inspection", inspection_id="id"),
        one_of("proposer", PRAISE_PROPOSER.codes),
        CheckConstraint("(proposer = 'panel') = (panel_id is not null)", name="panel_given"),
        CheckConstraint("(proposer = 'meeting') = (meeting_id is not null)", name="meeting_given"),
        CheckConstraint("(proposer = 'person') = (proposed_by_id is not null)", name="person_given"),
        index("kind_id", name="ix_listing_praise_kind"),
        index("score_id", name="ix_listing_praise_score"),
    )

    listing_id: str = Field(primary_key=True)
    kind_id: str
    proposer: str
    panel_id: str | None = None
    meeting_id: str | None = None
    proposed_by_id: str | None = None
    score_id: str | None = None
    inspection_id: str | None = None


WITNESSES = declare(
    Witnessed(
        table="praise_kind",
        kinds=("board_kind_adopted", "board_kind_ended"),
        named_by={
            "board_kind_adopted": with_columns(
                by_words(
                    id="id",
                    name="name",
                    about="about",
                    applies_to="applies_to",
                    places="places",
                    span="span",
                    resolution="resolution",
                    adopted_on="adopted_on",
                    adopted_by="actor",
                ),
                ended_on=None,
            ),
            "board_kind_ended": by_words(
                id="id", ended_on="ended_on", ended_resolution="ended_resolution", ended_by="actor"
            ),
        },
    ),
    Witnessed(table="listing_praise", added_only=True),
)
