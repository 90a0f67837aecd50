"""Who leads the last quarter, half-year and year, as it may be shown in public."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from pointsbank import boards, governing, ledger, roster, villages
from pointsbank.boards import PeriodBoard
from pointsbank.dates import day_of
from pointsbank.labels.period_measure import PERIOD_MEASURE
from pointsbank.law import Cleared
from pointsbank.points import Points
from pointsbank.publicity.masking import PublicName, public_name
from pointsbank.publicity.names_of_groups import public_groups
from pointsbank.publicity.wishes import wishes_at

_HOUSEHOLD = "household"


@dataclass(frozen=True, slots=True)
class PeriodPlace:
    """A household among the first of a period: `honour` is the figure it stands by."""

    place: int
    name: PublicName
    group: Cleared
    honour: Points


@dataclass(frozen=True, slots=True)
class PeriodPlaces:
    """A period that is closed whole: its title, how its months count, who leads."""

    period: str
    title: str
    measure: str
    places: tuple[PeriodPlace, ...]


def public_periods(session: Session, *, village: str, at: datetime) -> tuple[PeriodPlaces, ...]:
    """Return the last quarter, half-year and year that are closed whole, with who leads each.

    Where nobody has honour above zero a period is left out.

    Raises:
        VillageUnknown: there is no such village.
        BoardPeriodInvalid: raised by `period_board`, and not here.

    Example:
        public_periods(session, village="chayuan", at=now)[0].title  # "2026年第三季度"
    """
    return ledger.kept(
        session,
        village=village,
        about=("public periods", day_of(at)),
        make=lambda: tuple(
            made
            for one in boards.last_final(session, village=village)
            if (made := public_period(session, village=village, period=one.code, at=at)).places
        ),
        but_sales=True,
    )


def public_period(session: Session, *, village: str, period: str, at: datetime) -> PeriodPlaces:
    """Return who leads one period by its closed months, under the names that may be shown.

    Raises:
        BoardPeriodInvalid: it is no period.
        VillageUnknown: there is no such village.

    Example:
        public_period(session, village="chayuan", period="2026-Q3", at=now).places[0].name  # "王*国"
    """
    board: PeriodBoard = boards.period_board(session, village=village, period=period)
    wanted = villages.settings(session, village=village).red_places
    first = boards.first_places(session, village=village, board=board, kind=_HOUSEHOLD, wanted=wanted, at=at)
    wishes = wishes_at(session, village=village, at=at)
    people = governing.named_people(session, village=village)
    named = public_groups(session, village=village, people=people)
    known = villages.groups(session, village=village, also_closed=True)
    groups = {one.id: named[one.name] for one in known if one.name in named}
    who = roster.by_ids(session, village=village, ids=[one.participant for one in first])
    return PeriodPlaces(
        period=period,
        title=board.period.title,
        measure=PERIOD_MEASURE.name(board.measure),
        places=tuple(
            PeriodPlace(
                line.place,
                public_name(who[line.participant], wishes.get(line.participant), number, people=people),
                groups.get(line.group_id or "", named[""]),
                line.figure,
            )
            for number, line in enumerate(first, start=1)
        ),
    )
