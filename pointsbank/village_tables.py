"""The base of every table of a village, and the constraints its tables are made of.

Every key, unique rule, foreign key and index of such a table begins with `village_id`: so the tables can be
spread over several servers by village, and no row can refer to another village's. The helpers put it first;
a query says whose rows it wants with `in_village`.
"""

from dataclasses import fields, is_dataclass
from typing import Any, TypeVar

from sqlalchemy import (
    BindParameter,
    CheckConstraint,
    ColumnElement,
    ForeignKeyConstraint,
    Index,
    UniqueConstraint,
    text,
)
from sqlmodel import Field, SQLModel, col

SQLModel.metadata.naming_convention = {
    "pk": "pk_%(table_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
}


Value = TypeVar("Value")


class VillageTable(SQLModel):
    """A table whose rows each belong to one village.

    Example:
        class GoodsRow(VillageTable, table=True):
            __tablename__ = "goods"
            __table_args__ = (references_village(), unique("code"))

            id: str = Field(primary_key=True)
            code: str

        select(GoodsRow).where(GoodsRow.in_village("chayuan"), col(GoodsRow.code) == "rice")
    """

    village_id: str = Field(primary_key=True)

    @classmethod
    def in_village(cls, village: str | BindParameter[str]) -> ColumnElement[bool]:
        """Return the condition that a row is of this village: its code, or a `bindparam` for it."""
        return col(cls.village_id) == village

    @classmethod
    def in_village_of(cls, other: "type[VillageTable]") -> ColumnElement[bool]:
        """Return the condition that a row is of the same village as another table's row, for joins."""
        return col(cls.village_id) == col(other.village_id)

    @classmethod
    def columns_of(cls, value_class: type[Any], **given: Any) -> list[Any]:
        """Return what fills a NamedTuple or dataclass: the columns named like its fields, or `given`.

        Raises AttributeError for a field that is neither.

        Example:
            select(*GoodsRow.columns_of(Goods, points=price_at("at")))
        """
        return [
            given[name].label(name) if name in given else col(getattr(cls, name))
            for name in _field_names(value_class)
        ]

    def into(self, value_class: type[Value], **given: Any) -> Value:
        """Return the row as a value class: a dataclass whose fields are columns by name, or are `given`.

        Raises AttributeError for a field that is neither.

        Example:
            row.into(Notice, meeting=row.meeting_id)
        """
        names = [name for name in _field_names(value_class) if name not in given]
        return value_class(**{name: getattr(self, name) for name in names}, **given)


def _field_names(value_class: Any) -> list[str]:
    """Return the names of a value class's fields, in order."""
    return [field.name for field in fields(value_class)] if is_dataclass(value_class) else value_class._fields


def references_village() -> ForeignKeyConstraint:
    """Return the foreign key to the village; a table that refers to another of the village's needs none."""
    return ForeignKeyConstraint(["village_id"], ["village.id"])


def references(table: str, *same: str, **columns: str) -> ForeignKeyConstraint:
    """Return a foreign key to a row of the same village: columns named alike there, or ours="theirs".

    Example:
        references("log_entry", "log_index")
        references("goods", goods_id="id")
    """
    pairs = {"village_id": "village_id", **dict(zip(same, same, strict=True)), **columns}
    return ForeignKeyConstraint(list(pairs), [f"{table}.{theirs}" for theirs in pairs.values()])


def unique(*columns: str) -> UniqueConstraint:
    """Return the rule that no two rows of a village have the same values in these columns."""
    return UniqueConstraint("village_id", *columns)


def index(*columns: str, name: str | None = None, unique: bool = False, where: str | None = None) -> Index:
    """Return an index over a village's rows, or over those of them of which the SQL condition `where` holds.

    Without a name it is called after the table and its columns.

    Prefer `is null` to `column = 'word'` in `where`: SQLite (seen in 3.40.1) compiles a statement that
    compares that column with a parameter anew at each execution, to see whether the index serves. With an
    index over spoiled goods alone the till's longest question took ten times as long.
    """
    condition = None if where is None else text(where)
    return Index(
        name, "village_id", *columns, unique=unique, sqlite_where=condition, postgresql_where=condition
    )


def one_of(column: str, values: tuple[str, ...]) -> CheckConstraint:
    """Return the rule that the column holds one of these words; it is named after the column."""
    return CheckConstraint(f"{column} in ({', '.join(repr(value) for value in values)})", name=column)
