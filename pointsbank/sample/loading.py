"""Makes the sample village from its founding to 1 November 2026."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from pointsbank import market
from pointsbank.database import Database
from pointsbank.roster import IssuedCard
from pointsbank.sample import month, village
from pointsbank.sample.drawing import draw_entries
from pointsbank.sample.honours import give_first_titles, go_round_in_october
from pointsbank.sample.panels import seat_panels
from pointsbank.sample.questions import record_some
from pointsbank.sample.shopping import restock, shop
from pointsbank.sample.staff import Person, hire
from pointsbank.sample.stage import CODE, Stage, moment


@dataclass(frozen=True, slots=True)
class Loaded:
    """The loaded sample: how to sign in, the households' cards, the last closed month if any, its end."""

    village: str
    month: str
    people: tuple[Person, ...]
    cards: tuple[IssuedCard, ...]
    until: datetime


def load(
    database: Database,
    *,
    progress: Callable[[str], object] = lambda sentence: None,
    lived: bool = True,
    groups: int | None = None,
    public_url: str = "",
) -> Loaded:
    """Make the sample village in an empty, migrated database.

    Args:
        progress: called with one sentence for each step.
        lived: three months are lived through; else nothing was scored nor sold yet.
        groups: only the first of the village's 20 groups, >= 1, of a village that lived >= 4; None for all.
        public_url: the address that goes onto the cards; empty where they are not printed.

    Example:
        sample.load(database).village == "chayuan"
    """
    progress("建立茶源村、花名册、细则和商品")
    stage = Stage(database)
    village.found(stage)
    people = hire(stage)
    village.enrol(stage, groups)
    village.adopt(stage)
    stage.panel = seat_panels(stage)
    cards = village.hand_out_cards(stage, public_url=public_url)
    village.stock_shelves(stage)
    if not lived:
        return Loaded(CODE, "", people, tuple(cards), moment(date(2026, 9, 1), 18))

    for name in ("2026-08", "2026-09"):
        progress(f"{name}：评议、公示、入账、兑换、月结")
        _closed_month(stage, cards, name)
    progress("2026-10：评议、公示、入账、兑换")
    _open_month(stage, cards)
    return Loaded(CODE, "2026-09", people, tuple(cards), moment(date(2026, 11, 1), 18))


def _closed_month(stage: Stage, cards: list[IssuedCard], name: str) -> None:
    """Make one month from its meeting to its close."""
    if name == "2026-09":
        month.warn_two(stage, name)
        shop(stage, cards, first=date(2026, 9, 9), days=16, count=stage.of_the_village(960))
    notice = month.meet(stage, name)
    objections = month.object_to_some(stage, notice, count=3)
    month.settle(stage, notice)
    following = date(2026, 9, 7) if name == "2026-08" else date(2026, 10, 9)
    month.decide(stage, objections, on=following)
    closed_on = following.replace(day=following.day + 1)
    month.praise_and_close(stage, name, on=closed_on)
    if name == "2026-08":
        draw_entries(stage, name, on=closed_on)
        give_first_titles(stage)


def _open_month(stage: Stage, cards: list[IssuedCard]) -> None:
    """Make October: scored, posted and spent from, with open objections and a notice on display."""
    restock(stage, on=date(2026, 10, 9))
    sold = shop(stage, cards, first=date(2026, 10, 11), days=16, count=stage.of_the_village(900))
    market.take_back(
        stage.database,
        village=CODE,
        redemption=sold[-1],
        request_id="sample-take-back",
        reason="拿错商品，当场退回",
        by=stage.staff["chen"],
        at=moment(date(2026, 10, 27), 11),
    )
    restock(stage, on=date(2026, 10, 28))
    notice = month.meet(stage, "2026-10")
    month.object_to_some(stage, notice, count=2)
    go_round_in_october(stage)
    month.meet_once_more(stage)
    month.settle(stage, notice)
    record_some(stage)
