"""A day in the village, by a client that openapi-python-client generated: the till, the meeting, the books.

Run with the referees' Python; the village's address, tokens and card come as JSON on standard input.
"""

import json
import sys
from datetime import datetime, timedelta, timezone
from http import HTTPStatus
from importlib import import_module
from typing import Any

VILLAGE = "chayuan"
BEIJING = timezone(timedelta(hours=8))


class Day:
    """The client of each person, and what was done so far."""

    def __init__(self, told: dict[str, Any]) -> None:
        """Make a client for each token."""
        client = import_module("pointsbank_client").AuthenticatedClient
        self.models = import_module("pointsbank_client.models")
        self.clients = {
            login: client(base_url=told["url"], token=token, raise_on_unexpected_status=True)
            for login, token in told["tokens"].items()
        }
        self.card = told["card"]
        self.done: list[str] = []
        self._requests = iter(range(1000))

    def ask(self, by: str, operation: str, status: int, *places: Any, **more: Any) -> Any:
        """Call an operation (`till.redeem`) and return what the client read; the status must be this."""
        call = import_module(f"pointsbank_client.api.{operation}").sync_detailed
        answer = call(VILLAGE, *places, client=self.clients[by], **more)
        if answer.status_code != HTTPStatus(status) or answer.parsed is None:
            raise SystemExit(f"{operation}: {answer.status_code} {answer.content.decode()}")
        self.done.append(operation)
        return answer.parsed

    def request_id(self) -> str:
        """A request id nobody used before."""
        return f"referee-{next(self._requests):06d}"


def at_the_till(day: Day) -> None:
    """Scan, quote, redeem, hear it again, take it back."""
    make = day.models
    scan = day.ask("chen", "till.scan_card", 201, body=make.ScanBody(code=day.card))
    assert (scan.participant.code, scan.balance) == ("0101", 100)
    shelf = day.ask("chen", "goods.list_goods", 200)
    soap = next(one for one in shelf.items if one.code == "G01")
    line = make.LineBody(goods=soap.code, quantity=2, points=soap.points)
    quote = day.ask("chen", "till.quote", 200, body=make.QuoteBody(scan.scan_ticket, [line]))
    assert (quote.total, quote.balance_after, quote.needs) == (10, 90, None)

    sale = make.RedemptionBody(day.request_id(), scan.scan_ticket, [line], confirmed=True)
    sold = day.ask("chen", "till.redeem", 201, body=sale)
    again = day.ask("chen", "till.redeem", 200, body=sale)
    assert (again.id, again.status.value, sold.balance) == (sold.id, "replayed", 90)
    assert day.ask("chen", "sales.show_redemption", 200, sold.id).lines[0].quantity == 2
    back = make.ReversalBody(request_id=day.request_id(), reason="拿错了")
    assert day.ask("chen", "till.reverse_redemption", 201, sold.id, body=back).balance == 100
    assert day.ask("chen", "goods.show_goods", 200, "G01").stock == soap.stock

    used = make.RedemptionBody(day.request_id(), scan.scan_ticket, [line], confirmed=True)
    refused = day.ask("chen", "till.redeem", 409, body=used)
    assert refused.reason is make.ProblemReason.TICKET_USED and refused.detail.endswith("。")
    wrong = make.RedemptionBody(day.request_id(), scan.scan_ticket, [make.LineBody("G01", 0, 5)])
    named = day.ask("chen", "till.redeem", 422, body=wrong)
    assert [one.field for one in named.errors] == ["lines.0.quantity"]


def at_the_meeting(day: Day) -> None:
    """Open, enter, close; settle the notice that is over and not the one that has just begun."""
    make, today = day.models, datetime.now(BEIJING).date()
    held = make.MeetingBody(held_on=today, title="评议会", judges=["周明", "吴芳"])
    meeting = day.ask("li", "meetings.open_meeting", 201, body=held)
    deed = {"participant": "0201", "item": "A2", "occurred_on": today}
    unsaid = make.ScoreBody(day.request_id(), **deed)
    refused = day.ask("li", "meetings.enter_score", 422, meeting.id, body=unsaid)
    assert [one.field for one in refused.errors] == ["points"]
    entered = make.ScoreBody(day.request_id(), **deed, points=7.5, note="帮邻居收稻")
    score = day.ask("li", "meetings.enter_score", 201, meeting.id, body=entered)
    assert (score.points, score.counted_points) == (7.5, 7.5)
    notice = day.ask("li", "meetings.close_meeting", 200, meeting.id, body=make.Nothing())
    assert day.ask("li", "meetings.show_score", 200, score.id).state.value == "published"

    hung = make.HangingBody(place="村务公开栏")
    assert day.ask("li", "notices.hang", 201, notice.id, body=hung).number == 1
    early = day.ask("li", "notices.settle", 409, notice.id, body=make.Nothing())
    assert early.reason is make.ProblemReason.NOTICE_STILL_OPEN
    over = [one for one in day.ask("li", "notices.list_notices", 200).items if one.id != notice.id]
    settled = day.ask("li", "notices.settle", 200, over[0].id, body=make.Nothing())
    assert (settled.posted, settled.already) == (1, False)
    doubted = make.ObjectionBody(raised_by="本户", reason="那天不在家")
    objection = day.ask("chen", "notices.raise_objection", 201, score.id, body=doubted)
    answer = make.DecisionBody(upheld=False, reason="有照片为证")
    assert (
        day.ask("zhao", "notices.decide_objection", 200, objection.id, body=answer).status.value == "rejected"
    )


def in_the_books(day: Day) -> None:
    """Mirror the ledger page by page from its beginning; nothing is missing and nothing comes twice."""
    after, mirrored = -1, []
    while page := day.ask("zhao", "transactions.list_transactions", 200, after=after, limit=2).items:
        mirrored += page
        after = page[-1].index
    assert [one.index for one in mirrored] == sorted({one.index for one in mirrored})
    assert {"opening", "award", "redemption", "reversal"} <= {one.kind.value for one in mirrored}
    for one in mirrored:
        assert day.ask("zhao", "transactions.show_transaction", 200, one.index).leaf == one.leaf
    sold = next(one for one in mirrored if one.kind.value == "redemption")
    assert (sold.words.participant, sold.words.lines[0].goods, sold.words.lines[0].points) == (
        "0101",
        "G01",
        5,
    )


def main() -> None:
    """Live the day."""
    day = Day(json.load(sys.stdin))
    at_the_till(day)
    at_the_meeting(day)
    in_the_books(day)
    print(f"{len(day.done)} 次请求，{len(set(day.done))} 种操作")


if __name__ == "__main__":
    main()
