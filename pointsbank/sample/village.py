"""Makes 茶源村 before its first month: founding, roster, scheme, cards, shelves."""

from datetime import date
from pathlib import Path
from random import Random
from typing import Any

from pointsbank import boards, governing, market, publicity, roster, scoring, spreadsheets, year_end
from pointsbank.points import whole
from pointsbank.roster import IssuedCard
from pointsbank.sample.people import roster_csv
from pointsbank.sample.stage import CODE, OPERATOR, SEED, Stage, moment

RESOLUTION = "茶源村2026年第二次村民代表会议决议（应到43人，实到39人，37票同意）"
BLACK_RESOLUTION = "茶源村2026年第二次村民代表会议决议：设黑榜，先告知、后表决、改正即撤（35票同意）"
_YEAR_END_CEILING = whole(20)
"""Most households have a little more by December: they are reminded, and see what stays."""
_HERE = Path(__file__).resolve().parent


def found(stage: Stage) -> None:
    """Found the village and tell whom to call."""
    done: dict[str, Any] = {"by": OPERATOR, "at": moment(date(2026, 7, 10))}
    with stage.database.writing() as session:
        governing.found_village(session, code=CODE, name="茶源村", **done)
        numbers: dict[str, Any] = {"contact_phone": "000-0000000", "hotline": "12345"}
        governing.change_settings(session, village=CODE, **numbers, **done)


def enrol(stage: Stage, groups: int | None = None) -> None:
    """Import the roster of the first groups, and record which households agree to be named in public."""
    done: dict[str, Any] = {"village": CODE, "by": stage.staff["li"], "at": moment(date(2026, 7, 12))}
    draw = Random(f"{SEED} consent")
    table = spreadsheets.read_table("茶源村户册.csv", roster_csv(SEED, groups))
    with stage.database.writing() as session:
        roster.import_roster(session, table=table, **done)
        stage.everyone = roster.everyone(session, village=CODE)
        for one in stage.everyone:
            if one.kind in roster.PERSONS and draw.random() < 0.4:
                publicity.give_consent(session, participant=one.code, **done)


def adopt(stage: Stage) -> None:
    """Adopt the scheme, resolve the black board and the year's end, as the assembly voted."""
    on = date(2026, 7, 20)
    stage.act(
        scoring.import_scheme,
        by="li",
        at=moment(on, 16),
        table=spreadsheets.read_table("积分细则.csv", (_HERE / "scheme.csv").read_bytes()),
        resolution=RESOLUTION,
        from_date=date(2026, 8, 1),
    )
    stage.act(boards.resolve_black_board, by="li", at=moment(on, 16), resolution=BLACK_RESOLUTION, on=on)
    stage.act(
        year_end.adopt_rule,
        by="li",
        at=moment(on, 16),
        points=year_end.CEILING,
        ceiling=_YEAR_END_CEILING,
        keeps_gifts=True,
        resolution=RESOLUTION,
        from_date=date(2026, 8, 1),
    )


def hand_out_cards(stage: Stage, *, public_url: str) -> list[IssuedCard]:
    """Print a card with this address for every household and hand them all out."""
    households = [one.id for one in stage.everyone if one.kind == "household"]
    printed = {"participants": households, "public_url": public_url}
    cards = stage.act(roster.issue, by="zhou", at=moment(date(2026, 7, 25)), **printed)
    handed = [card.id for card in cards]
    stage.act(roster.hand_out, by="zhou", at=moment(date(2026, 7, 28)), cards=handed)
    return cards


def stock_shelves(stage: Stage) -> None:
    """Put the goods on the shelf; later some are bought and some are donated."""
    table = spreadsheets.read_table("商品.csv", (_HERE / "goods.csv").read_bytes())
    stage.act(market.import_goods, by="zhou", at=moment(date(2026, 7, 28), 10), table=table)
    with stage.database.reading() as session:
        shelf = market.goods_list(session, village=CODE, at=moment(date(2026, 7, 29)))
    stage.filled.update({one.code: one.stock for one in shelf})
    for day, goods, kind, quantity, note in (
        (date(2026, 8, 20), "SP02", "donated", 60, "镇供销社捐赠"),
        (date(2026, 9, 1), "SP01", "received", 200, "村集体采购"),
        (date(2026, 9, 1), "SP12", "spoiled", 6, "茶苗枯死"),
    ):
        moved = {"goods": goods, "kind": kind, "quantity": quantity, "note": note}
        request_id = f"sample-{goods}-{day.isoformat()}"
        stage.act(market.move_stock, by="chen", at=moment(day, 10), request_id=request_id, **moved)
