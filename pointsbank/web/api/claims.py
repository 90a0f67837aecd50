"""Claims: deeds that somebody reports; they wait for their group's look and for a meeting."""

from typing import Any

from pointsbank import claims
from pointsbank.claims import Claim
from pointsbank.schemas.base import PageQuery
from pointsbank.schemas.claims import ClaimBody, ClaimPage, ClaimSchema
from pointsbank.staff import Permission
from pointsbank.web import access
from pointsbank.web.api.cursors import page_of
from pointsbank.web.api.routes import Routes

routes = Routes("claims", "申报")


@routes.get("/claims", "列出等待评议的申报，先登记的在前", Permission.CLAIM_VIEW)
@routes.json(ClaimPage, query=PageQuery)
def list_claims(query: dict[str, Any], village: str) -> dict[str, Any]:
    """List the claims about which no meeting has decided; the list `claims` has them all."""
    with access.database().reading() as session:
        found = claims.waiting(session, village=village)
    return page_of(sorted(found, key=_age), query, _age)


@routes.post("/claims", "登记一件申报", Permission.CLAIM_FILE)
@routes.json(ClaimSchema, body=ClaimBody, status=201)
def file_claim(body: dict[str, Any], village: str) -> Claim:
    """Write down a deed that somebody reports; photos are added on its page."""
    with access.database().writing() as session:
        return claims.file(session, village=village, **body, **access.by_and_at())


@routes.get("/claims/<key:claim>", "查看一件申报", Permission.CLAIM_VIEW)
@routes.json(ClaimSchema)
def show_claim(village: str, claim: str) -> Claim:
    """Show one claim."""
    with access.database().reading() as session:
        return claims.claim(session, village=village, claim_id=claim)


def _age(claim: Claim) -> list[str]:
    return [claim.filed_at.isoformat(), claim.id]
