"""A resolution (决议): what a meeting let hold from a day on, as an official document to be sealed."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import BinaryIO

from sqlmodel import Session

from pointsbank import ceremonies, dates, governing, indices, law, scoring, villages
from pointsbank.errors import NotFound, Refused
from pointsbank.labels.index_measure import INDEX_MEASURE
from pointsbank.labels.village_index import VILLAGE_INDEX
from pointsbank.law import Cleared, Use
from pointsbank.points import show
from pointsbank.printing import FontSet, Official, draw_official
from pointsbank.schemas.options import OneOf, Options
from pointsbank.sheets.base import CommonWords, Sheet, SheetValue, place_name
from pointsbank.staff import Permission

_LINE = "{number}.{words}。"
_SCHEME, _LIMITS, _INDICES = "scheme", "limits", "indices"


class Words(StrEnum):
    """Fixed wording of a resolution."""

    SCHEME = "关于通过积分细则（第{version}版）的决议"
    SCHEME_BODY = "会议审议通过《积分细则》第{version}版，共{items}条，自{day}起施行，以前的细则同时停用。"
    LIMITS = "关于红白事限额的决议"
    LIMITS_BODY = "会议审议通过红白事限额，自{day}起施行："
    INDICES = "关于村级指数办法的决议"
    INDICES_BODY = "会议审议通过村级指数办法，自{month}起施行："
    EVERYBODY = "全体村民："
    BASIS = "依据：{resolution}。"
    KEPT = "本决议在村务公开栏公布，有异议的可以向村民委员会或者村务监督委员会提出。"
    RULE = "{index}：{measure}，计入{counted}{more}"
    PER_FAULT = "，每处扣{points}分"
    UNLIMITED = "不设限额"


class NoResolutionYet(Refused):
    """Nothing was resolved that could be printed."""

    code = "no_resolution_yet"
    sentence = "还没有登记过可以打印的决议：请先登记通过细则、红白事限额或者指数办法。"
    fixed_by = "村委"


class ResolutionUnknown(NotFound):
    """There is no such resolution."""

    code = "resolution_unknown"
    sentence = "没有这份决议，请重新选择。"
    fixed_by = "本人"


@dataclass(frozen=True, slots=True)
class Resolved:
    """One resolution: its id in options, its day, its title, and its paragraphs."""

    id: str
    day: date
    title: str
    basis: str
    body: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Resolution(SheetValue):
    """One resolution as it is printed, always an official document."""

    village: Cleared
    title: str
    basis: Cleared
    body: tuple[Cleared, ...]
    dated: str
    year: str
    label: str = field(metadata={"printed": False})
    official: bool = True

    @property
    def description(self) -> str:
        """Its title."""
        return f"《{self.title}》"

    @property
    def file_label(self) -> str:
        """What it is about, and which one."""
        return self.label


def resolutions(session: Session, *, village: str) -> list[Resolved]:
    """Return what was resolved, the latest first: schemes, limits on ceremonies, indices."""
    found = [
        *_schemes(session, village),
        *_limits(session, village),
        *_indices(session, village),
    ]
    return sorted(found, key=lambda one: (one.day, one.id), reverse=True)


def _schemes(session: Session, village: str) -> list[Resolved]:
    return [
        Resolved(
            f"{_SCHEME}-{one.version}",
            one.from_date,
            Words.SCHEME.format(version=one.version),
            one.resolution,
            (
                Words.SCHEME_BODY.format(
                    version=one.version,
                    items=len(scoring.items_of(session, village=village, scheme=one.id)),
                    day=dates.day_in_words(one.from_date),
                ),
            ),
        )
        for one in scoring.schemes(session, village=village)
        if one.status == "adopted" and one.from_date is not None
    ]


def _limits(session: Session, village: str) -> list[Resolved]:
    return [
        Resolved(
            f"{_LIMITS}-{one.number}",
            one.from_date,
            str(Words.LIMITS),
            one.resolution,
            (
                Words.LIMITS_BODY.format(day=dates.day_in_words(one.from_date)),
                *_numbered(one.in_words or [str(Words.UNLIMITED)]),
            ),
        )
        for one in ceremonies.adopted_limits(session, village=village)
    ]


def _indices(session: Session, village: str) -> list[Resolved]:
    return [
        Resolved(
            f"{_INDICES}-{one.number}",
            dates.first_day(one.from_month),
            str(Words.INDICES),
            one.resolution,
            (
                Words.INDICES_BODY.format(month=dates.month_in_words(one.from_month)),
                *_numbered([_rule(each) for each in one.rules]),
            ),
        )
        for one in indices.adoptions(session, village=village)
    ]


def _rule(rule: indices.Rule) -> str:
    return Words.RULE.format(
        index=VILLAGE_INDEX.name(rule.kind),
        measure=INDEX_MEASURE.name(rule.measure),
        counted="、".join(rule.counted),
        more=Words.PER_FAULT.format(points=show(rule.per_fault)) if rule.per_fault else "",
    )


def _numbered(lines: list[str]) -> tuple[str, ...]:
    return tuple(_LINE.format(number=number, words=words) for number, words in enumerate(lines, start=1))


def _choices(session: Session, village: str) -> list[tuple[str, str]]:
    return [(one.id, one.title) for one in resolutions(session, village=village)]


class ResolutionOptions(Options):
    """Which resolution."""

    resolution = OneOf(
        _choices, blank="最近一份", load_default="", label="决议", note="哪一份决议；默认最近一份"
    )


def gather(
    session: Session, *, village: str, by: str, at: datetime, public_url: str, resolution: str = ""
) -> Resolution:
    """Return one resolution, the latest unless one is named.

    Raises:
        NoResolutionYet: there is none at all.
        ResolutionUnknown: there is none of this id.
    """
    known = resolutions(session, village=village)
    if not known:
        raise NoResolutionYet()
    chosen = next((one for one in known if resolution in ("", one.id)), None)
    if chosen is None:
        raise ResolutionUnknown()
    people = governing.named_people(session, village=village)
    return Resolution(
        village=place_name(villages.get(session, village).name),
        title=chosen.title,
        basis=law.replace_unlawful(chosen.basis, Use.HEADING, people=people),
        body=tuple(law.replace_unlawful(each, Use.HEADING, people=people) for each in chosen.body),
        dated=dates.day_in_words(chosen.day),
        year=str(chosen.day.year),
        label=chosen.id,
    )


def draw(value: Resolution, case: FontSet, out: BinaryIO) -> int:
    """Write the pages and return how many there are."""
    issued_by = CommonWords.COMMITTEE.format(village=value.village)
    basis = (Words.BASIS.format(resolution=value.basis),) if value.basis else ()
    document = Official(
        issuer=issued_by,
        number=CommonWords.NUMBER.format(year=value.year),
        title=value.title,
        addressee=str(Words.EVERYBODY),
        body=(*value.body, *basis, str(Words.KEPT)),
        signed_by=issued_by,
        dated=value.dated,
        seal=str(CommonWords.SEAL),
    )
    return draw_official(document, case, out, title=value.title)


def example(households: int) -> Resolution:
    """Return a resolution about so many items of a scheme, at most a hundred."""
    adopted = Words.SCHEME_BODY.format(version=2, items=min(households, 100), day="2026年9月1日")
    return Resolution(
        village=place_name("茶源村"),
        title=Words.SCHEME.format(version=2),
        basis=law.clear("2026年8月村民会议", Use.HEADING),
        body=(law.clear(adopted, Use.HEADING),),
        dated="2026年8月28日",
        year="2026",
        label="scheme-2",
    )


SHEET = Sheet(
    name="resolution",
    title="决议",
    about="A4，细则、红白事限额、指数办法的决议，按党政机关公文格式排，盖章、张贴。",
    permission=Permission.SCHEME_VIEW,
    options=ResolutionOptions,
    words=Words,
    gather=gather,
    draw=draw,
    example=example,
)
