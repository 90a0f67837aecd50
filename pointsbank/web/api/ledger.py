"""The anchors that prove the ledger."""

from dataclasses import asdict
from typing import Any

from pointsbank import proof
from pointsbank.proof import Anchor, SealedText
from pointsbank.schemas.base import PageQuery
from pointsbank.schemas.ledger import (
    AnchorPage,
    ConsistencyQuery,
    ConsistencySchema,
    InclusionQuery,
    InclusionSchema,
    SealedConsistencyQuery,
    SealedInclusionQuery,
    SealedQuery,
    SealedSchema,
)
from pointsbank.staff import Permission
from pointsbank.web import access, proof_files
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


@routes.get("/ledger/checkpoint", "取已月结月份的检查点（C2SP tlog-checkpoint）", Permission.BOARD_VIEW)
@routes.json(SealedSchema, query=SealedQuery)
def get_checkpoint(query: dict[str, Any], village: str) -> dict[str, Any]:
    """Give the checkpoint of a closed month."""
    with access.database().reading() as session:
        found = proof.sealed_checkpoint(session, village=village, **query, **proof_files.signing(village))
    return _sealed(found)


@routes.get("/ledger/proofs/entry", "证明一条记录在已月结的账本里（C2SP tlog-proof）", Permission.BOARD_VIEW)
@routes.json(SealedSchema, query=SealedInclusionQuery)
def prove_sealed_entry(query: dict[str, Any], village: str) -> dict[str, Any]:
    """Prove that an entry stands under a closed month's anchor."""
    with access.database().reading() as session:
        found = proof.sealed_inclusion(session, village=village, **query, **proof_files.signing(village))
    return _sealed(found)


@routes.get("/ledger/proofs/months", "证明较早一次月结是较晚一次的开头（C2SP）", Permission.BOARD_VIEW)
@routes.json(SealedSchema, query=SealedConsistencyQuery)
def prove_sealed_months(query: dict[str, Any], village: str) -> dict[str, Any]:
    """Prove that the log of one closed month is the beginning of a later one's."""
    with access.database().reading() as session:
        found = proof.sealed_consistency(session, village=village, **query, **proof_files.signing(village))
    return _sealed(found)


def _sealed(found: SealedText) -> dict[str, Any]:
    """Return a checkpoint or a proof as the API tells it."""
    key = found.key.verifier_key if found.key else None
    return {"month": found.anchor.month, "signed": found.signed, "key": key, "text": found.text}


def described(anchor: Anchor) -> dict[str, Any]:
    """Return an anchor with what it stands for."""
    sealed = {name: anchor.fields[name] for name in ("month", "size", "root", "prev")}
    digits = anchor.digits.replace(" ", "")
    proof = {"anchor": anchor.digest, "digits": digits, "index": anchor.log_index, "made_at": anchor.made_at}
    return {**sealed, **proof}
