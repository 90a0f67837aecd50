"""Entry at the counter: what a household brings is judged by the rule and posted at once."""

from typing import Any

from pointsbank import scoring
from pointsbank.schemas.counter import CounterEntryBody, CounterEntrySchema
from pointsbank.staff import Permission
from pointsbank.web import access
from pointsbank.web.api.routes import Routes

routes = Routes("counter", "柜台登记")


@routes.post("/counter-entries", "在柜台登记一条，当场入账", Permission.COUNTER_ENTER)
@routes.json(CounterEntrySchema, body=CounterEntryBody, status=201)
def enter_at_counter(body: dict[str, Any], village: str) -> dict[str, Any]:
    """Enter a deed of today; whoever enters is refused the own household and near relatives'."""
    with access.database().writing() as session:
        done = scoring.enter_at_counter(session, village=village, **body, **access.by_and_at())
        score = scoring.score(session, village=village, score_id=done.score)
    return {
        "score": done.score,
        "day_book": done.day_book,
        "participant": score.code,
        "item": done.item,
        "counted_points": done.points,
        "balance": done.balance,
        "remark": done.remark,
        "index": done.index,
        "status": done.status,
    }
