"""Spot checks: fixed, thrown, recomputed, answered and signed."""

from typing import Any

from pointsbank import spot_checks
from pointsbank.schemas.base import PageQuery
from pointsbank.schemas.spot_checks import (
    AnswersBody,
    DiceBody,
    SpotCheckBody,
    SpotCheckPage,
    SpotCheckSchema,
    SpotCheckSignatureBody,
)
from pointsbank.spot_checks import Found, SpotCheck
from pointsbank.staff import Permission
from pointsbank.web import access
from pointsbank.web.api.cursors import page_of
from pointsbank.web.api.routes import Routes

routes = Routes("spot-checks", "掷骰抽查")


@routes.get("/spot-checks", "列出各月的抽查，早的在前", Permission.LEDGER_VIEW)
@routes.json(SpotCheckPage, query=PageQuery)
def list_spot_checks(query: dict[str, Any], village: str) -> dict[str, Any]:
    """List the draws, the earliest month first."""
    with access.database().reading() as session:
        found = spot_checks.spot_checks(session, village=village)
    page = page_of(found[::-1], query, lambda one: [one.month])
    return page | {"items": [_described(one) for one in page["items"]]}


@routes.post("/spot-checks", "定下一个月抽几条", Permission.SPOT_CHECK)
@routes.json(SpotCheckSchema, body=SpotCheckBody, status=201)
def plan_spot_check(body: dict[str, Any], village: str) -> dict[str, Any]:
    """Fix how many entries are drawn."""
    with access.database().writing() as session:
        return _described(spot_checks.plan(session, village=village, **body, **access.by_and_at()))


@routes.get("/spot-checks/<key:month>", "查看一个月的抽查：骰子、抽到的条目、结果", Permission.LEDGER_VIEW)
@routes.json(SpotCheckSchema)
def show_spot_check(village: str, month: str) -> dict[str, Any]:
    """Show one draw."""
    with access.database().reading() as session:
        return _described(spot_checks.spot_check(session, village=village, month=month))


@routes.post("/spot-checks/<key:month>/dice", "记下大会上的骰子，或更正一次", Permission.SPOT_CHECK)
@routes.json(SpotCheckSchema, body=DiceBody, status=201)
def throw_dice(body: dict[str, Any], village: str, month: str) -> dict[str, Any]:
    """Write the dice down."""
    with access.database().writing() as session:
        return _described(
            spot_checks.throw(session, village=village, month=month, **body, **access.by_and_at())
        )


@routes.post("/spot-checks/<key:month>/answers", "登记两个人去看的结果，可以分几次", Permission.SPOT_CHECK)
@routes.json(SpotCheckSchema, body=AnswersBody, status=201)
def answer_spot_check(body: dict[str, Any], village: str, month: str) -> dict[str, Any]:
    """Write down what two people found."""
    answers = {one["index"]: Found(one["answer"], one["note"]) for one in body.pop("answers")}
    with access.database().writing() as session:
        return _described(
            spot_checks.answer(
                session, village=village, month=month, answers=answers, **body, **access.by_and_at()
            )
        )


@routes.post(
    "/spot-checks/<key:month>/signatures",
    "签字：第一个，或者第二个（另一个人、另一种角色），签了就定",
    Permission.SPOT_CHECK,
)
@routes.json(SpotCheckSchema, body=SpotCheckSignatureBody, status=201)
def sign_spot_check(body: dict[str, Any], village: str, month: str) -> dict[str, Any]:
    """Sign what was found, first or second."""
    with access.database().writing() as session:
        return _described(
            spot_checks.sign(session, village=village, month=month, **body, **access.by_and_at())
        )


def _described(one: SpotCheck) -> dict[str, Any]:
    """Return a draw as a program sees it."""
    answers = {index: found.answer for index, found in one.answers.items()}
    names = ("month", "size", "population", "status", "digest", "start", "stop", "dice", "mark", "planned_at")
    return {
        **{name: getattr(one, name) for name in (*names, "sealed_at", "result")},
        "rule": spot_checks.RULE,
        "drawn": [{"index": index, "answer": answers.get(index)} for index in one.drawn],
    }
