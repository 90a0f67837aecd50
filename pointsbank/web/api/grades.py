"""Grades: tables of bands, what they give in a period, what was done about it; the list `grades` has each."""

from typing import Any

from pointsbank import boards, grades
from pointsbank.grades import Band, GradeTable, PeriodGrades
from pointsbank.schemas.base import PageQuery
from pointsbank.schemas.grades import (
    GradeDoneBody,
    GradeDoneSchema,
    GradeEndBody,
    GradePeriodSchema,
    GradeTableBody,
    GradeTablePage,
    GradeTableSchema,
)
from pointsbank.staff import Permission
from pointsbank.web import access
from pointsbank.web.api.cursors import page_of
from pointsbank.web.api.routes import Routes

routes = Routes("grades", "等级")


@routes.get("/grades", "列出通过的等级表，新的在前", Permission.BOARD_VIEW)
@routes.json(GradeTablePage, query=PageQuery)
def list_grade_tables(query: dict[str, Any], village: str) -> dict[str, Any]:
    """List every adoption of a table of bands."""
    with access.database().reading() as session:
        found = grades.adopted_tables(session, village=village)
    return page_of(found, query, lambda one: [f"{one.number:09}"], newest=True)


@routes.post("/grades", "登记一张等级表的决议", Permission.SCHEME_ADOPT)
@routes.json(GradeTableSchema, body=GradeTableBody, status=201)
def adopt_grade_table(body: dict[str, Any], village: str) -> GradeTable:
    """Write down the table of bands that a resolution sets."""
    bands = [
        Band(one["name"], one["sign"], grades.read_range(one["range"]), one["measure"])
        for one in body.pop("bands")
    ]
    with access.database().writing() as session:
        return grades.adopt_table(session, village=village, bands=bands, **body, **access.by_and_at())


@routes.post("/grades/<key:table>/ending", "登记决议：一张等级表从哪天起不再评", Permission.SCHEME_ADOPT)
@routes.json(GradeTableSchema, body=GradeEndBody, status=201)
def end_grade_table(body: dict[str, Any], village: str, table: str) -> GradeTable:
    """Write down the resolution that ends a table."""
    number = grades.table_number(table)
    with access.database().writing() as session:
        return grades.end_table(session, village=village, table=number, **body, **access.by_and_at())


@routes.get("/grades/<key:table>/<key:period>", "查看一期每一档有几个", Permission.BOARD_VIEW)
@routes.json(GradePeriodSchema)
def show_grade_period(village: str, table: str, period: str) -> PeriodGrades:
    """Show how many are in each band in a period."""
    with access.database().reading() as session:
        return grades.kept_grades(
            session,
            village=village,
            table=grades.table_number(table),
            period=period,
            left=boards.who_left(session, village=village),
            at=access.now(),
        )


@routes.post("/grades/<key:table>/<key:period>/measures", "登记这一档要做的做过了", Permission.BOARD_DECIDE)
@routes.json(GradeDoneSchema, body=GradeDoneBody, status=201)
def mark_grade_measures(body: dict[str, Any], village: str, table: str, period: str) -> dict[str, int]:
    """Write down for whom what their band asks for was done."""
    with access.database().writing() as session:
        added = grades.mark_done(
            session,
            village=village,
            table=grades.table_number(table),
            period=period,
            **body,
            **access.by_and_at(),
        )
    return {"added": added}
