"""The sheet of a year's end to be signed (年终结转签字表): A4, what goes and what stays of everybody."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session

from pointsbank import roster, villages, year_end
from pointsbank.dates import day_in_words, day_of
from pointsbank.points import Points, show
from pointsbank.roster import Participant
from pointsbank.schemas.options import OneOf, Options
from pointsbank.sheets.base import Sheet, example_names
from pointsbank.sheets.year_end.drawing import draw
from pointsbank.sheets.year_end.values import Line, Words, YearEndSheet
from pointsbank.staff import Permission
from pointsbank.text import Replaceable
from pointsbank.year_end import Account


def _years(session: Session, village: str) -> list[tuple[str, str]]:
    years = {one.year for one in year_end.runs(session, village=village)}
    coming = {one.from_date.year for one in year_end.rules(session, village=village)}
    return [(str(year), f"{year}年") for year in sorted(years | coming, reverse=True)]


class YearEndOptions(Options):
    """Which year."""

    year = OneOf(
        _years,
        blank="上一年",
        load_default=None,
        label="年份",
        note="如 2026；默认正在办的那一年，没有就是今年",
    )


def gather(
    session: Session, *, village: str, by: str, at: datetime, public_url: str, year: str | None = None
) -> YearEndSheet:
    """Return the sheet of a year: as it was posted, else as it would be now.

    Raises:
        YearInvalid: it is no year.
    """
    coming = year_end.coming(session, village=village, at=at)
    wanted = year_end.year_of(year) if year else (coming.year if coming else day_of(at).year)
    run = year_end.standing_run(session, village=village, year=wanted)
    lines: Sequence[Account]
    if run is not None:
        known = year_end.rules(session, village=village)
        rule = next((one for one in known if one.number == run.rule_number), None)
        lines = year_end.lines_of(session, village=village, number=run.number)
        state = Words.POSTED.format(day=day_in_words(day_of(run.posted_at)))
    else:
        found = year_end.plan(session, village=village, year=wanted, at=at)
        rule, lines = found.rule, found.lines
        state = Words.PLANNED.format(day=day_in_words(day_of(at)))
    people = roster.by_ids(session, village=village, ids={one.participant for one in lines})
    by_code: list[Account] = sorted(lines, key=lambda one: people[one.participant].sort_key)
    # Whoever stands in a group stands below its name, those of none last.
    groups = {people[one.participant].group: place for place, one in reversed([*enumerate(by_code)])}
    places = groups | {"": len(by_code)}
    ordered = sorted(by_code, key=lambda one: places[people[one.participant].group])
    return YearEndSheet(
        title=Words.TITLE.format(village=villages.get(session, village).name, year=wanted),
        rule=Words.RULE.format(rule="；".join(rule.in_words), resolution=rule.resolution)
        if rule
        else str(Words.NO_RULE),
        state=state,
        lines=tuple(_line(one, people[one.participant]) for one in ordered),
        sums=_figures(*(Points(sum(each)) for each in zip(*map(_amounts, ordered), strict=True)))
        if ordered
        else _figures(*[Points(0)] * 5),
        year=str(wanted),
    )


def _amounts(one: Account) -> tuple[int, ...]:
    """Return the five figures of a line, in hundredths."""
    old = max(0, min(one.points, one.old))
    return one.points, old, one.gone, one.points_after, one.honour_given - one.honour_gone


def _figures(*amounts: int) -> tuple[str, ...]:
    """Return figures as they are printed."""
    *points, honour = (show(amount).replace("-", "−") for amount in amounts)
    return (*points, f"+{honour}" if amounts[-1] > 0 else honour)


def _line(one: Account, person: Participant) -> Line:
    """Return a household as it stands on the sheet."""
    name = Replaceable(person.name, f"户号{person.code}")
    return Line(name, person.code, person.group, _figures(*_amounts(one)))


def example(households: int) -> YearEndSheet:
    """Return the sheet of so many households, each with 120 points of the old year."""
    lines = tuple(
        Line(
            Replaceable(str(name), f"户号{place:04}"),
            f"{place:04}",
            "第1村民小组",
            _figures(Points(12500), Points(12000), Points(12000), Points(500), Points(0)),
        )
        for place, name in enumerate(example_names(households), start=1)
    )
    rule = "上一年没用完的可用积分次年1月10日清零；荣誉积分永久保留"
    return YearEndSheet(
        title=Words.TITLE.format(village="茶源村", year=2026),
        rule=Words.RULE.format(rule=rule, resolution="2026年村民代表会议第3号决议"),
        state=Words.PLANNED.format(day="2027年1月9日"),
        lines=lines,
        sums=_figures(*(Points(each * households) for each in (12500, 12000, 12000, 500, 0))),
        year="2026",
    )


SHEET = Sheet(
    name="year_end",
    title="年终结转签字表",
    about="A4，逐户原有、减少、之后的积分，开会核对、签字用。",
    permission=Permission.BOARD_VIEW,
    options=YearEndOptions,
    words=Words,
    gather=gather,
    draw=draw,
    example=example,
    caution="签字表上有全名，开会核对、签字用，存档，不要张贴。",
)
