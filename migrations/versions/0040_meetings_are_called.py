"""Panels are kept, with their members' near relatives; meetings are called, and their minutes numbered."""

import sqlalchemy as sa
from alembic import op

from pointsbank.drift import change_log_kinds

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)
_LOG_KINDS = (
    *("panel_made", "panel_changed", "panel_ended"),
    *("meeting_called", "meeting_call_changed", "meeting_cancelled"),
)
_RELATIONS = (*("spouse", "parent", "child", "sibling", "grandparent", "grandchild", "collateral", "in_law"),)
_SEATS = ("village_elder", "worthy", "old_party_member", "old_cadre", "representative", "cadre")
_LINES = ("scores", "civil_families", "fine_yards", "red_board", "black_board", "other")


def upgrade() -> None:
    """Make the tables; no meeting of before has a call, and no minutes of before have a number.

    What a database kept beside when it went back to an older version comes back.
    """
    change_log_kinds(op, add=_LOG_KINDS)
    known = sa.inspect(op.get_bind()).get_table_names()
    for name, make in _TABLES.items():
        make()
        if f"{name}_aside" in known:
            columns = ", ".join(one["name"] for one in sa.inspect(op.get_bind()).get_columns(name))
            op.execute(sa.text(f"INSERT INTO {name} ({columns}) SELECT {columns} FROM {name}_aside"))
            op.drop_table(f"{name}_aside")


def downgrade() -> None:
    """Keep the rows beside, without their rules: the log tells of them, and an older program ignores them."""
    for name in reversed(_TABLES):
        if op.get_bind().execute(sa.text(f"SELECT 1 FROM {name} LIMIT 1")).first():
            op.execute(sa.text(f"CREATE TABLE {name}_aside AS SELECT * FROM {name}"))
        op.drop_table(name)
    change_log_kinds(op, remove=_LOG_KINDS)


def _make_panels() -> None:
    op.create_table(
        "panel",
        _text("village_id"),
        _text("id"),
        _text("kind"),
        _text("name"),
        _text("rule"),
        _text("made_by"),
        sa.Column("made_at", _MOMENT, nullable=False),
        _text("ended_by", nullable=True),
        sa.Column("ended_at", _MOMENT, nullable=True),
        _check("panel", "kind", _among("kind", ("village", "group"))),
        _check("panel", "rule", _among("rule", ("mean", "trimmed"))),
        _check("panel", "name_length", "length(name) between 1 and 60"),
        _check("panel", "ended_by_somebody", "(ended_at is null) = (ended_by is null)"),
        _of_village("panel"),
        _key("panel", "id"),
    )
    condition = sa.text("ended_at is null")
    op.create_index(
        "uq_panel_village_id_name",
        "panel",
        ["village_id", "name"],
        unique=True,
        sqlite_where=condition,
        postgresql_where=condition,
    )


def _make_areas() -> None:
    op.create_table(
        "panel_group",
        _text("village_id"),
        _text("panel_id"),
        _text("group_id"),
        _refers("panel_group", "panel", panel_id="id"),
        _refers("panel_group", "village_group", group_id="id"),
        _key("panel_group", "panel_id", "group_id"),
    )


def _make_members() -> None:
    op.create_table(
        "panel_member",
        _text("village_id"),
        _text("panel_id"),
        sa.Column("number", sa.Integer(), nullable=False, autoincrement=False),
        _text("name"),
        _text("seat"),
        _text("participant_id", nullable=True),
        _text("staff_id", nullable=True),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        _check("panel_member", "seat", _among("seat", _SEATS)),
        _check("panel_member", "number", "number >= 1"),
        _check("panel_member", "name_length", "length(name) between 1 and 60"),
        _check("panel_member", "until", "until >= since"),
        _refers("panel_member", "panel", panel_id="id"),
        _refers("panel_member", "participant", participant_id="id"),
        _key("panel_member", "panel_id", "number"),
    )


def _make_relatives() -> None:
    op.create_table(
        "panel_relative",
        _text("village_id"),
        _text("panel_id"),
        sa.Column("number", sa.Integer(), nullable=False, autoincrement=False),
        _text("participant_id"),
        _text("relation"),
        _check("panel_relative", "relation", _among("relation", _RELATIONS)),
        _refers("panel_relative", "panel_member", panel_id="panel_id", number="number"),
        _refers("panel_relative", "participant", participant_id="id"),
        _key("panel_relative", "panel_id", "number", "participant_id"),
    )


