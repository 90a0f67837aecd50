"""Makes 茶源村 before its first month: founding, roster, scheme, cards, shelves."""

from datetime import date, datetime
from pathlib import Path
from random import Random

from pointsbank import boards, ledger, market, publicity, roster, scoring, spreadsheets, villages
from pointsbank.database import Database
from pointsbank.dates import SHANGHAI
from pointsbank.roster import IssuedCard
from pointsbank.sample.people import roster_csv

CODE, NAME = "chayuan", "茶源村"
SEED = 2026
OPERATOR = "operator"
RESOLUTION = "茶源村2026年第二次村民代表会议决议（应到43人，实到39人，37票同意）"
BLACK_RESOLUTION = "茶源村2026年第二次村民代表会议决议：设黑榜，先告知、后表决、改正即撤（35票同意）"
_HERE = Path(__file__).resolve().parent


def moment(day: date, hour: int = 9, minute: int = 0) -> datetime:
    """Return a moment of a day in the village, in Beijing time."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=SHANGHAI)


def found(database: Database) -> None:
    """Found the village and change its settings."""
    at = moment(date(2026, 7, 10))
    with database.writing() as session:
        ledger.found_village(session, code=CODE, name=NAME, by=OPERATOR, at=at)
        villages.change_settings(
            session,
            village=CODE,
            by=OPERATOR,
            at=at,
            contact_phone="000-0000000",
            hotline="12345",
            red_places=10,
        )


def enrol(database: Database, *, by: str) -> None:
    """Import the roster, and record which households agree to be named in public."""
    at = moment(date(2026, 7, 12))
    with database.writing() as session:
        table = spreadsheets.read_table("茶源村户册.csv", roster_csv(SEED))
        roster.import_roster(session, village=CODE, table=table, by=by, at=at)
        draw = Random(f"{SEED} consent")
        for one in roster.everyone(session, village=CODE):
            if one.kind in publicity.PERSONS and draw.random() < 0.4:
                publicity.give_consent(session, village=CODE, participant=one.code, by=by, at=at)


def adopt(database: Database, *, by: str) -> None:
    """Adopt the scheme and resolve the black board, as the assembly voted."""
    at, on = moment(date(2026, 7, 20), 16), date(2026, 7, 20)
    with database.writing() as session:
        table = spreadsheets.read_table("积分细则.csv", (_HERE / "scheme.csv").read_bytes())
        scoring.import_scheme(
            session,
            village=CODE,
            table=table,
            by=by,
            at=at,
            resolution=RESOLUTION,
            from_date=date(2026, 8, 1),
        )
        boards.resolve_black_board(session, village=CODE, resolution=BLACK_RESOLUTION, on=on, by=by, at=at)


def hand_out_cards(database: Database, *, by: str) -> list[IssuedCard]:
    """Print a card for every household and hand them all out."""
    with database.writing() as session:
        households = [one.id for one in roster.everyone(session, village=CODE) if one.kind == "household"]
        at = moment(date(2026, 7, 25))
        cards = roster.issue(session, village=CODE, participants=households, by=by, at=at)
    with database.writing() as session:
        roster.hand_out(session, village=CODE, by=by, at=moment(date(2026, 7, 28)))
    return cards


def stock_shelves(database: Database, *, by: str) -> None:
    """Put the goods on the shelf; later some are bought and some are donated."""
    with database.writing() as session:
        table = spreadsheets.read_table("商品.csv", (_HERE / "goods.csv").read_bytes())
        market.import_goods(session, village=CODE, table=table, by=by, at=moment(date(2026, 7, 28), 10))
    moves = (
        (date(2026, 8, 20), "SP02", "donated", 60, "镇供销社捐赠"),
        (date(2026, 9, 1), "SP01", "received", 200, "村集体采购"),
        (date(2026, 9, 1), "SP12", "spoiled", 6, "茶苗枯死"),
    )
    for day, goods, kind, quantity, note in moves:
        with database.writing() as session:
            market.move_stock(
                session,
                village=CODE,
                goods=goods,
                request_id=f"sample-{goods}-{day.isoformat()}",
                kind=kind,
                quantity=quantity,
                note=note,
                by=by,
                at=moment(day, 10),
            )
