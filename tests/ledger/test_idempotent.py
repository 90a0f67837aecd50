"""The decorator of verbs with a request id: what was stored in the first days still answers."""

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlmodel import Session

from pointsbank import households, ledger, market, scoring
from pointsbank.database import Database
from pointsbank.households.closing import HouseholdClosed
from pointsbank.ledger.models import RequestRow
from pointsbank.market import StocktakeStep
from pointsbank.market.counting import GoodsCount, StocktakeCounts
from pointsbank.market.gifts import Gift, give
from pointsbank.market.redemption import Redemption, redeem
from pointsbank.market.reversal import Reversal, reverse_redemption
from pointsbank.market.stock import StockMove
from pointsbank.points import Points
from tests.builders import CLERK, COMMITTEE, NOW, VILLAGE, Chayuan
from tests.scoring.panel import sit

REQUEST = "request-0001"
LEAF = "0f" * 32


@dataclass(frozen=True, slots=True)
class Opened:
    """The answer of a verb of this test."""

    box: str
    number: int
    status: str = "completed"


opened: list[str] = []


@ledger.idempotent("open_box", lambda box, **_: {"box": ascii(box)}, Opened)
def open_box(session: Session, *, village: str, box: str, request_id: str, by: str, at: datetime) -> Opened:
    """Open a box, unless it is empty."""
    opened.append(box)
    if box == "empty":
        raise ValueError(box)
    return Opened(box, len(opened))


def ask(village: Chayuan, box: str, *, by: str = CLERK) -> Opened:
    """Open a box under the one request id, in a transaction of its own."""
    with village.database.writing() as session:
        return open_box(session, village=VILLAGE, box=box, request_id=REQUEST, by=by, at=NOW)


def test_a_verb_acts_once_and_answers_a_repeat_the_same(village: Chayuan) -> None:
    opened.clear()

    assert ask(village, "A") == Opened("A", 1)
    assert ask(village, "A") == Opened("A", 1, "replayed")
    assert opened == ["A"]


def test_other_contents_or_another_person_are_refused(village: Chayuan) -> None:
    ask(village, "A")

    with pytest.raises(ledger.problems.RequestReused):
        ask(village, "B")
    with pytest.raises(ledger.problems.RequestReused):
        ask(village, "A", by=COMMITTEE)


def test_a_refusal_leaves_the_id_free(village: Chayuan) -> None:
    with pytest.raises(ValueError, match="empty"):
        ask(village, "empty")

    assert ask(village, "A").status == "completed"


SALE = {"scan_ticket": "t1", "lines": [market.BasketLine("M01", 2, Points(4000))]}
MOVED_AT = datetime(2026, 1, 31, 9, 30, tzinfo=UTC)
STEP = {"stocktake": "s1"}
STEP_ASKED = '"stocktake":"\'s1\'"'

