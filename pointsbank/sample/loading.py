"""Makes the sample village from its founding to 1 November 2026."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from pointsbank import market, publicity, roster, scoring
from pointsbank.database import Database
from pointsbank.roster import IssuedCard
from pointsbank.sample import month, village
from pointsbank.sample.month import Year
from pointsbank.sample.shopping import shop
from pointsbank.sample.staff import Person, hire
from pointsbank.sample.village import CODE, OPERATOR, SEED, moment
from pointsbank.scoring import ScoreRow


@dataclass(frozen=True, slots=True)
class Loaded:
    """The loaded sample: how to sign in, the households' cards, the last closed month, its end."""

    village: str
    month: str
    people: tuple[Person, ...]
    cards: tuple[IssuedCard, ...]
    until: datetime


def load(database: Database, *, progress: Callable[[str], object] = lambda sentence: None) -> Loaded:
    """Make the sample village in an empty, migrated database.

    Args:
        progress: called with one sentence for each step.

    Example:
        sample.load(database).village == "chayuan"
    """
    progress("建立茶源村、户册、细则和商品")
    village.found(database)
    staff, people = hire(database, village=CODE, by=OPERATOR, at=moment(date(2026, 7, 10), 10))
    village.enrol(database, by=staff["li"])
    village.adopt(database, by=staff["li"])
    cards = village.hand_out_cards(database, by=staff["zhou"])
    village.stock_shelves(database, by=staff["chen"])
    with database.reading() as session:
        year = Year(staff, roster.everyone(session, village=CODE))

    for name in ("2026-08", "2026-09"):
        progress(f"{name}：评议、公示、入账、兑换、结账")
        _closed_month(database, year, cards, name)
    progress("2026-10：评议、公示、入账、兑换")
    _open_month(database, year, cards)
    return Loaded(CODE, "2026-09", people, tuple(cards), moment(date(2026, 11, 1), 18))


def _closed_month(database: Database, year: Year, cards: list[IssuedCard], name: str) -> None:
    """Make one month from its meeting to its close."""
    if name == "2026-09":
        month.warn_two(database, year, name)
        shop(database, cards, first=date(2026, 9, 9), days=16, count=170, by=year.staff["chen"])
    notice = month.meet(database, year, name)
    objections = month.object_to_some(database, year, notice, count=3)
    month.settle(database, year, notice)
    following = date(2026, 9, 7) if name == "2026-08" else date(2026, 10, 9)
    month.decide(database, year, objections, on=following)
    month.praise_and_close(database, year, name, on=following.replace(day=following.day + 1))


def _open_month(database: Database, year: Year, cards: list[IssuedCard]) -> None:
    """Make October: scored, posted and spent from, with open objections and a notice on display."""
    clerk = year.staff["chen"]
    sold = shop(database, cards, first=date(2026, 10, 11), days=16, count=230, by=clerk)
    market.take_back(
        database,
        village=CODE,
        redemption=sold[-1],
        request_id="sample-take-back",
        reason="拿错商品，当场退回",
        by=clerk,
        at=moment(date(2026, 10, 27), 11),
    )
    notice = month.meet(database, year, "2026-10")
    month.object_to_some(database, year, notice, count=2)
    _supplement(database, year)
    month.settle(database, year, notice)


def _supplement(database: Database, year: Year) -> None:
    """Hold a short meeting on 31 October, whose notice is still open when the sample ends."""
    sitting, by = date(2026, 10, 31), year.staff["zhou"]
    households = [one for one in year.everyone if one.kind == "household"][SEED % 40 :: 29]
    day = date(2026, 10, 30)
    rows = [ScoreRow(one.code, "GY03", occurred_on=day, quantity=1) for one in households]
    with database.writing() as session:
        meeting = scoring.open_meeting(
            session,
            village=CODE,
            held_on=sitting,
            title="2026年10月补充评议会",
            judges=["李主任", "周文书", "石传英"],
            minutes="核定十月三十日水渠清淤出工。",
            by=by,
            at=moment(sitting, 14),
        )
        scoring.enter_scores(
            session, village=CODE, meeting=meeting.id, rows=rows, by=by, at=moment(sitting, 15)
        )
        publicity.close_and_publish(session, village=CODE, meeting=meeting.id, by=by, at=moment(sitting, 16))
