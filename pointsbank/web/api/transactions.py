"""The ledger, entry by entry: transactions for who reads or mirrors them, and what stands at a number."""

from typing import Any

from pointsbank import ledger
from pointsbank.schemas.ledger import EntrySchema, TransactionPage, TransactionQuery, TransactionSchema
from pointsbank.staff import Permission
from pointsbank.web import access
from pointsbank.web.api.cursors import cursor, position
from pointsbank.web.api.routes import Routes
from pointsbank.web.api.telling import EntryNames, movements

routes = Routes("transactions", "账本里的交易和日志")


@routes.get(
    "/ledger/transactions",
    "列出账本里的交易，最新的在前；带 after 的从旧到新，供照抄账本的程序用",
    Permission.LEDGER_VIEW,
)
@routes.json(TransactionPage, query=TransactionQuery)
def list_transactions(query: dict[str, Any], village: str) -> dict[str, Any]:
    """List the village's transactions: newest first, or those after a number, oldest first."""
    after, limit, place = query["after"], query["limit"], position(query["cursor"])
    rest = {"before": place} if after is None else {"after": after if place is None else place}
    with access.database().reading() as session:
        found = ledger.transactions(session, village=village, **rest, limit=limit + 1)
        items = movements(session, village, found[:limit], at=access.now())
    return {"items": items, "next": cursor(found[limit - 1].index) if len(found) > limit else None}


@routes.get("/ledger/transactions/<key:index>", "查看账本里的一笔交易", Permission.LEDGER_VIEW)
@routes.json(TransactionSchema)
def show_transaction(village: str, index: str) -> dict[str, Any]:
    """Show one transaction by its number."""
    with access.database().reading() as session:
        found = ledger.transaction(session, village=village, index=_number(index))
        return movements(session, village, [found], at=access.now())[0]


@routes.get("/ledger/entries/<key:index>", "查看账本日志的一条：什么事、谁办的", Permission.LEDGER_VIEW)
@routes.json(EntrySchema)
def show_entry(village: str, index: str) -> dict[str, Any]:
    """Show one entry of the log by its number, in words."""
    with access.database().reading() as session:
        found = ledger.log_entry(session, village=village, index=_number(index))
        actor = [found.actor] if found.actor else []
        names = EntryNames(session, village, [found.words], *actor, at=access.now())
        return {
            "index": found.index,
            "kind": found.kind,
            "recorded_at": found.recorded_at,
            "about": found.ref,
            "actor": names.name(found.actor) if found.actor else None,
            "sentence": names.sentence(found.kind, found.words),
        }


def _number(given: str) -> int:
    """Return the number in an address; one that no entry has for what is no number."""
    return int(given) if given.isascii() and given.isdigit() and len(given) < 10 else -1