# What each verb asked for and answered, as canonical JSON, before the decorator was there.
OLD: list[tuple[Any, dict[str, Any], str, str, Any]] = [
    (
        redeem,
        {**SALE, "confirmed": True},
        '{"lines":[["\'M01\'","2","4000"]],"scan_ticket":"\'t1\'","verb":"redeem"}',
        f'{{"balance":100,"id":"r1","index":7,"leaf":"{LEAF}","total":8000}}',
        Redemption("r1", "replayed", Points(8000), Points(100), 7, LEAF),
    ),
    (
        reverse_redemption,
        {"redemption": "r1", "reason": "拿错了"},
        '{"reason":"\'\\\\u62ff\\\\u9519\\\\u4e86\'","redemption":"\'r1\'","verb":"reverse_redemption"}',
        f'{{"balance":100,"index":8,"leaf":"{LEAF}","redemption":"r1","total":8000}}',
        Reversal("r1", "replayed", Points(8000), Points(100), 8, LEAF),
    ),
    (
        give,
        {"participant": "0101", "points": Points(500), "reason": "x"},
        '{"participant":"\'0101\'","points":"500","reason":"\'x\'","verb":"give"}',
        f'{{"balance":600,"index":9,"leaf":"{LEAF}","participant":"p1","points":500}}',
        Gift("p1", "replayed", Points(500), Points(600), 9, LEAF),
    ),
    (
        market.move_stock,
        {"goods": "M01", "kind": "received", "quantity": 3, "note": ""},
        '{"goods":"\'M01\'","kind":"\'received\'","note":"\'\'","quantity":"3","verb":"move_stock"}',
        '{"goods":"M01","kind":"received","moved_at":"2026-01-31T09:30:00+00:00","moved_by":"u1","note":"","position":2,"quantity":3,"stock":8}',
        StockMove("M01", 2, "received", 3, 8, "", "u1", MOVED_AT, "replayed"),
    ),
    (
        market.begin_stocktake,
        {"note": "n"},
        '{"note":"\'n\'","verb":"begin_stocktake"}',
        '{"id":"s1","index":null,"state":"open"}',
        StocktakeStep("s1", "open", "replayed"),
    ),
    (
        market.count_goods,
        {"stocktake": "s1", "pieces": {"S03": 4, "M01": 5}},
        f'{{"pieces":[["\'M01\'","5"],["\'S03\'","4"]],{STEP_ASKED},"verb":"count_goods"}}',
        '{"counts":[["M01",5,5],["S03",6,4]],"id":"s1"}',
        StocktakeCounts("s1", (GoodsCount("M01", 5, 5), GoodsCount("S03", 6, 4)), "replayed"),
    ),
    (
        market.send_back,
        STEP,
        f'{{{STEP_ASKED},"verb":"send_back"}}',
        '{"id":"s1","index":null,"state":"open"}',
        StocktakeStep("s1", "open", "replayed"),
    ),
    (
        market.discard_stocktake,
        STEP,
        f'{{{STEP_ASKED},"verb":"discard"}}',
        '{"id":"s1","index":null,"state":"discarded"}',
        StocktakeStep("s1", "discarded", "replayed"),
    ),
    (
        market.sign_stocktake,
        {**STEP, "seen": "signed-1-0"},
        f'{{{STEP_ASKED},"verb":"sign"}}',
        '{"id":"s1","index":12,"state":"posted"}',
        StocktakeStep("s1", "posted", "replayed", 12),
    ),
    (
        households.close,
        {"participant": "0101", "decision": "x"},
        '{"decision":"\'x\'","heir":"None","participant":"\'0101\'","verb":"close_household"}',
        f'{{"cards":2,"heir":null,"honour":5,"index":3,"leaf":"{LEAF}","participant":"p1","points":4}}',
        HouseholdClosed("p1", None, Points(4), Points(5), 2, 3, LEAF, "replayed"),
    ),
    (
        households.close,
        {"participant": "0101", "heir": "0102", "decision": "x"},
        '{"decision":"\'x\'","heir":"\'0102\'","participant":"\'0101\'","verb":"close_household"}',
        f'{{"cards":2,"heir":"p2","honour":5,"index":3,"leaf":"{LEAF}","participant":"p1","points":4}}',
        HouseholdClosed("p1", "p2", Points(4), Points(5), 2, 3, LEAF, "replayed"),
    ),
]


@pytest.mark.parametrize(
    ("verb", "arguments", "asked", "stored", "answer"), OLD, ids=[one[0].__name__ for one in OLD]
)
def test_a_request_answered_in_the_first_days_is_answered_the_same(
    verb: Any, arguments: dict[str, Any], asked: str, stored: str, answer: Any, village: Chayuan
) -> None:
    remember(village.database, asked, stored)

    assert village.write(verb, request_id=REQUEST, by=CLERK, **arguments) == answer


def test_scores_entered_in_the_first_days_are_answered_the_same(database: Database) -> None:
    panel = sit(database)
    [entered] = panel.enter(scoring.ScoreRow("0101", "助邻", date(2026, 8, 3)))
    rows = ascii((panel.meeting, [("0101", "助邻", "2026-08-03", "None", None, "")]))
    digest = hashlib.sha256(rows.encode()).hexdigest()
    asked = f'{{"rows":"{digest}","verb":"enter_scores"}}'
    remember(database, asked, '{"first":1,"last":1}', by=entered.entered_by)

    row = scoring.ScoreRow("0101", "助邻", date(2026, 8, 3))
    assert panel.enter(row, request_id=REQUEST) == [entered]


def remember(database: Database, asked: str, stored: str, *, by: str = CLERK) -> None:
    """Write down a request as it was stored."""
    assert json.dumps(json.loads(asked), sort_keys=True, separators=(",", ":")) == asked
    with database.writing() as session:
        row = {"contents_digest": hashlib.sha256(asked.encode()).digest(), "answer": stored}
        session.add(RequestRow(village_id=VILLAGE, request_id=REQUEST, actor_id=by, recorded_at=NOW, **row))
