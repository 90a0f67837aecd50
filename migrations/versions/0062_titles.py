"""Titles that move: kinds with criteria and benefits, titles with their steps, letters, objections."""

import sqlalchemy as sa
from alembic import op

from pointsbank.drift import change_log_kinds

revision = "0062"
down_revision = "0061"
branch_labels = None
depends_on = None

_LOG_KINDS = [
    "title_kind_adopted",
    "title_nominated",
    "title_checked",
    "title_voted",
    "title_hung",
    "title_given",
    "title_taken_off",
    "title_given_back",
    "title_lost",
    "title_withdrawn",
    "title_recommended",
    "title_benefit_noted",
    "title_letter_written",
    "title_letter_brought",
]
_TABLES = (
    *("title_kind", "title_criterion", "title_benefit", "title", "title_check", "title_step"),
    *("title_benefit_note", "title_letter", "title_objection", "title_objection_answer"),
)
_ASIDE = "{table}_aside"


def upgrade() -> None:
    """Make the tables of titles."""
    change_log_kinds(op, add=_LOG_KINDS)
    _make_title_kind()
    _make_title_criterion()
    _make_title_benefit()
    _make_title()
    _make_title_check()
    _make_title_step()
    _make_title_benefit_note()
    _make_title_letter()
    _make_title_objection()
    _make_title_objection_answer()
    for table in _TABLES:
        aside = _ASIDE.format(table=table)
        if sa.inspect(op.get_bind()).has_table(aside):
            op.execute(sa.text(f"INSERT INTO {table} SELECT * FROM {aside}"))
            op.drop_table(aside)


def downgrade() -> None:
    """Drop the tables of titles."""
    for table in reversed(_TABLES):
        # Kept beside: the log tells of each, and who went back and forth would be told that rows are missing.
        if op.get_bind().execute(sa.text(f"SELECT 1 FROM {table} LIMIT 1")).first():
            op.execute(sa.text(f"CREATE TABLE {_ASIDE.format(table=table)} AS SELECT * FROM {table}"))
        op.drop_table(table)
    change_log_kinds(op, remove=_LOG_KINDS)


def _text(name: str, *, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.String(), nullable=nullable)


def _number(name: str, *, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=nullable)


def _flag(name: str, *, nullable: bool = False) -> sa.Column[bool]:
    return sa.Column(name, sa.Boolean(), nullable=nullable)


def _day(name: str, *, nullable: bool = False) -> sa.Column[sa.Date]:
    return sa.Column(name, sa.Date(), nullable=nullable)


