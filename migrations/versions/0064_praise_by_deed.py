"""Red listings by deed and criterion: kinds that the village adopts; months of a period added up or averaged."""

import sqlalchemy as sa
from alembic import op

from pointsbank.drift import change_log_kinds, replace_checks

revision = "0064"
down_revision = "0063"
branch_labels = None
depends_on = None

_LOG_KINDS = ["board_kind_adopted", "board_kind_ended"]
_KINDS, _PRAISE, _SETTINGS = "praise_kind", "listing_praise", "village_settings"
_ASIDE = "_aside"
_CHECKS = {"ck_village_settings_period_measure": "period_measure in ('sum', 'average')"}
_PARTICIPANTS = "'any', 'household', 'party_member', 'party_branch', 'volunteer_team', 'organisation', 'group', 'village', 'street', 'keeper'"
_ENDED = "(ended_on is null) = (ended_by is null) and (ended_on is null) = (ended_resolution is null)"
_REFERENCES = (
    ("listing_id", "listing"),
    ("kind_id", "praise_kind"),
    ("panel_id", "panel"),
    ("meeting_id", "meeting"),
    ("proposed_by_id", "participant"),
    ("score_id", "score"),
    ("inspection_id", "inspection"),
)


def upgrade() -> None:
    """Make the tables; what was kept of them by a downgrade comes back."""
    change_log_kinds(op, add=_LOG_KINDS)
    _make_kinds()
    _make_praise()
    # A name for a deed takes a number beside the one of the ranking: the guards say so, made anew after this.
    op.add_column(_SETTINGS, sa.Column("period_measure", sa.String(), nullable=True))
    replace_checks(op, _SETTINGS, _CHECKS)
    known = sa.inspect(op.get_bind())
    for table in (_KINDS, _PRAISE):
        if known.has_table(table + _ASIDE):
            op.execute(sa.text(f"INSERT INTO {table} SELECT * FROM {table}{_ASIDE}"))
            op.drop_table(table + _ASIDE)


def _make_kinds() -> None:
    """Make the table of kinds."""
    op.create_table(
        _KINDS,
        sa.Column("village_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("name", "about", "applies_to")),
        sa.Column("places", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("span", "resolution")),
        sa.Column("adopted_on", sa.Date(), nullable=False),
        sa.Column("adopted_by", sa.String(), nullable=False),
        sa.Column("adopted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("ended_resolution", sa.String(), nullable=True),
        sa.Column("ended_by", sa.String(), nullable=True),
        sa.CheckConstraint("length(name) between 2 and 20", name=op.f("ck_praise_kind_named")),
        sa.CheckConstraint("length(about) between 2 and 100", name=op.f("ck_praise_kind_about_given")),
        sa.CheckConstraint("resolution <> ''", name=op.f("ck_praise_kind_resolution_stated")),
        sa.CheckConstraint("places between 1 and 200", name=op.f("ck_praise_kind_places")),
        sa.CheckConstraint(f"applies_to in ({_PARTICIPANTS})", name=op.f("ck_praise_kind_applies_to")),
        sa.CheckConstraint("span in ('month', 'standing')", name=op.f("ck_praise_kind_span")),
        sa.CheckConstraint("ended_on >= adopted_on", name=op.f("ck_praise_kind_ends_after_adopted")),
        sa.CheckConstraint(_ENDED, name=op.f("ck_praise_kind_ended_by_somebody")),
        sa.ForeignKeyConstraint(["village_id"], ["village.id"], name=op.f("fk_praise_kind_village_id")),
        sa.PrimaryKeyConstraint("village_id", "id", name=op.f("pk_praise_kind")),
    )
    in_force = sa.text("ended_on is null")
    op.create_index(
        "uq_praise_kind_in_force",
        _KINDS,
        ["village_id", "name"],
        unique=True,
        sqlite_where=in_force,
        postgresql_where=in_force,
    )


def _make_praise() -> None:
    """Make the table of what a listing rests on."""
    empty = ("panel_id", "meeting_id", "proposed_by_id", "score_id", "inspection_id")
    op.create_table(
        _PRAISE,
        sa.Column("village_id", sa.String(), nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("listing_id", "kind_id", "proposer")),
        *(sa.Column(name, sa.String(), nullable=True) for name in empty),
        sa.CheckConstraint(
            "proposer in ('panel', 'meeting', 'person')", name=op.f("ck_listing_praise_proposer")
        ),
        sa.CheckConstraint(
            "(proposer = 'panel') = (panel_id is not null)", name=op.f("ck_listing_praise_panel_given")
        ),
        sa.CheckConstraint(
            "(proposer = 'meeting') = (meeting_id is not null)", name=op.f("ck_listing_praise_meeting_given")
        ),
        sa.CheckConstraint(
            "(proposer = 'person') = (proposed_by_id is not null)",
            name=op.f("ck_listing_praise_person_given"),
        ),
        *(
            sa.ForeignKeyConstraint(
                ["village_id", column],
                [f"{table}.village_id", f"{table}.id"],
                name=op.f(f"fk_listing_praise_village_id_{column}"),
            )
            for column, table in _REFERENCES
        ),
        sa.PrimaryKeyConstraint("village_id", "listing_id", name=op.f("pk_listing_praise")),
    )
    op.create_index("ix_listing_praise_kind", _PRAISE, ["village_id", "kind_id"])
    op.create_index("ix_listing_praise_score", _PRAISE, ["village_id", "score_id"])


def downgrade() -> None:
    """Drop the tables; listings by deed stay as red listings with their words."""
    connection = op.get_bind()
    for table in (_PRAISE, _KINDS):
        # Kept beside: the log tells of each.
        if connection.execute(sa.text(f"SELECT 1 FROM {table} LIMIT 1")).first():
            op.execute(sa.text(f"CREATE TABLE {table}{_ASIDE} AS SELECT * FROM {table}"))
        op.drop_table(table)
    replace_checks(op, _SETTINGS, dict.fromkeys(_CHECKS))
    op.drop_column(_SETTINGS, "period_measure")
    change_log_kinds(op, remove=_LOG_KINDS)
