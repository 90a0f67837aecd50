"""The tables of titles: kinds with criteria and benefits, a title of a household, its steps, letters."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint
from sqlmodel import Field

from pointsbank.database import UtcDateTime
from pointsbank.labels.title_holder import TITLE_HOLDER
from pointsbank.labels.title_letter_kind import TITLE_LETTER_KIND
from pointsbank.labels.title_nominator import TITLE_NOMINATOR
from pointsbank.objections import AnswerColumns, ObjectionColumns, answer_rules, objection_rules
from pointsbank.titles.row_guards import GUARDS as GUARDS
from pointsbank.titles.states import STATES, STEPS
from pointsbank.titles.witnesses import WITNESSES as WITNESSES
from pointsbank.village_tables import VillageTable, index, one_of, references, references_village


class TitleKindRow(VillageTable, table=True):
    """One adoption of a kind of title, from a day on; the latest one of a name that has begun holds.

    `quota` holders at most, `share` percent of households as a goal, `months` until it is looked at again.
    """

    __tablename__ = "title_kind"
    __table_args__ = (
        references_village(),
        one_of("holder", TITLE_HOLDER.codes),
        CheckConstraint("number >= 1", name="number"),
        CheckConstraint("length(name) between 2 and 20", name="named"),
        CheckConstraint("length(resolution) > 0", name="resolution_given"),
        CheckConstraint("quota > 0 and share between 1 and 100 and months between 1 and 60", name="numbers"),
        CheckConstraint("barred_months between 0 and 60 and years between 0 and 10", name="after"),
        CheckConstraint("notice_days between 1 and 60 and right_days between 1 and 180", name="days"),
        index("number", name="uq_title_kind_number", unique=True),
        index("name", "number", name="ix_title_kind_village_id_name"),
    )

    id: str = Field(primary_key=True)
    number: int
    name: str
    holder: str
    quota: int | None = None
    share: int | None = None
    months: int | None = None
    right_days: int
    barred_months: int
    years: int
    notice_days: int
    in_use: bool
    resolution: str
    from_date: date
    adopted_at: datetime = Field(sa_type=UtcDateTime)
    adopted_by: str


class TitleCriterionRow(VillageTable, table=True):
    """One criterion of an adoption, in words."""

    __tablename__ = "title_criterion"
    __table_args__ = (
        references("title_kind", kind_id="id"),
        CheckConstraint("number between 1 and 20", name="number"),
        CheckConstraint("words <> ''", name="words_given"),
    )

    kind_id: str = Field(primary_key=True)
    number: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    words: str


class TitleBenefitRow(VillageTable, table=True):
    """One benefit (礼遇) of an adoption: what, and for how many months; None as long as the title stands."""

    __tablename__ = "title_benefit"
    __table_args__ = (
        references("title_kind", kind_id="id"),
        CheckConstraint("number between 1 and 13", name="number"),
        CheckConstraint("words <> ''", name="words_given"),
        CheckConstraint("months between 1 and 60", name="months"),
    )

    kind_id: str = Field(primary_key=True)
    number: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    words: str
    months: int | None = None


class TitleRow(VillageTable, table=True):
    """A nomination, from which all else follows by steps; never changed, only its words are erased.

    `person`: of the household, named in public from `agreed_on` on alone, until a later word in
    `title_agreement`; empty for the household itself.
    """

    __tablename__ = "title"
    __table_args__ = (
        references("participant", participant_id="id"),
        references("title_kind", kind_id="id"),
        one_of("nominated_by", TITLE_NOMINATOR.codes),
        CheckConstraint("number >= 1", name="number"),
        CheckConstraint("agreed_on is null or person <> ''", name="agreed_by_somebody"),
        index("number", name="uq_title_number", unique=True),
        index("participant_id", "number", name="ix_title_village_id_participant_id"),
        index("kind_id", "number", name="ix_title_village_id_kind_id"),
    )

    id: str = Field(primary_key=True)
    number: int
    kind_id: str
    participant_id: str
    person: str = ""
    agreed_on: date | None = None
    nominated_by: str
    nominator: str = ""
    reason: str = ""
    nominated_on: date
    recorded_at: datetime = Field(sa_type=UtcDateTime)
    recorded_by: str


class TitleAgreementRow(VillageTable, table=True):
    """A later word of the person of a title: named in full from now on, or not any more; the last counts.

    `day`: on which that person signed.
    """

    __tablename__ = "title_agreement"
    __table_args__ = (
        references("title", title_id="id"),
        CheckConstraint("number >= 1", name="number"),
    )

    title_id: str = Field(primary_key=True)
    number: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    agreed: bool
    day: date
    recorded_at: datetime = Field(sa_type=UtcDateTime)
    recorded_by: str


class TitleCheckRow(VillageTable, table=True):
    """Whether one criterion was met at a step that checked them; written before the step itself."""

    __tablename__ = "title_check"
    __table_args__ = (
        references("title", title_id="id"),
        CheckConstraint("number >= 1 and criterion >= 1", name="numbers"),
    )

    title_id: str = Field(primary_key=True)
    number: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    criterion: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    met: bool


class TitleStepRow(VillageTable, table=True):
    """One step of a title, and the state that it leads to.

    `until_on`: the last day of the notice, the day by which it is put right, the first day on which who lost
    it may stand again, or the day on which it is looked at again.
    """

    __tablename__ = "title_step"
    __table_args__ = (
        references("title", title_id="id"),
        one_of("kind", STEPS),
        one_of("state", STATES),
        CheckConstraint("number >= 1", name="number"),
        CheckConstraint("(kind in ('checked', 'voted')) = (met is not null)", name="outcome"),
        CheckConstraint("(kind = 'voted') = (votes_for is not null)", name="voted"),
        CheckConstraint("(votes_for is null) = (votes_against is null)", name="votes_whole"),
        CheckConstraint("votes_for >= 0 and votes_against >= 0", name="votes"),
        CheckConstraint("kind <> 'voted' or met = (votes_for > votes_against)", name="majority"),
        CheckConstraint("kind = 'recommended' or until_on >= day", name="until_later"),
        CheckConstraint("kind not in ('hung', 'taken_off', 'lost') or until_on is not null", name="until"),
        CheckConstraint("(kind = 'hung') = (place <> '')", name="place_given"),
        CheckConstraint("kind not in ('taken_off', 'lost', 'withdrawn') or words <> ''", name="reason_given"),
        index("state", "until_on", name="ix_title_step_village_id_state"),
    )

    title_id: str = Field(primary_key=True)
    number: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    kind: str
    state: str
    met: bool | None = None
    day: date
    until_on: date | None = None
    votes_for: int | None = None
    votes_against: int | None = None
    place: str = ""
    words: str = ""
    seen_by: str = ""
    recorded_at: datetime = Field(sa_type=UtcDateTime)
    recorded_by: str


class TitleBenefitNoteRow(VillageTable, table=True):
    """That a benefit of a title was given, or not and why; of several the last one counts."""

    __tablename__ = "title_benefit_note"
    __table_args__ = (
        references("title", title_id="id"),
        CheckConstraint("number >= 1 and benefit >= 1", name="numbers"),
        CheckConstraint("given or words <> ''", name="reason_given"),
    )

    title_id: str = Field(primary_key=True)
    benefit: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    number: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    given: bool
    day: date
    until_on: date | None = None
    words: str = ""
    recorded_at: datetime = Field(sa_type=UtcDateTime)
    recorded_by: str


class TitleLetterRow(VillageTable, table=True):
    """A letter about a good deed (喜报, 感谢信, 推荐信), and on which day it was brought."""

    __tablename__ = "title_letter"
    __table_args__ = (
        references_village(),
        references("participant", participant_id="id"),
        one_of("kind", TITLE_LETTER_KIND.codes),
        CheckConstraint("number >= 1", name="number"),
        CheckConstraint("deed <> ''", name="deed_given"),
        CheckConstraint("brought_on >= written_on", name="brought_after"),
        CheckConstraint(
            "(brought_on is null) = (brought_by is null) and (brought_on is null) = (brought_at is null)",
            name="brought_recorded",
        ),
        index("number", name="uq_title_letter_number", unique=True),
    )

    id: str = Field(primary_key=True)
    number: int
    kind: str
    participant_id: str
    person: str = ""
    addressee: str = ""
    deed: str
    written_on: date
    written_at: datetime = Field(sa_type=UtcDateTime)
    written_by: str
    brought_on: date | None = None
    brought_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    brought_by: str | None = None


class TitleObjectionRow(ObjectionColumns, table=True):
    """What is said against a title before it is given."""

    __tablename__ = "title_objection"
    __table_args__ = objection_rules("title")


class TitleObjectionAnswerRow(AnswerColumns, table=True):
    """The written answer to it."""

    __tablename__ = "title_objection_answer"
    __table_args__ = answer_rules("title_objection")
