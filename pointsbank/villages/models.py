"""The tables of a village: itself, its township, its groups, its settings, its closed months."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import BigInteger, CheckConstraint, ColumnElement, UniqueConstraint, select
from sqlmodel import Field, SQLModel, col

from pointsbank.database import UtcDateTime
from pointsbank.naming import by_words, with_columns
from pointsbank.village_tables import VillageTable, references_village, unique
from pointsbank.villages.told import (
    stated_of_first_settings,
    stated_of_placing,
    stated_of_settings,
    stated_of_township,
)
from pointsbank.witness import Witnessed, declare


class VillageRow(SQLModel, table=True):
    """A village: the tenant to whom every row of every village table belongs."""

    __tablename__ = "village"
    __table_args__ = (CheckConstraint("length(id) between 2 and 32", name="id_length"),)

    id: str = Field(primary_key=True)
    name: str
    founded_at: datetime = Field(sa_type=UtcDateTime)


class TownshipRow(SQLModel, table=True):
    """A township: some villages of the installation."""

    __tablename__ = "township"
    __table_args__ = (UniqueConstraint("name"), CheckConstraint("length(name) > 0", name="name_given"))

    id: str = Field(primary_key=True)
    name: str


class VillageTownshipRow(SQLModel, table=True):
    """The township that a village lies in: one at most."""

    __tablename__ = "village_township"
    __table_args__ = (UniqueConstraint("village_id"),)

    village_id: str = Field(primary_key=True, foreign_key="village.id")
    township_id: str = Field(primary_key=True, foreign_key="township.id", index=True)


class SettingsRow(VillageTable, table=True):
    """The choices of one village; points in hundredths."""

    __tablename__ = "village_settings"
    __table_args__ = (
        references_village(),
        CheckConstraint("notice_days between 1 and 60", name="notice_days"),
        CheckConstraint("objection_working_days between 1 and 60", name="objection_working_days"),
        CheckConstraint("deduction_floor in ('stop_at_zero', 'below_zero')", name="deduction_floor"),
        CheckConstraint("second_check_single >= 0 and second_check_day >= 0", name="second_check"),
        CheckConstraint("daily_limit is null or daily_limit > 0", name="daily_limit"),
        CheckConstraint("names_on_cards in ('masked', 'named')", name="names_on_cards"),
        CheckConstraint("red_places between 1 and 200", name="red_places"),
        CheckConstraint("ticket_seconds between 30 and 900", name="ticket_seconds"),
        CheckConstraint("settling in ('by_hand', 'by_itself')", name="settling"),
        CheckConstraint("question_working_days between 1 and 60", name="question_working_days"),
        CheckConstraint("question_role in ('committee', 'supervisor', 'admin')", name="question_role"),
        CheckConstraint("question_shown_days between 7 and 365", name="question_shown_days"),
        CheckConstraint("length(card_heading) <= 60", name="card_heading"),
        CheckConstraint("length(poster_heading) <= 60", name="poster_heading"),
        CheckConstraint("period_measure in ('sum', 'average')", name="period_measure"),
    )

    notice_days: int = 3
    objection_working_days: int = 7
    deduction_floor: str = "stop_at_zero"
    second_check_single: int = Field(default=5000, sa_type=BigInteger)
    second_check_day: int = Field(default=10000, sa_type=BigInteger)
    daily_limit: int | None = Field(default=None, sa_type=BigInteger)
    names_on_cards: str = "masked"
    contact_phone: str = ""
    hotline: str = ""
    red_places: int = 10
    ticket_seconds: int = 120
    settling: str | None = None
    question_working_days: int | None = None
    question_role: str | None = None
    question_shown_days: int | None = None
    card_heading: str | None = None
    poster_heading: str | None = None
    period_measure: str | None = None

    # A column that a later version added is empty until somebody chooses: the log has digests of rows from
    # before, which an empty column leaves as they are.
    UNCHOSEN: ClassVar[Mapping[str, str | int]] = {
        "settling": "by_itself",
        "question_working_days": 7,
        "question_role": "committee",
        "question_shown_days": 90,
        "card_heading": "",
        "poster_heading": "",
        "period_measure": "sum",
    }


class GroupRow(VillageTable, table=True):
    """A part of the village: 村民小组 or 网格; a closed one is kept for what was counted in it."""

    __tablename__ = "village_group"
    __table_args__ = (
        references_village(),
        unique("name"),
        unique("position"),
        CheckConstraint("length(name) > 0", name="name_given"),
    )

    id: str = Field(primary_key=True)
    name: str
    position: int
    closed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class ClosedMonthRow(VillageTable, table=True):
    """A month that is closed; it is never reopened."""

    __tablename__ = "closed_month"
    __table_args__ = (
        references_village(),
        CheckConstraint("length(month) = 7", name="month_length"),
    )

    month: str = Field(primary_key=True)
    closed_at: datetime = Field(sa_type=UtcDateTime)


def _has_village(village: Any) -> ColumnElement[bool]:
    """Return the condition that a township is the one that a village lies in."""
    lies = select(col(VillageTownshipRow.township_id)).where(col(VillageTownshipRow.village_id) == village)
    return col(TownshipRow.id).in_(lies.correlate_except(SQLModel.metadata.tables["village_township"]))


WITNESSES = declare(
    Witnessed(
        table="village",
        kinds=("village_founded",),
        of_village=lambda village: col(VillageRow.id) == village,
        named_by={"village_founded": by_words(id="village", name="name", founded_at="founded_at")},
    ),
    Witnessed(
        table="township",
        kinds=("township_renamed", "village_placed"),
        at_once=False,
        of_village=_has_village,
        named_by={
            "township_renamed": by_words(id="township", name="name"),
            "village_placed": stated_of_township,
        },
    ),
    Witnessed(
        table="village_township",
        kinds=("village_placed",),
        at_once=False,
        draws={"township": "id", "staff_role": "township_id"},
        drawn_by="township_id",
        named_by={"village_placed": stated_of_placing},
    ),
    Witnessed(
        table="village_settings",
        kinds=("settings_changed", "village_founded"),
        named_by={"settings_changed": stated_of_settings, "village_founded": stated_of_first_settings},
    ),
    Witnessed(
        table="village_group",
        kinds=("group_made", "group_renamed", "group_closed"),
        named_by={
            "group_made": with_columns(
                by_words(id="group", name="name", position="position"), closed_at=None
            ),
            "group_renamed": by_words(id="group", name="name"),
            "group_closed": by_words(id="group", name="name", closed_at="closed_at"),
        },
    ),
    Witnessed(
        table="closed_month",
        kinds=("month_closed",),
        added_only=True,
        named_by={"month_closed": by_words(month="month", closed_at="closed_at")},
    ),
)
