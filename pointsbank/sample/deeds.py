"""What the village did in a month: some five deeds a household, the same for the same seed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from pointsbank.points import whole
from pointsbank.sample.stage import SEED, Stage
from pointsbank.scoring import ScoreRow


@dataclass(frozen=True, slots=True)
class Habit:
    """How often in a month a participant of some kind earns an item, and how much of it at a time."""

    item: str
    chance: float
    pieces: tuple[int, int] | None = None
    marks: tuple[int, int] | None = None
    note: str = ""
    once_a_year: bool = False


HABITS: dict[str, tuple[Habit, ...]] = {
    "household": (
        Habit("HJ01", 0.56),
        Habit("HJ02", 0.42),
        Habit("HJ03", 0.16, marks=(3, 8)),
        Habit("HJ04", 0.26, pieces=(1, 3)),
        Habit("HJ06", 0.12, pieces=(1, 3)),
        Habit("HJ07", 0.20),
        Habit("GD01", 0.08, pieces=(1, 3)),
        Habit("GD02", 0.14, pieces=(1, 2)),
        Habit("GD03", 0.01, pieces=(1, 1)),
        Habit("GD05", 0.03, pieces=(1, 1)),
        Habit("GD06", 0.20),
        Habit("ZB05", 0.24),
        Habit("XZ01", 0.12, pieces=(1, 2)),
        Habit("XZ02", 0.03, marks=(5, 10), once_a_year=True),
        Habit("XZ05", 0.04, pieces=(1, 2)),
        Habit("XZ06", 0.10, pieces=(1, 3)),
        Habit("ZF01", 0.12, pieces=(1, 2)),
        Habit("ZF02", 0.16),
        Habit("ZF03", 0.07, pieces=(1, 2)),
        Habit("ZF04", 0.04, once_a_year=True),
        Habit("YF01", 0.01, once_a_year=True),
        Habit("YF03", 0.04, once_a_year=True),
        Habit("GY01", 0.13, pieces=(1, 4)),
        Habit("GY03", 0.06, pieces=(1, 2)),
        Habit("GY04", 0.03, marks=(2, 12), once_a_year=True, note="捐赠农家书屋图书"),
        Habit("HJ08", 0.025, note="两次提醒后未清理"),
        Habit("HJ09", 0.03, note="提醒后仍占道堆放"),
        Habit("GY07", 0.004, note="损坏路边垃圾桶"),
    ),
    "party_member": (
        Habit("ZB01", 0.85),
        Habit("ZB02", 0.55),
        Habit("ZB04", 0.06, marks=(5, 10)),
        Habit("GY01", 0.50, pieces=(1, 4)),
    ),
    "party_branch": (Habit("ZB03", 1.0), Habit("GY05", 0.5)),
    "volunteer_team": (Habit("GY06", 1.0), Habit("GY05", 0.5)),
    "organisation": (Habit("XZ07", 0.7, pieces=(1, 3)), Habit("GY04", 0.4, marks=(10, 20), once_a_year=True)),
}


def month_of_deeds(stage: Stage, *, first: date, days: int) -> Iterator[ScoreRow]:
    """Yield the rows a committee would enter for one month: what was done on `days` days from `first` on."""
    draw = Random(f"{SEED} {first.isoformat()}")
    for participant in stage.everyone:
        for habit in HABITS.get(participant.kind, ()):
            key = (participant.code, habit.item)
            if draw.random() >= habit.chance or (habit.once_a_year and key in stage.done_this_year):
                continue
            stage.done_this_year.add(key)
            yield ScoreRow(
                participant_code=participant.code,
                item=habit.item,
                occurred_on=first + timedelta(days=draw.randrange(days)),
                quantity=Decimal(draw.randint(*habit.pieces)) if habit.pieces else None,
                points=whole(draw.randint(*habit.marks)) if habit.marks else None,
                note=habit.note,
            )
