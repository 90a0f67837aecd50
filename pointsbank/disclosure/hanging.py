"""The papers that hang on the wall now, and what each says: as the notice sheet says it, by group.

The sheet hangs in the village and comes down; here nobody is named in full, whatever was agreed.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from pointsbank import governing, law, ledger, publicity, scoring
from pointsbank.dates import day_of
from pointsbank.disclosure.facts import HowToObject, how_to_object
from pointsbank.disclosure.households import Household, by_household, usual_month
from pointsbank.law import Cleared, Use
from pointsbank.publicity import PublicNotice

_UNTITLED = "评议结果公示"
_CORRECTED = "评分更正公示"


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper that hangs: its id, its first and last day; `is_correction` where it puts a score right."""

    id: str
    title: Cleared
    first: date
    last: date
    is_correction: bool = False


@dataclass(frozen=True, slots=True)
class Chapter:
    """The households of one group on a paper, in the order of their numbers."""

    group: Cleared
    households: tuple[Household, ...]


@dataclass(frozen=True, slots=True)
class PaperInFull:
    """What a paper says, group by group, and how to object.

    Attributes:
        month: of most deeds (1 to 12), whose days are written without it; 0 where it has no lines.
        entries: how many scores it shows; `unpublished`: how many it only counts.
        is_posted: its scores count already.
    """

    paper: Paper
    chapters: tuple[Chapter, ...]
    month: int
    entries: int
    unpublished: int
    is_posted: bool
    objecting: HowToObject

    @property
    def households(self) -> int:
        """How many households stand on it."""
        return sum(len(one.households) for one in self.chapters)


def papers(session: Session, *, village: str, at: datetime) -> tuple[Paper, ...]:
    """Return the papers that hang at this moment: notices, the newest first, then corrections.

    Example:
        papers(session, village="chayuan", at=now)[0].last  # date(2026, 9, 4)
    """
    today = day_of(at)
    notices = publicity.hanging_on(session, village=village, day=today)
    corrections = scoring.corrections_hanging_on(session, village=village, day=today)
    return (*_noticed(session, village, notices), *(_corrected(session, village, one) for one in corrections))


def notice_in_full(session: Session, *, village: str, notice: str, at: datetime) -> PaperInFull:
    """Return what the notice with this id says, while it hangs.

    Raises:
        NoticeUnknown: there is no such notice, or it does not hang now: the two look alike.
        VillageUnknown: there is no such village.

    Example:
        notice_in_full(session, village="chayuan", notice=id, at=now).chapters[0].group  # "一组"
    """
    found = publicity.notice_by_id(session, village=village, notice_id=notice)
    if not publicity.is_on_wall(found, day_of(at)):
        raise publicity.problems.NoticeUnknown()
    [paper] = _noticed(session, village, [found])
    contents = ledger.kept(
        session,
        village=village,
        about=("notice", notice),
        make=lambda: _as_it_says(session, village, notice),
        but_sales=True,
    )
    return _with(contents, paper, how_to_object(session, village=village))


def correction_in_full(session: Session, *, village: str, score: str, at: datetime) -> PaperInFull:
    """Return what a correction says, by its new version (id), while it hangs.

    Raises:
        NoticeUnknown: there is no such correction, or it does not hang now: the two look alike.
        VillageUnknown: there is no such village.

    Example:
        correction_in_full(session, village="chayuan", score=new, at=now).entries  # 2
    """
    hanging = scoring.corrections_hanging_on(session, village=village, day=day_of(at))
    found = next((one for one in hanging if one.score_id == score), None)
    if found is None:
        raise publicity.problems.NoticeUnknown()
    contents = _in_full(publicity.public_correction(session, village=village, score=score, outside=True))
    return _with(contents, _corrected(session, village, found), how_to_object(session, village=village))


@dataclass(frozen=True, slots=True)
class _Contents:
    """What a paper says, whenever it is read."""

    chapters: tuple[Chapter, ...]
    month: int
    entries: int
    unpublished: int
    is_posted: bool

    @property
    def households(self) -> int:
        return sum(len(one.households) for one in self.chapters)


def _as_it_says(session: Session, village: str, notice: str) -> _Contents:
    """Return what a notice says; written anew only where the very things it tells of have changed."""
    return ledger.kept_under(
        session,
        village=village,
        about=("notice on the wall", notice),
        version=publicity.wall_state(session, village=village, notice_id=notice),
        make=lambda: _in_full(
            publicity.public_notice(session, village=village, notice_id=notice, outside=True)
        ),
        size=lambda made: made.households,
    )


def _in_full(wall: PublicNotice) -> _Contents:
    """Return the lines of a paper by household, under the names of their groups."""
    month = usual_month(wall.entries)
    chapters: dict[Cleared, list[Household]] = {}
    for one in by_household(wall.entries, month):
        chapters.setdefault(one.group, []).append(one)
    return _Contents(
        chapters=tuple(Chapter(group, tuple(some)) for group, some in chapters.items()),
        month=month,
        entries=len(wall.entries),
        unpublished=wall.unpublished,
        is_posted=wall.is_posted,
    )


def _with(contents: _Contents, paper: Paper, objecting: HowToObject) -> PaperInFull:
    return PaperInFull(
        paper=paper,
        chapters=contents.chapters,
        month=contents.month,
        entries=contents.entries,
        unpublished=contents.unpublished,
        is_posted=contents.is_posted,
        objecting=objecting,
    )


def _noticed(session: Session, village: str, notices: Iterable[publicity.Notice]) -> list[Paper]:
    """Return notices that hang, under titles that may."""
    people = governing.named_people(session, village=village)
    untitled = law.replace_unlawful(_UNTITLED, Use.HEADING, people=people)
    return [
        Paper(
            one.id,
            law.replace_unlawful(one.title, Use.HEADING, instead=untitled, people=people),
            one.hung_on or one.published_on,
            one.ends_on or one.published_on,
        )
        for one in notices
    ]


def _corrected(session: Session, village: str, one: scoring.Correction) -> Paper:
    """Return a correction that hangs; where nobody is worse off, on the day on which it was made."""
    people = governing.named_people(session, village=village)
    made = day_of(one.corrected_at)
    title = law.replace_unlawful(_CORRECTED, Use.HEADING, people=people)
    return Paper(one.score_id, title, one.hung_on or made, one.ends_on or made, is_correction=True)
