"""Reads how scoring was done in some months."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlmodel import Session

from pointsbank import dates, roster, scoring, staff, villages
from pointsbank.labels.item_use import ITEM_USE
from pointsbank.labels.kinship import KINSHIP
from pointsbank.points import Points, show
from pointsbank.scoring import CounterActs, ItemUse, KinScores, MarkSpread, MonthPace
from pointsbank.sheets.oversight.values import (
    CounterLine,
    ItemLine,
    KinLine,
    MarkLine,
    OversightSheet,
    PaceLine,
    Words,
)
from pointsbank.text import Replaceable


def gather(
    session: Session,
    *,
    village: str,
    by: str,
    at: datetime,
    public_url: str,
    first: str = "",
    until: str = "",
) -> OversightSheet:
    """Return how scoring was done in some months, the last twelve where none are given.

    Raises:
        MonthInvalid, PeriodInvalid: as `scoring.usual_period`.
    """
    today = dates.day_of(at)
    period = scoring.usual_period(today, first=first, until=until)
    kin = scoring.kin_scores(session, village=village, period=period)
    items = scoring.item_use(session, village=village, period=period, today=today)
    paces = scoring.month_paces(session, village=village, period=period)
    spreads = scoring.mark_spreads(session, village=village, period=period)
    acts = scoring.counter_acts(session, village=village, period=period)
    names = staff.actors(session, ids={one.entered_by for one in acts})
    return OversightSheet(
        village=villages.get(session, village).name,
        first=period.first,
        until=period.until,
        period=Words.PERIOD.format(
            first=dates.month_in_words(period.first), until=dates.month_in_words(period.until)
        ),
        kin_about=kin_in_words(kin),
        kin=_kin_lines(session, village, kin),
        items_about=items_in_words(items),
        items=tuple(_item_line(one) for one in items),
        pace_about=pace_in_words(paces),
        pace=tuple(_pace_line(one) for one in paces),
        marks_about=marks_in_words(spreads),
        marks=tuple(_mark_line(one) for one in spreads),
        counter_about=counter_in_words(acts),
        counter=tuple(_counter_line(one, names) for one in acts),
    )


def kin_in_words(kin: Sequence[KinScores]) -> str:
    """Return what judges' and their relatives' households got, in a sentence.

    Example:
        >>> kin_in_words([])
        '0位评议员的本户和亲属户共0条，加0分，减0分；其中0条没有登记回避。'
    """
    return Words.KIN_ABOUT.format(
        judges=len({(one.judge) for one in kin}),
        entries=sum(one.entries for one in kin),
        plus=show(Points(sum(one.plus for one in kin))),
        minus=show(Points(-sum(one.minus for one in kin))),
        open=sum(one.open for one in kin),
    )


def items_in_words(items: Sequence[ItemUse]) -> str:
    """Return how many of the items in force were never used, and how many met a cap, in a sentence.

    Example:
        >>> items_in_words([])
        '现行0个条目，0个没有用过，0个碰到上限。'
    """
    here = [one for one in items if one.in_force]
    return Words.ITEMS_ABOUT.format(
        items=len(here),
        unused=sum(one.state == "unused" for one in here),
        capped=sum(one.state == "capped" for one in here),
    )


def pace_in_words(paces: Sequence[MonthPace]) -> str:
    """Return how many scores were posted, and how many of them late, in a sentence.

    Example:
        >>> pace_in_words([])
        '共0条入账，补录0条，不算柜台登记。天数从做事那天算到入账那天。'
    """
    return Words.PACE_ABOUT.format(
        entries=sum(one.entries for one in paces), late=sum(one.late for one in paces)
    )


def marks_in_words(spreads: Sequence[MarkSpread]) -> str:
    """Return how many households judges marked, and of how many all gave the same, in a sentence.

    Example:
        >>> marks_in_words([])
        '0户由评议员各自打分，其中0户打分全部相同；不写谁打的。'
    """
    return Words.MARKS_ABOUT.format(
        cases=sum(one.cases for one in spreads), agreed=sum(one.agreed for one in spreads)
    )


def counter_in_words(acts: Sequence[CounterActs]) -> str:
    """Return how many entered how much at the counter, and how often for relatives, in a sentence.

    Example:
        >>> counter_in_words([])
        '0人在柜台登记了0条，共0分；其中0条记给了登记人的本户或亲属户。'
    """
    return Words.COUNTER_ABOUT.format(
        people=len(acts),
        entries=sum(one.entries for one in acts),
        counted=show(Points(sum(one.counted for one in acts))),
        kin=sum(one.kin for one in acts),
    )


def _counter_line(one: CounterActs, names: Mapping[str, str]) -> CounterLine:
    return CounterLine(
        names.get(one.entered_by, ""),
        str(one.entries),
        str(one.households),
        show(one.counted),
        str(one.kin or ""),
        show(one.kin_counted) if one.kin else "",
    )


def _mark_line(one: MarkSpread) -> MarkLine:
    return MarkLine(one.code, one.title, str(one.cases), str(one.agreed), show(one.half), show(one.widest))


def _kin_lines(session: Session, village: str, kin: Sequence[KinScores]) -> tuple[KinLine, ...]:
    people = roster.by_ids(session, village=village, ids={one.participant_id for one in kin})
    names = staff.names(session, ids=[*{one.entered_by for one in kin}])
    return tuple(
        KinLine(
            day=one.held_on.isoformat(),
            judge=one.judge,
            relation=KINSHIP.name(one.relation),
            name=Replaceable(people[one.participant_id].name, f"户号{people[one.participant_id].code}"),
            code=people[one.participant_id].code,
            entries=str(one.entries),
            plus=show(one.plus),
            minus=show(one.minus),
            open=str(one.open or ""),
            entered_by=names.get(one.entered_by, ""),
        )
        for one in kin
    )


def _item_line(one: ItemUse) -> ItemLine:
    return ItemLine(
        one.code,
        one.title,
        str(one.entries),
        str(one.households),
        show(one.counted),
        str(one.capped or ""),
        str(one.nothing or ""),
        ITEM_USE.name(one.state),
    )


def _pace_line(one: MonthPace) -> PaceLine:
    return PaceLine(
        dates.month_in_words(one.month),
        str(one.entries),
        str(one.late),
        f"{one.percent}%",
        str(one.half),
        str(one.nine_of_ten),
        str(one.longest),
    )
