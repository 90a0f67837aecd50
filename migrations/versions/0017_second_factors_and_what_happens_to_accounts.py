"""Second factors, recovery codes, tokens and sessions that end by themselves, and what happens to accounts."""

import base64
import re
import secrets
from datetime import UTC, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

_KIND = "staff_recovered"
_MOMENT = sa.DateTime(timezone=True)
_TOKEN_DAYS = 180


def upgrade() -> None:
    """Make the tables; sessions and tokens go on, tokens for half a year from today."""
    _kinds(add=True)
    sessions, tokens = _take("staff_session"), _take("api_token")
    now = datetime.now(UTC)
    for one in sessions:
        one["seen_at"], one["awaits_code"] = one["signed_in_at"], False
    for one in tokens:
        one["id"] = base64.b32encode(secrets.token_bytes(10)).decode().lower()
        one["name"], one["ends_at"] = "以前的令牌", now + timedelta(days=_TOKEN_DAYS)
    _make_sessions(
        sessions,
        sa.Column("seen_at", _MOMENT, nullable=False),
        sa.Column("awaits_code", sa.Boolean(), nullable=False),
    )
    _make_tokens(
        tokens,
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("ends_at", _MOMENT, nullable=False),
        sa.Column("seen_at", _MOMENT, nullable=True),
        sa.UniqueConstraint("id", name=op.f("uq_api_token_id")),
        sa.CheckConstraint("name <> ''", name=op.f("ck_api_token_named")),
        sa.CheckConstraint("ends_at > made_at", name=op.f("ck_api_token_ends_later")),
    )
    _make_own_tables()
    _make_events()


def downgrade() -> None:
    """Drop them; a browser that still owes its code is signed out, tokens lose name and end."""
    for name in ("staff_event", "recovery_code", "code_use", "second_factor", "password_due"):
        op.drop_table(name)
    sessions, tokens = _take("staff_session"), _take("api_token")
    _make_sessions([one for one in sessions if not one["awaits_code"]])
    _make_tokens(tokens)
    _kinds(add=False)


def _take(table: str) -> list[dict[str, Any]]:
    """Read all rows of a table and drop it."""
    bind = op.get_bind()
    names = [column["name"] for column in sa.inspect(bind).get_columns(table)]
    columns = [sa.column(name, _MOMENT if name.endswith("_at") else None) for name in names]
    rows = [dict(row) for row in bind.execute(sa.select(*columns).select_from(sa.table(table))).mappings()]
    op.drop_table(table)
    return rows


def _put(table: sa.Table, rows: list[dict[str, Any]]) -> None:
    """Write rows; what a table has no column for is left out."""
    op.bulk_insert(table, [{column.name: row.get(column.name) for column in table.columns} for row in rows])


def _staff(table: str) -> sa.ForeignKeyConstraint:
    """The foreign key to the person."""
    return sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f(f"fk_{table}_staff_id"))


def _make_sessions(rows: list[dict[str, Any]], *own: sa.schema.SchemaItem) -> None:
    """Make the table of sessions and fill it."""
    table = op.create_table(
        "staff_session",
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("staff_id", sa.String(), nullable=False),
        sa.Column("signed_in_at", _MOMENT, nullable=False),
        sa.Column("ends_at", _MOMENT, nullable=False),
        *own,
        _staff("staff_session"),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_staff_session")),
    )
    op.create_index(op.f("ix_staff_session_staff_id"), "staff_session", ["staff_id"], unique=False)
    _put(table, rows)


def _make_tokens(rows: list[dict[str, Any]], *own: sa.schema.SchemaItem) -> None:
    """Make the table of API tokens and fill it."""
    table = op.create_table(
        "api_token",
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("staff_id", sa.String(), nullable=False),
        sa.Column("made_at", _MOMENT, nullable=False),
        sa.Column("made_by", sa.String(), nullable=False),
        *own,
        _staff("api_token"),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_api_token")),
    )
    op.create_index(op.f("ix_api_token_staff_id"), "api_token", ["staff_id"], unique=False)
    _put(table, rows)


