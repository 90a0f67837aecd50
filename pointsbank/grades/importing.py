"""Tables of bands from a file: one row a band, one or several tables in it."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from pointsbank.errors import Invalid, Problem
from pointsbank.grades.bands import Band, in_order, scale_of
from pointsbank.grades.known_tables import adopted_tables
from pointsbank.grades.ranges import RangeEmpty, RangeUnreadable, read, spelled
from pointsbank.grades.tables import adopt_table
from pointsbank.labels.grade_column import GRADE_COLUMN
from pointsbank.labels.grade_measure import GRADE_MEASURE
from pointsbank.labels.grade_period import GRADE_PERIOD
from pointsbank.labels.grade_sign import GRADE_SIGN
from pointsbank.labels.participant_kind import PARTICIPANT_KIND
from pointsbank.spreadsheets import Column, Imported, Table, choice, parse_rows, points, spelt, text
from pointsbank.spreadsheets.problems import BadRows, RowProblem

_YES = {"是": True, "含": True, "true": True, "否": False, "不含": False, "false": False}
_BESIDE = ("kinds", "period", "measured_on", "category")


def _kinds(cell: str) -> tuple[str, ...]:
    """Read 户、党员; raises CellInvalid."""
    read_one = choice(PARTICIPANT_KIND.choices())
    return tuple(read_one(part) for part in cell.replace("，", "、").replace(",", "、").split("、"))


GRADE_COLUMNS = spelt(
    (
        Column(("表名", "name", "scheme"), "name", True, text(40)),
        Column(("给谁评", "kinds"), "kinds", False, _kinds),
        Column(("多久评一次", "period"), "period", False, choice(GRADE_PERIOD.choices())),
        Column(("按什么评", "measured_on"), "measured_on", False, choice(GRADE_MEASURE.choices())),
        Column(("哪个类别", "category"), "category", False, text(60), ""),
        Column(("等级", "band"), "band", True, text(20)),
        Column(("标志", "sign"), "sign", False, choice(GRADE_SIGN.choices())),
        Column(("分数段", "range"), "range", False, text(40), ""),
        Column(("怎么做", "measure"), "measure", False, text(60), ""),
        Column(("下限", "lower"), "low", False, points, None),
        Column(("含下限", "lower_inclusive"), "low_included", False, choice(_YES), None),
        Column(("上限", "upper"), "high", False, points, None),
        Column(("含上限", "upper_inclusive"), "high_included", False, choice(_YES), None),
    ),
    GRADE_COLUMN,
)


def _range(row: Mapping[str, Any]) -> str:
    """Return the stretch of marks of a row as it is written, or from its two ends, which count for more.

    Where nothing says whether an end belongs to it, the lower one does and the upper one, too.
    """
    if row["low"] is None and row["high"] is None:
        return str(row["range"])
    return spelled(
        row["low"],
        row["high"],
        low_included=row["low_included"] is not False,
        high_included=row["high_included"] is not False,
    )


class AdoptionUnsaid(Invalid):
    """A table was sent without its resolution or the day from which it is in force."""

    code = "grade_adoption_unsaid"
    sentence = "请写明哪次会议通过的、从哪天起施行，再导入。"
    fixed_by = "村委"
    at = ("resolution", "from_date")


def import_tables(
    session: Session,
    *,
    village: str,
    table: Table,
    by: str,
    at: datetime,
    resolution: str | None = None,
    from_date: date | None = None,
) -> Imported:
    """Adopt the tables of bands of a file by one resolution; the same file again changes nothing.

    What a table is measured on stands in its first row, or in all.

    Raises:
        BadRows: cells that are wrong, each named; or a table that is refused, with its first row.
        AdoptionUnsaid: resolution or day is missing.
        VillageUnknown: raised by `adopt_table`.

    Example:
        grades.import_tables(session, table=table, resolution="村民会议", from_date=day, **common).added  # 1
    """
    if not resolution or from_date is None:
        raise AdoptionUnsaid()
    parsed = parse_rows(table, GRADE_COLUMNS, collect=True)
    wrong = list(parsed.problems)
    named: dict[str, list[dict[str, Any]]] = {}
    for row in parsed.rows:
        try:
            row["band"] = Band(row["band"], row["sign"] or "", read(_range(row)), row["measure"])
        except (RangeUnreadable, RangeEmpty) as refused:
            wrong.append(RowProblem(row["row"], "分数段", refused.detail))
            continue
        named.setdefault(row["name"], []).append(row)
    known = len(adopted_tables(session, village=village))
    if not wrong:
        wrong = _adopt_all(
            session, named, village=village, resolution=resolution, from_date=from_date, by=by, at=at
        )
    if wrong:
        raise BadRows(wrong)
    added = len(adopted_tables(session, village=village)) - known
    return Imported(
        added=added,
        unchanged=len(named) - added,
        ignored_columns=parsed.ignored_columns,
        found=[*parsed.found, *(f"“{name}”{len(rows)}档。" for name, rows in named.items())],
    )


def _adopt_all(
    session: Session, named: Mapping[str, Sequence[Mapping[str, Any]]], **doing: Any
) -> list[RowProblem]:
    """Adopt each table; return what is wrong with them, by their first rows."""
    wrong = []
    for name, rows in named.items():
        given = {key: next((row[key] for row in rows if row[key]), None) for key in _BESIDE}
        missing = [GRADE_COLUMN.name(key) for key in ("period", "measured_on") if given[key] is None]
        if missing:
            wrong.append(
                RowProblem(rows[0]["row"], missing[0], f"“{name}”没有写{'、'.join(missing)}，请填。")
            )
            # What else is wrong with it is said at once: a file is not sent five times for five faults.
            wrong += _fallen_through(rows)
            continue
        try:
            adopt_table(
                session,
                name=name,
                kinds=given["kinds"] or ("household",),
                period=str(given["period"]),
                measured_on=str(given["measured_on"]),
                category=given["category"] or "",
                bands=[row["band"] for row in rows],
                **doing,
            )
        except Invalid as refused:
            wrong.append(RowProblem(rows[0]["row"], "", refused.detail))
        except Problem as refused:
            if not refused.code.startswith("grade_table_"):
                raise
            wrong.append(RowProblem(rows[0]["row"], "", refused.detail))
    return wrong


def _fallen_through(rows: Sequence[Mapping[str, Any]]) -> list[RowProblem]:
    """Return what is wrong with the bands of a table of which nobody knows yet what it is measured on."""
    is_of_stars = any("星" in row["range"] for row in rows)
    try:
        in_order([row["band"] for row in rows], scale_of("stars" if is_of_stars else ""))
    except Invalid as refused:
        return [RowProblem(rows[0]["row"], "", refused.detail)]
    return []
