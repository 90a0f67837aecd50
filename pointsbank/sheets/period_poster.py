"""The poster of a quarter, a half-year or a year: as a month's, by the months of it that are closed.

What is not settled stands on it in words: months that are still to be closed, and scores under objection.
"""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from sqlmodel import Session

from pointsbank import boards, disclosure, governing, grades, law, publicity, scoring, villages
from pointsbank.boards import PeriodBoard
from pointsbank.dates import day_of, first_day, last_day, month_in_words
from pointsbank.errors import Refused
from pointsbank.labels.period_measure import PERIOD_MEASURE
from pointsbank.law import NOTHING, Use
from pointsbank.points import Points
from pointsbank.proof import anchor, anchors, signing_keys
from pointsbank.schemas.fields import Choice
from pointsbank.schemas.options import OneOf, Options
from pointsbank.sheets.base import CommonWords, Sheet, place_name
from pointsbank.sheets.poster.drawing import draw
from pointsbank.sheets.poster.examples import example as month_example
from pointsbank.sheets.poster.examples import red_entries
from pointsbank.sheets.poster.gathering import EARLIER_MONTHS, month_figures
from pointsbank.sheets.poster.picture import draw_picture
from pointsbank.sheets.poster.values import BandCount, GradeCounts, Poster, RedEntry, Words
from pointsbank.staff import Permission

_MEASURE = "{measure}，只算已经月结的{months}。"
_OPEN = "还没有定榜：{month}月结以后才定，名次还会变。"
_CONTESTED = "有{count}条评分的异议还没有答复。"


class PeriodNotBegun(Refused):
    """No month of the period is closed, so nobody has a place."""

    code = "period_without_months"
    sentence = "这一期还没有月结的月份，月结以后再打印它的海报。"
    fixed_by = "村委"


@dataclass(frozen=True, slots=True)
class PeriodPoster(Poster):
    """Everything on the poster of a period; no warning is on it, for each has an end of its own."""

    code: str = field(default="", metadata={"printed": False})
    """As addresses write it: 2026-Q3."""

    @property
    def file_label(self) -> str:
        """The period's code."""
        return self.code.lower()

    @property
    def facts(self) -> dict[str, object]:
        """The period's code, and the last of its months that is closed."""
        return {"period": self.code, "month": self.month}


def _periods(session: Session, village: str) -> list[tuple[str, str]]:
    return [(one.code, one.title) for one in boards.periods_closed(session, village=village)]


class PeriodPosterOptions(Options):
    """Which period, on which paper."""

    period = OneOf(
        _periods,
        blank="最近一个季度",
        load_default=None,
        label="哪一期",
        note="如 2026-Q3、2026-H2、2026；默认最近一个有月结的季度",
    )
    paper = Choice(
        "A3", "A4", load_default="A3", label="纸张", note="A3一张贴完；没有大打印机的用A4，字一样大，多几张"
    )


def gather(
    session: Session,
    *,
    village: str,
    by: str,
    at: datetime,
    public_url: str,
    period: str | None = None,
    paper: str = "A3",
) -> PeriodPoster:
    """Return the poster of a period, the last quarter unless one is named, as the wall may show it.

    Raises:
        BoardPeriodInvalid: it is no period.
        PeriodNotBegun: no month of it is closed.
        VillageUnknown: there is no such village.
    """
    months = villages.closed_months(session, village=village)
    if period is None and not months:
        raise PeriodNotBegun()
    found = boards.period_board(
        session, village=village, period=period or boards.periods_of(months[-1])[0].code
    )
    if not found.closed:
        raise PeriodNotBegun()
    sealed = anchor(session, village=village, month=found.closed[-1])
    before = [one for one in anchors(session, village=village) if one.log_index < sealed.log_index]
    chosen = villages.settings(session, village=village)
    name = villages.get(session, village).name
    people = governing.named_people(session, village=village)
    span = (first_day(found.period.months[0]), last_day(found.closed[-1]))
    return PeriodPoster(
        village=place_name(name),
        month=found.closed[-1],
        red=_red(session, village, found, at),
        groups=(),
        black=None,
        figures=month_figures(session, village=village, span=span, lines=found.lines, sealed=sealed),
        publicity_from=day_of(sealed.made_at),
        publicity_until=day_of(sealed.made_at) + timedelta(days=chosen.notice_days),
        issued_by=place_name(f"{name}村民委员会"),
        anchor=sealed,
        earlier=tuple(before[-EARLIER_MONTHS:]),
        basis=law.replace_unlawful(_basis(found), Use.HEADING, people=people),
        objection_channel=CommonWords.OBJECTION_CHANNEL.format(
            subject=Words.OBJECTION_SUBJECT, days=chosen.objection_working_days
        ),
        hotline=chosen.hotline or chosen.contact_phone,
        second=law.replace_unlawful(chosen.poster_heading, Use.HEADING, people=people),
        key=next((one.verifier_key for one in reversed(signing_keys(session, village=village))), ""),
        on_a4=paper == "A4",
        period=found.period.title,
        code=found.period.code,
        note=_note(session, village, found),
        grades=_grades(session, village, found, at),
    )


