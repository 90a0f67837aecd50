"""The verbs of a till: they open their own transactions, and commit what is refused as an attempt."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from pointsbank import ledger
from pointsbank.database import Database
from pointsbank.market import attempts
from pointsbank.market.basket import BasketLine
from pointsbank.market.exchanging import exchange_pieces
from pointsbank.market.limits import PinRequired
from pointsbank.market.quoting import price_sale
from pointsbank.market.redemption import Redemption, redeem
from pointsbank.market.returning import PiecesBack, return_pieces
from pointsbank.market.reversal import Reversal, reverse_redemption
from pointsbank.market.scanning import Scan, scan
from pointsbank.market.second_check import SecondCheck, prove
from pointsbank.market.unseen import GoodsUnseen, check_handled
from pointsbank.prepared import writes_together


def try_scan(
    database: Database, *, village: str, text: str, by: str, at: datetime, typed: bool = False
) -> Scan:
    """Scan a card, and record a refused scan as an attempt; raises those of `scan`.

    Example:
        try_scan(database, village="chayuan", text="http://points.example/c/0YMS…", by=clerk, at=now).balance
        # 50000
    """
    recorded = attempts.recorded(database, village=village, kind="scan", by=by, at=at)
    with recorded, database.writing() as session:
        return scan(session, village=village, text=text, by=by, at=at, typed=typed)


def sell(
    database: Database,
    *,
    village: str,
    request_id: str,
    scan_ticket: str,
    confirmed: bool,
    lines: Sequence[BasketLine],
    pin: str | None = None,
    approver: str | None = None,
    approver_password: str | None = None,
    by: str,
    at: datetime,
) -> Redemption:
    """Redeem a basket, with a PIN or a second login where one is given; record a refused sale as an attempt.

    A PIN or login that is given is judged only for a sale that nothing else stands against and that was not
    made by the same request before. That one is needed is a step of the sale and no attempt.

    Raises GoodsUnseen, and those of `price_sale`, `was_answered` and `redeem`, among them PinRequired if a
    second check is needed and none is given; and those of `prove` if the one that is given fails.

    Example:
        sell(database, village="chayuan", request_id="till-1-000042", scan_ticket=scan.scan_ticket,
             confirmed=True, lines=[BasketLine("M01", 2, Points(4000))], pin="271828", by=clerk, at=now)
        # Redemption(id="…", status="completed", total=8000, balance=42000, index=18, leaf="…")
    """
    with attempts.recorded(database, village=village, kind="sale", by=by, at=at, unless=PinRequired):
        second_check = None
        if pin is not None or approver is not None:
            with database.reading() as session:
                made = ledger.was_answered(session, village=village, request_id=request_id, wait=False)
                if not made:
                    price_sale(
                        session,
                        village=village,
                        scan_ticket=scan_ticket,
                        confirmed=confirmed,
                        lines=lines,
                        at=at,
                        lock=False,
                    )
            if not made:
                second_check = prove(
                    database,
                    village=village,
                    scan_ticket=scan_ticket,
                    pin=pin,
                    approver=approver,
                    approver_password=approver_password,
                    by=by,
                    at=at,
                )

        sale: Any = {
            "village": village,
            "request_id": request_id,
            "scan_ticket": scan_ticket,
            "confirmed": confirmed,
            "lines": lines,
            "second_check": second_check,
            "by": by,
            "at": at,
        }
        try:
            return _write(database, sale, handled=False)
        except GoodsUnseen:
            # Only who set a price himself comes here; what others had in hand is looked up once.
            with database.reading() as session:
                codes = {line.goods for line in lines}
                check_handled(session, codes, village=village, by=by, at=at)
            return _write(database, sale, handled=True)


def _write(database: Database, sale: dict[str, Any], *, handled: bool) -> Redemption:
    """Redeem in a transaction of its own, `sale`: what `redeem` takes."""
    with database.writing() as session, writes_together(session):
        return redeem(session, handled=handled, **sale)


def exchange(
    database: Database,
    *,
    village: str,
    redemption: str,
    pieces: Mapping[str, int],
    reason: str,
    request_id: str,
    scan_ticket: str,
    confirmed: bool,
    lines: Sequence[BasketLine],
    pin: str | None = None,
    approver: str | None = None,
    approver_password: str | None = None,
    by: str,
    at: datetime,
) -> Redemption:
    """Take pieces of a sale back and sell a basket to the same household, both or neither.

    The basket is judged as if the pieces were back already: points, stock and limits. A PIN or login that is
    given is judged only for an exchange that nothing else stands against. What is refused is kept as an
    attempt.

    Raises NotSameHousehold, PinRequired, and those of `return_pieces`, `redeem` and `prove`.

    Example:
        exchange(database, village="chayuan", redemption=sale.id, pieces={"S03": 1}, reason="换成香皂",
                 request_id="till-1-000046", scan_ticket=scan.scan_ticket, confirmed=True,
                 lines=[BasketLine("R02", 1, Points(250))], by=clerk, at=now)
    """
    back: Any = {"redemption": redemption, "pieces": pieces, "reason": reason}
    sale: Any = {"scan_ticket": scan_ticket, "confirmed": confirmed, "lines": lines}
    common: Any = {"village": village, "request_id": request_id, "by": by, "at": at}
    given: Any = {"pin": pin, "approver": approver, "approver_password": approver_password}

    def write(second_check: SecondCheck | None) -> Redemption:
        with database.writing() as session:
            return exchange_pieces(session, back=back, sale=sale, second_check=second_check, **common)

    with attempts.recorded(database, village=village, kind="sale", by=by, at=at, unless=PinRequired):
        try:
            return write(None)
        except PinRequired:
            if pin is None and approver is None:
                raise
        return write(prove(database, village=village, scan_ticket=scan_ticket, **given, by=by, at=at))


def take_back(
    database: Database, *, village: str, redemption: str, request_id: str, reason: str, by: str, at: datetime
) -> Reversal:
    """Reverse a redemption, and record a refused reversal as an attempt.

    Raises those of `reverse_redemption`.

    Example:
        take_back(database, village="chayuan", redemption=sale.id, request_id="till-1-000043",
                  reason="拿错了", by=clerk, at=now).balance  # 50000
    """
    recorded = attempts.recorded(database, village=village, kind="reversal", by=by, at=at)
    with recorded, database.writing() as session:
        return reverse_redemption(
            session,
            village=village,
            redemption=redemption,
            request_id=request_id,
            reason=reason,
            by=by,
            at=at,
        )


def take_back_pieces(
    database: Database,
    *,
    village: str,
    redemption: str,
    pieces: Mapping[str, int],
    request_id: str,
    reason: str,
    by: str,
    at: datetime,
) -> PiecesBack:
    """Take back some pieces of a redemption, and record a refused return as an attempt.

    Raises those of `return_pieces`.

    Example:
        take_back_pieces(database, village="chayuan", redemption=sale.id, pieces={"S03": 1},
                         request_id="till-1-000043", reason="多拿了一袋", by=clerk, at=now).total  # 200
    """
    recorded = attempts.recorded(database, village=village, kind="reversal", by=by, at=at)
    with recorded, database.writing() as session:
        return return_pieces(
            session,
            village=village,
            redemption=redemption,
            pieces=pieces,
            request_id=request_id,
            reason=reason,
            by=by,
            at=at,
        )