def _moment(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _check(table: str, name: str, rule: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(rule, name=op.f(f"ck_{table}_{name}"))


def _refers(
    table: str, columns: tuple[str, ...], to: str, theirs: tuple[str, ...]
) -> sa.ForeignKeyConstraint:
    """Return a foreign key; it is named after all of its columns."""
    ours = ["village_id", *columns]
    name = op.f(f"fk_{table}_{'_'.join(ours)}")
    return sa.ForeignKeyConstraint(ours, [f"{to}.{column}" for column in theirs], name=name)


def _make_title_kind() -> None:
    table = "title_kind"
    op.create_table(
        table,
        _text("village_id"),
        _text("id"),
        _number("number"),
        _text("name"),
        _text("holder"),
        _number("quota", nullable=True),
        _number("share", nullable=True),
        _number("months", nullable=True),
        _number("right_days"),
        _number("barred_months"),
        _number("years"),
        _number("notice_days"),
        _flag("in_use"),
        _text("resolution"),
        _day("from_date"),
        _moment("adopted_at"),
        _text("adopted_by"),
        _check(table, "after", "barred_months between 0 and 60 and years between 0 and 10"),
        _check(table, "days", "notice_days between 1 and 60 and right_days between 1 and 180"),
        _check(
            table,
            "holder",
            "holder in ('household', 'person', 'party_member', 'party_branch', 'volunteer_team', 'organisation', 'group', 'street', 'keeper')",
        ),
        _check(table, "named", "length(name) between 2 and 20"),
        _check(table, "number", "number >= 1"),
        _check(table, "numbers", "quota > 0 and share between 1 and 100 and months between 1 and 60"),
        _check(table, "resolution_given", "length(resolution) > 0"),
        _refers(table, (), "village", ("id",)),
        sa.PrimaryKeyConstraint(*["village_id", "id"], name=op.f(f"pk_{table}")),
    )
    op.create_index("ix_title_kind_village_id_name", table, ["village_id", "name", "number"])
    op.create_index("uq_title_kind_number", table, ["village_id", "number"], unique=True)


def _make_title_criterion() -> None:
    table = "title_criterion"
    op.create_table(
        table,
        _text("village_id"),
        _text("kind_id"),
        _number("number"),
        _text("words"),
        _check(table, "number", "number between 1 and 20"),
        _check(table, "words_given", "words <> ''"),
        _refers(table, ("kind_id",), "title_kind", ("village_id", "id")),
        sa.PrimaryKeyConstraint(*["village_id", "kind_id", "number"], name=op.f(f"pk_{table}")),
    )


def _make_title_benefit() -> None:
    table = "title_benefit"
    op.create_table(
        table,
        _text("village_id"),
        _text("kind_id"),
        _number("number"),
        _text("words"),
        _number("months", nullable=True),
        _check(table, "months", "months between 1 and 60"),
        _check(table, "number", "number between 1 and 13"),
        _check(table, "words_given", "words <> ''"),
        _refers(table, ("kind_id",), "title_kind", ("village_id", "id")),
        sa.PrimaryKeyConstraint(*["village_id", "kind_id", "number"], name=op.f(f"pk_{table}")),
    )


def _make_title() -> None:
    table = "title"
    op.create_table(
        table,
        _text("village_id"),
        _text("id"),
        _number("number"),
        _text("kind_id"),
        _text("participant_id"),
        _text("person"),
        _day("agreed_on", nullable=True),
        _text("nominated_by"),
        _text("nominator"),
        _text("reason"),
        _day("nominated_on"),
        _moment("recorded_at"),
        _text("recorded_by"),
        _check(table, "agreed_by_somebody", "agreed_on is null or person <> ''"),
        _check(table, "nominated_by", "nominated_by in ('panel', 'group', 'meeting', 'person')"),
        _check(table, "number", "number >= 1"),
        _refers(table, ("kind_id",), "title_kind", ("village_id", "id")),
        _refers(table, ("participant_id",), "participant", ("village_id", "id")),
        sa.PrimaryKeyConstraint(*["village_id", "id"], name=op.f(f"pk_{table}")),
    )
    op.create_index("ix_title_village_id_kind_id", table, ["village_id", "kind_id", "number"])
    op.create_index("ix_title_village_id_participant_id", table, ["village_id", "participant_id", "number"])
    op.create_index("uq_title_number", table, ["village_id", "number"], unique=True)


def _make_title_check() -> None:
    table = "title_check"
    op.create_table(
        table,
        _text("village_id"),
        _text("title_id"),
        _number("number"),
        _number("criterion"),
        _flag("met"),
        _check(table, "numbers", "number >= 1 and criterion >= 1"),
        _refers(table, ("title_id",), "title", ("village_id", "id")),
        sa.PrimaryKeyConstraint(*["village_id", "title_id", "number", "criterion"], name=op.f(f"pk_{table}")),
    )


def _make_title_step() -> None:
    table = "title_step"
    op.create_table(
        table,
        _text("village_id"),
        _text("title_id"),
        _number("number"),
        _text("kind"),
        _text("state"),
        _flag("met", nullable=True),
        _day("day"),
        _day("until_on", nullable=True),
        _number("votes_for", nullable=True),
        _number("votes_against", nullable=True),
        _text("place"),
        _text("words"),
        _text("seen_by"),
        _moment("recorded_at"),
        _text("recorded_by"),
        _check(
            table,
            "kind",
            "kind in ('checked', 'voted', 'hung', 'given', 'taken_off', 'given_back', 'lost', 'withdrawn', 'recommended')",
        ),
        _check(table, "majority", "kind <> 'voted' or met = (votes_for > votes_against)"),
        _check(table, "number", "number >= 1"),
        _check(table, "outcome", "(kind in ('checked', 'voted')) = (met is not null)"),
        _check(table, "place_given", "(kind = 'hung') = (place <> '')"),
        _check(table, "reason_given", "kind not in ('taken_off', 'lost', 'withdrawn') or words <> ''"),
        _check(
            table,
            "state",
            "state in ('nominated', 'unmet', 'met', 'rejected', 'voted', 'hanging', 'standing', 'failing', 'taken_off', 'put_right', 'lost', 'withdrawn')",
        ),
        _check(table, "until", "kind not in ('hung', 'taken_off', 'lost') or until_on is not null"),
        _check(table, "until_later", "kind = 'recommended' or until_on >= day"),
        _check(table, "voted", "(kind = 'voted') = (votes_for is not null)"),
        _check(table, "votes", "votes_for >= 0 and votes_against >= 0"),
        _check(table, "votes_whole", "(votes_for is null) = (votes_against is null)"),
        _refers(table, ("title_id",), "title", ("village_id", "id")),
        sa.PrimaryKeyConstraint(*["village_id", "title_id", "number"], name=op.f(f"pk_{table}")),
    )
    op.create_index("ix_title_step_village_id_state", table, ["village_id", "state", "until_on"])


def _make_title_benefit_note() -> None:
    table = "title_benefit_note"
    op.create_table(
        table,
        _text("village_id"),
        _text("title_id"),
        _number("benefit"),
        _number("number"),
        _flag("given"),
        _day("day"),
        _day("until_on", nullable=True),
        _text("words"),
        _moment("recorded_at"),
        _text("recorded_by"),
        _check(table, "numbers", "number >= 1 and benefit >= 1"),
        _check(table, "reason_given", "given or words <> ''"),
        _refers(table, ("title_id",), "title", ("village_id", "id")),
        sa.PrimaryKeyConstraint(*["village_id", "title_id", "benefit", "number"], name=op.f(f"pk_{table}")),
    )


def _make_title_letter() -> None:
    table = "title_letter"
    op.create_table(
        table,
        _text("village_id"),
        _text("id"),
        _number("number"),
        _text("kind"),
        _text("participant_id"),
        _text("person"),
        _text("addressee"),
        _text("deed"),
        _day("written_on"),
        _moment("written_at"),
        _text("written_by"),
        _day("brought_on", nullable=True),
        _moment("brought_at", nullable=True),
        _text("brought_by", nullable=True),
        _check(table, "brought_after", "brought_on >= written_on"),
        _check(
            table,
            "brought_recorded",
            "(brought_on is null) = (brought_by is null) and (brought_on is null) = (brought_at is null)",
        ),
        _check(table, "deed_given", "deed <> ''"),
        _check(table, "kind", "kind in ('congratulation', 'thanks', 'recommendation')"),
        _check(table, "number", "number >= 1"),
        _refers(table, (), "village", ("id",)),
        _refers(table, ("participant_id",), "participant", ("village_id", "id")),
        sa.PrimaryKeyConstraint(*["village_id", "id"], name=op.f(f"pk_{table}")),
    )
    op.create_index("uq_title_letter_number", table, ["village_id", "number"], unique=True)


def _make_title_objection() -> None:
    table = "title_objection"
    op.create_table(
        table,
        _text("village_id"),
        _text("id"),
        _text("subject_id"),
        _number("number"),
        _text("made_by"),
        _text("raised_by"),
        _text("reason"),
        _text("recorded_by"),
        _day("raised_on"),
        _moment("raised_at"),
        _day("due_on"),
        _check(table, "due_later", "due_on > raised_on"),
        _check(table, "number", "number >= 1"),
        _check(table, "reason_stated", "reason <> ''"),
        _refers(table, (), "village", ("id",)),
        _refers(table, ("subject_id",), "title", ("village_id", "id")),
        sa.UniqueConstraint(*["village_id", "id", "made_by"], name=op.f(f"uq_{table}_village_id_id_made_by")),
        sa.UniqueConstraint(
            *["village_id", "subject_id", "number"], name=op.f(f"uq_{table}_village_id_subject_id_number")
        ),
        sa.PrimaryKeyConstraint(*["village_id", "id"], name=op.f(f"pk_{table}")),
    )


def _make_title_objection_answer() -> None:
    table = "title_objection_answer"
    op.create_table(
        table,
        _text("village_id"),
        _text("objection_id"),
        _text("made_by"),
        _flag("upheld"),
        _text("decided_by"),
        _moment("decided_at"),
        _text("decision"),
        _check(table, "decided_by_another", "decided_by <> made_by"),
        _check(table, "decision_stated", "decision <> ''"),
        _refers(table, (), "village", ("id",)),
        _refers(table, ("objection_id", "made_by"), "title_objection", ("village_id", "id", "made_by")),
        sa.PrimaryKeyConstraint(*["village_id", "objection_id"], name=op.f(f"pk_{table}")),
    )
