"""The anchors that prove the ledger."""

from dataclasses import asdict
from typing import Any

from pointsbank import proof
from pointsbank.proof import Anchor
from pointsbank.schemas.base import PageQuery
from pointsbank.schemas.ledger import (
    AnchorPage,
    ConsistencyQuery,
    ConsistencySchema,
    InclusionQuery,
    InclusionSchema,
)
from pointsbank.staff import Permission
from pointsbank.web import access
from pointsbank.web.api.cursors import page_of
from pointsbank.web.api.routes import Routes

routes = Routes("ledger", "存证")


@routes.get("/ledger/anchors", "列出已月结月份的存证码", Permission.BOARD_VIEW)
@routes.json(AnchorPage, query=PageQuery)
def list_anchors(query: dict[str, Any], village: str) -> dict[str, Any]:
    """List the anchors of the closed months, newest first."""
    with access.database().reading() as session:
        anchors = proof.anchors(session, village=village)
    return page_of(
        [described(anchor) for anchor in anchors], query, lambda anchor: [anchor["month"]], newest=True
    )


@routes.get("/ledger/proofs/inclusion", "证明一条记录在账本里（RFC 9162）", Permission.LEDGER_VIEW)
@routes.json(InclusionSchema, query=InclusionQuery)
def prove_inclusion(query: dict[str, Any], village: str) -> dict[str, Any]:
    """Prove that an entry stands in the log."""
    with access.database().reading() as session:
        return asdict(proof.inclusion(session, village=village, **query))


@routes.get("/ledger/proofs/consistency", "证明较早的账本是较晚的开头（RFC 9162）", Permission.LEDGER_VIEW)
@routes.json(ConsistencySchema, query=ConsistencyQuery)
def prove_consistency(query: dict[str, Any], village: str) -> dict[str, Any]:
    """Prove that a shorter log is the beginning of a longer one."""
    with access.database().reading() as session:
        return asdict(proof.consistency(session, village=village, **query))


def described(anchor: Anchor) -> dict[str, Any]:
    """Return an anchor with what it stands for."""
    sealed = {name: anchor.fields[name] for name in ("month", "size", "root", "prev")}
    digits = anchor.digits.replace(" ", "")
    proof = {"anchor": anchor.digest, "digits": digits, "index": anchor.log_index, "made_at": anchor.made_at}
    return {**sealed, **proof}
