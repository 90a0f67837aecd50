"""A sale and a veto at one moment: whichever is first in the log, the sale never comes behind the veto."""

from threading import Event, Thread
from typing import Any

import pytest

from pointsbank import ledger, scoring
from pointsbank.database import Database
from pointsbank.market import quoting
from pointsbank.market.redemption import Redemption
from pointsbank.roster.problems import ParticipantRestricted
from pointsbank.scoring import settling
from tests.builders import COMMITTEE, VILLAGE
from tests.market.shop import Shop, salt
from tests.publicity.desk import LATER, Desk
from tests.roster.test_restrictions import VETO, shop_of
from tests.scoring.panel import sit

MEETING_POINT_SECONDS = 1.5


def at_one_moment(database: Database, monkeypatch: pytest.MonkeyPatch) -> tuple[Shop, Any]:
    """王建国 buys salt; behind the till's question whether he may, his veto is posted if the lock lets it."""
    panel = sit(database)
    [veto] = panel.enter(VETO)
    panel.publish()
    shop = shop_of(Desk(panel, []))
    ticket = shop.scan(shop.wang, at=LATER).scan_ticket
    asked, posted, read_offers, answers = Event(), Event(), quoting.read_offers, list[Any]()

    def after_the_question(*arguments: Any, **named: Any) -> Any:
        asked.set()
        posted.wait(MEETING_POINT_SECONDS)
        return read_offers(*arguments, **named)

    def sell() -> None:
        try:
            answers.append(shop.sell(shop.wang, salt(), scan_ticket=ticket, at=LATER))
        except Exception as problem:
            answers.append(problem)

    monkeypatch.setattr(quoting, "read_offers", after_the_question)
    till = Thread(target=sell)
    till.start()
    asked.wait()
    with database.writing() as session:
        scoring.settle_scores(session, village=VILLAGE, scores=[veto.id], by=COMMITTEE, at=LATER)
    posted.set()
    till.join()
    return shop, answers[0]


def begun_at(shop: Shop) -> int:
    """The number of the entry with which the restriction begins."""
    [entry] = shop.village.read(ledger.log_entries, kinds=["restriction_begun"])
    return int(entry.index)


def test_a_sale_under_way_comes_before_the_veto_and_the_next_is_refused(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop, sold = at_one_moment(database, monkeypatch)

    assert isinstance(sold, Redemption)
    assert sold.index < begun_at(shop)
    with pytest.raises(ParticipantRestricted):
        shop.sell(shop.wang, salt(), at=LATER)


def test_without_the_lock_a_sale_would_come_behind_the_veto(
    postgresql_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settling.ledger, "lock_accounts", lambda *_, **__: None)

    shop, sold = at_one_moment(postgresql_database, monkeypatch)

    assert isinstance(sold, Redemption)
    assert sold.index > begun_at(shop)
