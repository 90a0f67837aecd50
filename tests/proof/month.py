"""A whole month of a small village, by the verbs its people use: scored, posted, spent from and closed."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from pointsbank import boards, ledger, market, proof, publicity, roster, scoring, spreadsheets, villages
from pointsbank.database import Database
from pointsbank.market import BasketLine
from pointsbank.points import Points, whole
from pointsbank.proof import Anchor
from pointsbank.scoring import ScoreRow
from pointsbank.scoring.values import Judge
from tests.builders import (
    CLERK,
    COMMITTEE,
    HANDED,
    HOUSEHOLDS,
    NOW,
    OTHERS,
    SUPERVISOR,
    VILLAGE,
    hang_out,
    seat,
)
from tests.founding import founded_once

MONTH = "2026-09"
DEPUTY = "zhou"
RESOLUTION = "2026年第二次村民代表会议决议"
ROSTER = "户号,户主,小组,人口,类别\n" + "\n".join(
    [
        f'{code},"{name.replace(chr(34), chr(34) * 2)}",{group},{people},户'
        for code, name, group, people in HOUSEHOLDS.values()
    ]
    + [f"{code},{name},,,{kind}" for code, name, kind in OTHERS.values()]
)
BALANCES = "户号,积分,荣誉,说明\n0101,20,20,旧存折\n0202,2.5,2.5,旧存折\n"
GOODS = (
    "编号,名称,规格,积分,库存,每户每月限量,类别\nSP01,食盐,400克,4,10,2,粮油\nSP02,大米,5千克,12.5,3,1,粮油\n"
)
SCHEME = """编号,类别,条目,方向,分值,最低,最高,单位,周期,上限,次数上限,后果,后果期限,柜台登记,每日上限
HJ01,环境卫生,门前整洁,加分,5,,,,月,,1
HJ03,环境卫生,庭院美化,加分,,3,8,,月,,1
GY01,公益事业,志愿服务,加分,2,,,小时,月,10,,,,是,6
HJ08,环境卫生,乱倒垃圾,扣分,5,,,,,,
HJ09,环境卫生,拒不清运垃圾,一票否决,,,,,,,,兑换、红榜,年底
"""


def on(day: int, hour: int = 2, *, month: int = 9) -> datetime:
    """A moment of that month."""
    return datetime(2026, month, day, hour, tzinfo=NOW.tzinfo)


@dataclass(frozen=True)
class Lived:
    """What is left of the month: the seal, and one redemption."""

    anchor: Anchor
    redemption: str


@founded_once
def live(database: Database) -> Lived:
    """The whole month, each write in a transaction of its own."""
    begin(database)
    scores = meet(database)
    object_and_settle(database, scores)
    redemption = spend(database)
    take_stock(database)
    warn(database)
    return Lived(close(database), redemption)


@founded_once
def begin(database: Database) -> None:
    """The village, its rolls, its old balances, its shelves and its rules."""
    at = NOW - timedelta(days=30)
    with database.writing() as session:
        seat(session, COMMITTEE, DEPUTY, CLERK, SUPERVISOR)
        ledger.found_village(session, code=VILLAGE, name="茶源村", by=COMMITTEE, at=at)
        # As in a village from before settings and groups were told: its log begins with balances.
        villages.change_settings(session, village=VILLAGE, changes={"red_places": 2})
        villages.add_groups(session, village=VILLAGE, names=["一组", "二组", "三组"])
    common = {"village": VILLAGE, "by": COMMITTEE, "at": at}
    files = {"roster": ROSTER, "balances": BALANCES, "goods": GOODS, "scheme": SCHEME}
    tables = {name: table(name, text) for name, text in files.items()}
    with database.writing() as session:
        roster.import_roster(session, table=tables["roster"], **common)
        roster.import_balances(session, table=tables["balances"], **common)
        market.import_goods(session, table=tables["goods"], **common)
        scoring.import_scheme(
            session,
            table=tables["scheme"],
            resolution=RESOLUTION,
            from_date=date(2026, 9, 1),
            **common,
        )
        boards.resolve_black_board(session, resolution=RESOLUTION, on=date(2026, 8, 2), **common)


def table(name: str, text: str) -> spreadsheets.Table:
    """Text as an uploaded file would be read."""
    return spreadsheets.read_table(f"{name}.csv", text.encode())


def meet(database: Database) -> list[scoring.Score]:
    """The meeting on the 20th, with judges, an absentee and eight scores, one of them over its cap."""
    rows = [
        ScoreRow("0101", "HJ01", date(2026, 9, 3)),
        ScoreRow("0101", "GY01", date(2026, 9, 4), quantity=4),
        ScoreRow("0101", "GY01", date(2026, 9, 5), quantity=3),
        ScoreRow("0102", "HJ03", date(2026, 9, 6), points=whole(7)),
        ScoreRow("0201", "HJ01", date(2026, 9, 6)),
        ScoreRow("0201", "HJ08", date(2026, 9, 7), note="提醒后未清理"),
        ScoreRow("0301", "HJ08", date(2026, 9, 8), note="提醒后未清理"),
        ScoreRow("D01", "GY01", date(2026, 9, 9), quantity=1),
    ]
    with database.writing() as session:
        meeting = scoring.open_meeting(
            session,
            village=VILLAGE,
            held_on=date(2026, 9, 20),
            title="九月评议会",
            judges=[Judge("李主任"), Judge("王建国", "0101")],
            absentees=[Judge("周文书")],
            minutes="逐户评议。",
            by=COMMITTEE,
            at=on(20),
        )
        common = {"village": VILLAGE, "meeting": meeting.id, "by": COMMITTEE}
        scores = scoring.enter_scores(session, rows=rows, at=on(20, 3), **common)
        hang_out(session, at=on(20, 4), **common)
    return scores


def object_and_settle(database: Database, scores: list[scoring.Score]) -> None:
    """Two deductions are contested; the rest is posted; one objection is upheld, the other is not."""
    contested = [score.id for score in scores if score.direction == scoring.MINUS]
    raised = []
    for score in contested:
        with database.writing() as session:
            raised.append(
                publicity.raise_objection(
                    session,
                    village=VILLAGE,
                    score=score,
                    raised_by="本户",
                    reason="不是我家堆放的",
                    by=CLERK,
                    at=on(21),
                ).id
            )
    with database.writing() as session:
        [hanging] = publicity.notices(session, village=VILLAGE)
        publicity.settle(session, village=VILLAGE, notice=hanging.id, by=COMMITTEE, at=on(24))
    for objection, upheld in zip(raised, (True, False), strict=True):
        with database.writing() as session:
            publicity.decide_objection(
                session,
                village=VILLAGE,
                objection=objection,
                upheld=upheld,
                reason="走访核实",
                by=SUPERVISOR,
                at=on(25),
            )


def spend(database: Database) -> str:
    """王建国 scans a card, takes salt and rice, and brings the first basket back."""
    with database.writing() as session:
        wang = roster.by_code(session, village=VILLAGE, code="0101").id
        [card] = roster.issue(session, village=VILLAGE, participants=[wang], by=COMMITTEE, at=on(25))
        roster.hand_out(session, village=VILLAGE, cards=[card.id], by=COMMITTEE, at=on(25))
    sold = []
    for number, lines in enumerate(
        ([BasketLine("SP01", 1, Points(400))], [BasketLine("SP02", 1, Points(1250))])
    ):
        scan = market.try_scan(database, village=VILLAGE, text=card.token, by=CLERK, at=on(26, number))
        sale = market.sell(
            database,
            village=VILLAGE,
            request_id=f"sale-{number:04d}",
            scan_ticket=scan.scan_ticket,
            confirmed=True,
            lines=lines,
            by=CLERK,
            at=on(26, number),
        )
        sold.append(sale.id)
    market.take_back(
        database,
        village=VILLAGE,
        redemption=sold[0],
        request_id="return-0001",
        reason="拿错了",
        by=CLERK,
        at=on(26, 5),
    )
    return sold[0]


def think_again(database: Database) -> None:
    """王建国 has a new card, takes two of salt and brings one back, then the other; a delivery is undone.

    Not part of `live`: a village in which this happened does not go back before the tables of it.
    """
    common = {"village": VILLAGE, "by": CLERK}
    with database.writing() as session:
        wang = roster.by_code(session, village=VILLAGE, code="0101").id
        [card] = roster.issue(session, village=VILLAGE, participants=[wang], by=COMMITTEE, at=on(26, 6))
        roster.hand_out(session, village=VILLAGE, cards=[card.id], by=COMMITTEE, at=on(26, 6))
    scan = market.try_scan(database, text=card.token, at=on(26, 7), **common)
    sold = market.sell(
        database,
        request_id="sale-in-part",
        scan_ticket=scan.scan_ticket,
        confirmed=True,
        lines=[BasketLine("SP01", 2, Points(400))],
        at=on(26, 7),
        **common,
    ).id
    for number in (1, 2):
        market.take_back_pieces(
            database,
            redemption=sold,
            pieces={"SP01": 1},
            request_id=f"pieces-back-{number}",
            reason="多拿了一袋",
            at=on(26, 7 + number),
            **common,
        )
    with database.writing() as session:
        twice = market.move_stock(
            session,
            goods="SP02",
            request_id="delivered-twice",
            kind="received",
            quantity=6,
            note="",
            at=on(27),
            **common,
        ).position
    with database.writing() as session:
        market.undo_move(
            session,
            goods="SP02",
            position=twice,
            request_id="delivery-undone",
            reason="登记了两次",
            at=on(27, 3),
            **common,
        )


def take_stock(database: Database) -> None:
    """The shelf is counted: a slip is sent back, then two of salt are missing and one of rice is found."""
    common = {"village": VILLAGE, "by": CLERK}
    with database.writing() as session:
        begun = market.begin_stocktake(
            session, request_id="stocktake-begun", note="九月盘点", at=on(28), **common
        ).id
    signing = {"village": VILLAGE, "stocktake": begun}
    for number, pieces in enumerate(({"SP01": 88, "SP02": 2}, {"SP01": 8, "SP02": 3})):
        with database.writing() as session:
            market.count_goods(
                session,
                stocktake=begun,
                request_id=f"stocktake-count-{number}",
                pieces=pieces,
                at=on(28, 3 + number),
                **common,
            )
        with database.writing() as session:
            market.sign_stocktake(
                session, request_id=f"stocktake-first-{number}", at=on(28, 5), by=CLERK, **signing
            )
        if not number:
            with database.writing() as session:
                market.send_back(
                    session, request_id="stocktake-returned", at=on(28, 5), by=SUPERVISOR, **signing
                )
    with database.writing() as session:
        market.sign_stocktake(session, request_id="stocktake-second", at=on(28, 6), by=SUPERVISOR, **signing)


def warn(database: Database) -> None:
    """One household is told and, working days later, listed by vote."""
    with database.writing() as session:
        listing = boards.propose_black(
            session,
            village=VILLAGE,
            month=MONTH,
            participant="0301",
            rule="HJ08",
            fact="院墙外垃圾两次提醒后未清理",
            by=DEPUTY,
            at=on(10),
        ).id
        told = {"by": DEPUTY, "at": on(10, 3)}
        boards.deliver(session, village=VILLAGE, listing=listing, on=date(2026, 9, 10), **HANDED, **told)
    with database.writing() as session:
        boards.countersign(session, village=VILLAGE, listing=listing, by=SUPERVISOR, at=on(27))
        boards.decide(
            session,
            village=VILLAGE,
            listing=listing,
            votes_for=5,
            votes_against=1,
            on=date(2026, 9, 27),
            by=SUPERVISOR,
            at=on(27),
        )


def close(database: Database) -> Anchor:
    """The red board is voted and the month closed."""
    with database.writing() as session:
        for listing in boards.propose_red(session, village=VILLAGE, month=MONTH, by=DEPUTY, at=on(30)):
            boards.decide(
                session,
                village=VILLAGE,
                listing=listing.id,
                votes_for=6,
                votes_against=0,
                on=date(2026, 9, 30),
                by=COMMITTEE,
                at=on(30, 3),
            )
    with database.writing() as session:
        return proof.close_month(session, village=VILLAGE, month=MONTH, by=COMMITTEE, at=on(30, 8))