def _make_own_tables() -> None:
    """Make the tables of what a person holds beside the password."""
    op.create_table(
        "password_due",
        sa.Column("staff_id", sa.String(), nullable=False),
        sa.Column("set_by", sa.String(), nullable=False),
        sa.Column("set_at", _MOMENT, nullable=False),
        sa.CheckConstraint("set_by <> staff_id", name=op.f("ck_password_due_set_by_another")),
        _staff("password_due"),
        sa.PrimaryKeyConstraint("staff_id", name=op.f("pk_password_due")),
    )
    op.create_table(
        "second_factor",
        sa.Column("staff_id", sa.String(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", _MOMENT, nullable=False),
        sa.Column("confirmed_at", _MOMENT, nullable=True),
        sa.Column("lost_at", _MOMENT, nullable=True),
        _staff("second_factor"),
        sa.PrimaryKeyConstraint("staff_id", name=op.f("pk_second_factor")),
    )
    op.create_table(
        "code_use",
        sa.Column("staff_id", sa.String(), nullable=False),
        sa.Column("step", sa.BigInteger(), nullable=False),
        sa.Column("used_at", _MOMENT, nullable=False),
        _staff("code_use"),
        sa.PrimaryKeyConstraint("staff_id", "step", name=op.f("pk_code_use")),
    )
    op.create_table(
        "recovery_code",
        sa.Column("staff_id", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("made_at", _MOMENT, nullable=False),
        _staff("recovery_code"),
        sa.PrimaryKeyConstraint("staff_id", "digest", name=op.f("pk_recovery_code")),
    )


def _make_events() -> None:
    """Make the table of what happens to accounts."""
    kinds = (
        *("signed_in", "refused", "code_refused", "added", "roles", "disabled", "enabled"),
        *("password_reset", "password_changed", "token_made", "token_revoked"),
        *("factor_on", "factor_lost", "factor_off", "recovery_made", "recovery_used", "recovered"),
    )
    op.create_table(
        "staff_event",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("happened_at", _MOMENT, nullable=False),
        sa.Column("staff_id", sa.String(), nullable=True),
        sa.Column("village_id", sa.String(), nullable=True),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.CheckConstraint(_one_of(kinds), name=op.f("ck_staff_event_kind")),
        sa.CheckConstraint("times >= 1", name=op.f("ck_staff_event_times")),
        _staff("staff_event"),
        sa.ForeignKeyConstraint(["village_id"], ["village.id"], name=op.f("fk_staff_event_village_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_event")),
    )
    op.create_index(
        op.f("ix_staff_event_village_id_happened_at"), "staff_event", ["village_id", "happened_at"]
    )
    op.create_index(op.f("ix_staff_event_happened_at"), "staff_event", ["happened_at"])


def _kinds(*, add: bool) -> None:
    """Let the log tell that somebody was let in again at the machine itself, or forget that kind of entry."""
    rules = sa.inspect(op.get_bind()).get_check_constraints("log_entry")
    [text] = [rule["sqltext"] for rule in rules if rule["name"] == "ck_log_entry_kind"]
    known = tuple(re.findall(r"'(\w+)'", text))
    wanted = (*known, _KIND) if add else tuple(kind for kind in known if kind != _KIND)
    with op.batch_alter_table("log_entry", copy_from=_log_entry(_one_of(known))) as batch:
        batch.drop_constraint(op.f("ck_log_entry_kind"), type_="check")
        batch.create_check_constraint(op.f("ck_log_entry_kind"), _one_of(wanted))


def _one_of(kinds: tuple[str, ...]) -> str:
    return f"kind in ({', '.join(repr(kind) for kind in kinds)})"


def _log_entry(rule: str) -> sa.Table:
    """The log as it stands, for SQLite, which does not tell its checks."""
    return sa.Table(
        "log_entry",
        sa.MetaData(),
        sa.Column("village_id", sa.String(), nullable=False),
        sa.Column("log_index", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("recorded_at", _MOMENT, nullable=False),
        sa.Column("ref", sa.BigInteger(), nullable=True),
        sa.Column("public", sa.LargeBinary(), nullable=False),
        sa.Column("leaf", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint(rule, name=op.f("ck_log_entry_kind")),
        sa.CheckConstraint("length(leaf) = 32", name=op.f("ck_log_entry_leaf_length")),
        sa.CheckConstraint(
            "log_index >= 0 and (ref is null or ref < log_index)", name=op.f("ck_log_entry_order")
        ),
        sa.ForeignKeyConstraint(["village_id"], ["village.id"], name=op.f("fk_log_entry_village_id")),
        sa.ForeignKeyConstraint(
            ["village_id", "ref"],
            ["log_entry.village_id", "log_entry.log_index"],
            name=op.f("fk_log_entry_village_id_ref"),
        ),
        sa.PrimaryKeyConstraint("village_id", "log_index", name=op.f("pk_log_entry")),
        sa.Index(op.f("ix_log_entry_village_id_recorded_at"), "village_id", "recorded_at"),
        sa.Index(op.f("ix_log_entry_village_id_ref"), "village_id", "ref"),
    )
