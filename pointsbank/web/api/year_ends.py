"""The year's end: rules by resolution, a year in sum, and requests to post or undo it."""

from typing import Any

from pointsbank import approvals, year_end
from pointsbank.schemas.approvals import ApprovalSchema
from pointsbank.schemas.base import Nothing, PageQuery
from pointsbank.schemas.year_end import (
    YearEndRuleBody,
    YearEndRulePage,
    YearEndRuleSchema,
    YearEndSchema,
    YearEndUndoBody,
)
from pointsbank.staff import Permission
from pointsbank.web import access
from pointsbank.web.api.approvals import one_request
from pointsbank.web.api.cursors import page_of
from pointsbank.web.api.routes import Routes
from pointsbank.year_end import Rule, Summary

routes = Routes("year-ends", "年终结转")


@routes.get("/year-end-rules", "列出登记过的结转办法，早的在前", Permission.BOARD_VIEW)
@routes.json(YearEndRulePage, query=PageQuery)
def list_year_end_rules(query: dict[str, Any], village: str) -> dict[str, Any]:
    """List the rules, the first one first."""
    with access.database().reading() as session:
        found = year_end.rules(session, village=village)
    return page_of(found[::-1], query, lambda one: [f"{one.number:09}"])


@routes.post("/year-end-rules", "登记结转办法的决议", Permission.SCHEME_ADOPT)
@routes.json(YearEndRuleSchema, body=YearEndRuleBody, status=201)
def adopt_year_end_rule(body: dict[str, Any], village: str) -> Rule:
    """Write down what a resolution says."""
    with access.database().writing() as session:
        return year_end.adopt_rule(session, village=village, **body, **access.by_and_at())


@routes.get("/year-ends/<key:year>", "查看一年的年终结转：现在办会怎样，或者办了的数", Permission.BOARD_VIEW)
@routes.json(YearEndSchema)
def show_year_end(village: str, year: str) -> Summary:
    """Show a year's end in sum."""
    here: dict[str, Any] = {"village": village, "year": year_end.year_of(year)}
    with access.database().reading() as session:
        return year_end.summary(session, **here, at=access.now())


@routes.post("/year-ends/<key:year>", "申请一年的年终结转，要第二个人确认", Permission.MONTH_CLOSE)
@routes.json(ApprovalSchema, body=Nothing, status=201)
def request_year_end(body: dict[str, Any], village: str, year: str) -> dict[str, Any]:
    """Request that a year's end is posted."""
    here: dict[str, Any] = {"village": village, "year": year_end.year_of(year)}
    with access.database().writing() as session:
        made = approvals.request_year_end(session, **here, **access.by_and_at())
    return one_request(village, made.id)


@routes.post(
    "/year-ends/<key:year>/undoing", "申请整个撤销一年的年终结转，要第二个人确认", Permission.MONTH_CLOSE
)
@routes.json(ApprovalSchema, body=YearEndUndoBody, status=201)
def request_year_end_undo(body: dict[str, Any], village: str, year: str) -> dict[str, Any]:
    """Request that all that a year's end moved is put back."""
    here: dict[str, Any] = {"village": village, "year": year_end.year_of(year)}
    with access.database().writing() as session:
        made = approvals.request_year_end_undo(session, **here, **body, **access.by_and_at())
    return one_request(village, made.id)