def _make_calls() -> None:
    cancelled = (
        "(cancelled_at is null) = (cancelled_by is null)"
        " and (cancelled_at is not null or reason = '') and (cancelled_at is null or reason <> '')"
    )
    op.create_table(
        "meeting_call",
        _text("village_id"),
        _text("id"),
        sa.Column("day", sa.Date(), nullable=False),
        _text("title"),
        _text("place"),
        _text("panel_id", nullable=True),
        _text("called_by"),
        sa.Column("called_at", _MOMENT, nullable=False),
        _text("cancelled_by", nullable=True),
        sa.Column("cancelled_at", _MOMENT, nullable=True),
        _text("reason"),
        _check("meeting_call", "title_length", "length(title) between 1 and 100"),
        _check("meeting_call", "place_length", "length(place) <= 100"),
        _check("meeting_call", "cancelled_by_somebody", cancelled),
        _of_village("meeting_call"),
        _refers("meeting_call", "panel", panel_id="id"),
        _key("meeting_call", "id"),
    )
    op.create_index("ix_meeting_call_village_id_day", "meeting_call", ["village_id", "day"])


def _make_agendas() -> None:
    op.create_table(
        "meeting_agenda",
        _text("village_id"),
        _text("call_id"),
        sa.Column("position", sa.Integer(), nullable=False, autoincrement=False),
        _text("kind"),
        _text("subject"),
        _text("outcome"),
        _check("meeting_agenda", "kind", _among("kind", _LINES)),
        _check("meeting_agenda", "position", "position >= 1"),
        _check("meeting_agenda", "subject_length", "length(subject) <= 200"),
        _check("meeting_agenda", "outcome_length", "length(outcome) <= 500"),
        _refers("meeting_agenda", "meeting_call", call_id="id"),
        _key("meeting_agenda", "call_id", "position"),
    )


def _make_recusals() -> None:
    op.create_table(
        "meeting_recusal",
        _text("village_id"),
        _text("meeting_id"),
        sa.Column("position", sa.Integer(), nullable=False, autoincrement=False),
        _text("participant_id"),
        _text("relation"),
        _check("meeting_recusal", "relation", _among("relation", (*_RELATIONS, "（已删除）"))),
        _refers("meeting_recusal", "meeting_attendance", meeting_id="meeting_id", position="position"),
        _refers("meeting_recusal", "participant", participant_id="id"),
        _key("meeting_recusal", "meeting_id", "position", "participant_id"),
    )


def _make_numbers() -> None:
    op.create_table(
        "minutes_number",
        _text("village_id"),
        _text("meeting_id"),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        _check("minutes_number", "number", "number >= 1"),
        _refers("minutes_number", "meeting", meeting_id="id"),
        _key("minutes_number", "meeting_id"),
        sa.UniqueConstraint(
            "village_id", "year", "number", name=op.f("uq_minutes_number_village_id_year_number")
        ),
    )


_TABLES = {
    "panel": _make_panels,
    "panel_group": _make_areas,
    "panel_member": _make_members,
    "panel_relative": _make_relatives,
    "meeting_call": _make_calls,
    "meeting_agenda": _make_agendas,
    "meeting_recusal": _make_recusals,
    "minutes_number": _make_numbers,
}


def _text(name: str, *, nullable: bool = False) -> "sa.Column[str]":
    return sa.Column(name, sa.String(), nullable=nullable)


def _among(column: str, words: tuple[str, ...]) -> str:
    return f"{column} in ({', '.join(repr(word) for word in words)})"


def _check(table: str, name: str, sql: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(sql, name=op.f(f"ck_{table}_{name}"))


def _key(table: str, *columns: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint("village_id", *columns, name=op.f(f"pk_{table}"))


def _of_village(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["village_id"], ["village.id"], name=op.f(f"fk_{table}_village_id"))


def _refers(table: str, other: str, **columns: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["village_id", *columns],
        [f"{other}.village_id", *(f"{other}.{theirs}" for theirs in columns.values())],
        name=op.f(f"fk_{table}_village_id_{'_'.join(columns)}"),
    )
