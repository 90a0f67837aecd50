"""What a till calls: refusals are committed as attempts before they are told, PINs judged before the sale."""

from collections.abc import Sequence
from datetime import datetime

from pointsbank.database import Database
from pointsbank.market import attempts
from pointsbank.market.basket import BasketLine
from pointsbank.market.limits import PinRequired
from pointsbank.market.redemption import Redemption, redeem
from pointsbank.market.reversal import Reversal, reverse_redemption
from pointsbank.market.scanning import Scan, scan
from pointsbank.market.second_check import SecondCheck, prove
from pointsbank.prepared import writes_together


def try_scan(
    database: Database, *, village: str, text: str, by: str, at: datetime, typed: bool = False
) -> Scan:
    """Scan a card; a refused one is written down."""
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
    """Redeem a basket, with a PIN or a second login where one is given; a refused sale is written down.

    The sale is tried first: only when nothing else stands against it, and it was not made already, is the PIN
    or the second login judged.
    """

    def attempt(second_check: SecondCheck | None) -> Redemption:
        with database.writing() as session, writes_together(session):
            return redeem(
                session,
                village=village,
                request_id=request_id,
                scan_ticket=scan_ticket,
                confirmed=confirmed,
                lines=lines,
                second_check=second_check,
                wants_check=pin is not None or approver is not None,
                by=by,
                at=at,
            )

    with attempts.recorded(database, village=village, kind="sale", by=by, at=at):
        try:
            return attempt(None)
        except PinRequired:
            if pin is None and approver is None:
                raise
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
        return attempt(second_check)


def take_back(
    database: Database, *, village: str, redemption: str, request_id: str, reason: str, by: str, at: datetime
) -> Reversal:
    """Reverse a redemption; a refused reversal is written down."""
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