def _red(session: Session, village: str, found: PeriodBoard, at: datetime) -> tuple[RedEntry, ...]:
    """Return who leads, as the board page and the public board name them, then praise for deeds."""
    led = publicity.public_period(session, village=village, period=found.period.code, at=at).places
    deeds = publicity.public_deeds(session, village=village, months=found.closed, first=len(led) + 1, at=at)
    ranked = [RedEntry(one.place, one.name, one.group, one.honour, NOTHING) for one in led]
    praised = [
        RedEntry(number, one.name, one.group, Points(0), one.reason, one.kind)
        for number, one in enumerate(deeds, start=len(led) + 1)
    ]
    return (*ranked, *praised)


def _basis(found: PeriodBoard) -> str:
    """Return how the months count, and which of them do."""
    months = [month_in_words(month) for month in found.closed]
    words = months[0] if len(months) == 1 else CommonWords.SPAN.format(first=months[0], last=months[-1])
    return _MEASURE.format(measure=PERIOD_MEASURE.name(found.measure), months=words)


def _note(session: Session, village: str, found: PeriodBoard) -> str:
    """Return what is not settled yet."""
    still = publicity.objections(session, village=village)
    disputed = {one.score for one in still if one.status == "open"}
    scores = scoring.scores_by_id(session, village=village, ids=disputed)
    count = sum(one.counted_in in found.period.months for one in scores.values())
    return "".join(
        (
            "" if found.is_final else _OPEN.format(month=month_in_words(found.period.last)),
            _CONTESTED.format(count=count) if count else "",
        )
    )


def _grades(session: Session, village: str, found: PeriodBoard, at: datetime) -> tuple[GradeCounts, ...]:
    """Return the grades that were frozen for this very period, as the public board counts them."""
    left = boards.who_left(session, village=village)
    shown = []
    for table, period in grades.frozen_periods(session, village=village):
        if period.code != found.period.code:
            continue
        kept = grades.kept_grades(
            session, village=village, table=table.number, period=period.code, left=left, at=at
        )
        if kept.has_grades:
            one = disclosure.shown_grades(session, village=village, found=kept, at=at)
            bands = tuple(BandCount(band.name, band.count, band.sign) for band in one.bands)
            shown.append(GradeCounts(one.title, bands, one.highest))
    return tuple(shown)


def example(households: int) -> PeriodPoster:
    """Return a quarter's poster of ten places, two praised deeds and the grades of a table."""
    month = month_example(households)
    places = red_entries(12)
    deed = law.clear("见义勇为", Use.FACT)
    bands = (("蓝", "blue", 1003), ("黄", "yellow", 131), ("红", "red", 15))
    given = {name: getattr(month, name) for name in Poster.__dataclass_fields__}
    return PeriodPoster(
        **given
        | {
            "red": (
                *(replace(one, reason=NOTHING) for one in places[:10]),
                *(replace(one, kind=deed) for one in places[10:]),
            ),
            "groups": (),
            "black": None,
            "basis": law.clear("各月相加，只算已经月结的2026年7月至2026年9月。", Use.HEADING),
            "period": "2026年第三季度",
            "code": "2026-Q3",
            "note": _CONTESTED.format(count=2),
            "grades": (
                GradeCounts(
                    law.clear("文明三色", Use.HEADING),
                    tuple(
                        BandCount(law.clear(name, Use.HEADING), count, sign) for name, sign, count in bands
                    ),
                    tuple(one.name for one in places[:6]),
                ),
            ),
        }
    )


SHEET = Sheet(
    name="period_poster",
    title="季度、年度海报",
    about="A3或A4，季度、半年或年度的红榜、做的好事和等级，红底金字；只算已经月结的月份，没定榜的写明。",
    permission=Permission.PRINT_POSTER,
    options=PeriodPosterOptions,
    words=Words,
    gather=gather,
    draw=draw,
    draw_picture=draw_picture,
    example=example,
    read_from=1.1,
)
