"""Posted scores that are put right: what should be is requested, a second person confirms."""

from typing import Any

from pointsbank import approvals, points, publicity, scoring
from pointsbank.schemas.approvals import ApprovalSchema
from pointsbank.schemas.base import Nothing, PageQuery
from pointsbank.schemas.publicity import HangingBody
from pointsbank.schemas.scoring import CorrectionBody, CorrectionPage, CorrectionSchema
from pointsbank.scoring import Correction
from pointsbank.staff import Permission
from pointsbank.web import access
from pointsbank.web.api.approvals import one_request
from pointsbank.web.api.cursors import page_of
from pointsbank.web.api.routes import Routes

routes = Routes("corrections", "更正已入账的评分")

OF_ONE = "/scores/<key:score>/corrections"


@routes.post(OF_ONE, "申请更正一条已入账的评分，要第二个人确认", Permission.SCORE_CORRECT)
@routes.json(ApprovalSchema, body=CorrectionBody, status=201)
def request_correction(body: dict[str, Any], village: str, score: str) -> dict[str, Any]:
    """Request that a posted score is put right; `happens` says what that will do."""
    reason = body.pop("reason")
    with access.database().writing() as session:
        given = typed_measures(body)
        asked = scoring.instead_of(session, village=village, score=score, given=given)
        made = approvals.request_correction(
            session, village=village, score=score, should_be=asked, reason=reason, **access.by_and_at()
        )
    return one_request(village, made.id)


@routes.get(OF_ONE, "列出一条评分的各次更正，最早的在前", Permission.NOTICE_VIEW)
@routes.json(CorrectionPage, query=PageQuery)
def list_corrections(query: dict[str, Any], village: str, score: str) -> dict[str, Any]:
    """List what was put right of a score, whichever of its versions is asked about."""
    with access.database().reading() as session:
        chain = scoring.versions(session, village=village, score=score)
    made = [one.correction for one in chain if one.correction is not None]
    return page_of(made, query, lambda one: [one.corrected_at.isoformat(), one.score_id])


@routes.post("/scores/<key:score>/settle", "更正公示期满，没有异议的入账", Permission.NOTICE_SETTLE)
@routes.json(CorrectionSchema, body=Nothing)
def settle_correction(body: dict[str, Any], village: str, score: str) -> Correction:
    """Post a correction, by its new version, whose days are over and against which nothing stands."""
    with access.database().writing() as session:
        return publicity.settle_correction(session, village=village, score=score, **access.by_and_at())


@routes.post("/scores/<key:score>/hangings", "登记更正公示张贴在哪里、哪一天", Permission.NOTICE_HANG)
@routes.json(CorrectionSchema, body=HangingBody, status=201)
def hang_correction(body: dict[str, Any], village: str, score: str) -> Correction:
    """Record that a correction's paper hangs, by its new version; its days begin."""
    with access.database().writing() as session:
        return publicity.hang_correction(session, village=village, score=score, **body, **access.by_and_at())


def typed_measures(given: dict[str, Any]) -> dict[str, Any]:
    """Return what should be with its quantity in hundredths."""
    quantity = given.get("quantity")
    return given if quantity is None else {**given, "quantity": int(points.parse(quantity))}
