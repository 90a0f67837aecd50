"""Kinds of praise (清洁户, 美丽庭院, 见义勇为 …) that the village adopted by resolution, and their end.

A kind is never edited: it ends, and another is adopted. What is no deed is no kind: opinions, belief, illness
and poverty stand on no board, and neither does the end of any of them.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlmodel import Session, col, select

from pointsbank import governing, law, ledger, villages
from pointsbank.boards.deciding import DayInvalid, end
from pointsbank.boards.models import ListingRow
from pointsbank.boards.praise_models import PraiseKindRow
from pointsbank.boards.praise_places import PraiseKindUnknown, lock_kind
from pointsbank.boards.records import lock
from pointsbank.boards.states import LIVE, PROPOSED, RED
from pointsbank.database import new_id
from pointsbank.dates import day_of
from pointsbank.errors import Invalid, Refused
from pointsbank.failures import refusing_duplicates
from pointsbank.labels.praise_span import PRAISE_SPAN
from pointsbank.labels.praised_kind import ANY, PRAISED_KIND
from pointsbank.law import Cleared, People, Use
from pointsbank.text import clean_required

MAXIMUM_PLACES = 200
MONTH, STANDING = "month", "standing"
_NO_DEED = re.compile(
    r"(?:提|听|没|无|有|不|少|发表)[^，。；]{0,2}意见|发言|言论|建言|献策|表态|投票|选票|脱贫|致富|闭嘴|听话|服从"
)


class PraiseKindKnown(Refused):
    """A kind of this name is in force."""

    code = "praise_kind_known"
    sentence = "“{name}”已经设立，不用再登记；要改名额或对象，请先取消再重新设立。"
    fixed_by = "村委"


class PraiseOffMatter(Invalid):
    """It praises no deed, but an opinion or what somebody is."""

    code = "praise_off_matter"
    sentence = "{field}写了“{words}”：光荣榜只写做了什么好事，不评意见、言论、表态和贫富，请改写。"


class PlacesInvalid(Invalid):
    """A kind takes from one to two hundred names."""

    code = "praise_places_invalid"
    sentence = "名额应为1至200，请重新填写。"
    at = ("places",)


class PraiseDayInvalid(DayInvalid):
    """A kind is adopted ahead of its day, or ends before it was adopted."""

    code = "praise_day_invalid"
    sentence = "日期“{day}”有误：决议日期不能晚于今天，取消也不能早于设立，请重新填写。"
    at = ("on",)


@dataclass(frozen=True, slots=True)
class PraiseKind:
    """A kind of praise; `applies_to` a kind of participant or `any`, `places` a month or in all."""

    id: str
    name: str
    about: str
    applies_to: str
    places: int
    span: str
    resolution: str
    adopted_on: date
    ended_on: date | None

    @property
    def in_words(self) -> str:
        """For whom it is, how many at most, how long it stands: 户 · 每月最多10个."""
        whom = PRAISED_KIND.name(self.applies_to)
        places = f"每月最多{self.places}个" if self.span == MONTH else f"最多{self.places}个，一直在榜"
        return f"{whom} · {places}"


def adopt_kind(
    session: Session,
    *,
    village: str,
    name: str,
    about: str,
    applies_to: str,
    places: int,
    span: str,
    resolution: str,
    on: date,
    by: str,
    at: datetime,
) -> PraiseKind:
    """Record that the village adopted a kind of praise.

    Args:
        name: 2 to 20 characters. `about`: what for, 2 to 100.
        applies_to: a code of `labels.praised_kind`.
        places: names at most, 1 to 200: of a month, or of a standing board in all.
        span: a code of `labels.praise_span`.

    Raises:
        VillageUnknown: there is no such village.
        TextInvalid: name, about or resolution is empty, too short or too long.
        Wording, NamesSomebody: they hold what may not hang, or name somebody; as `law.check`.
        PraiseOffMatter: name or about praises an opinion, or what somebody is.
        PlacesInvalid: `places` is out of bounds.
        PraiseDayInvalid: `on` is in the future.
        PraiseKindKnown: a kind of this name is in force.

    And those of `ledger.record`.

    Example:
        adopt_kind(session, village="cy", name="美丽庭院", about="院里院外干净整齐", applies_to="household",
                   places=10, span="month", resolution="村民会议", on=today, by="li", at=now).places  # 10
    """
    villages.get(session, village)
    people = governing.named_people(session, village=village)
    PRAISED_KIND.name(applies_to), PRAISE_SPAN.name(span)
    if not 1 <= places <= MAXIMUM_PLACES:
        raise PlacesInvalid()
    if on > day_of(at):
        raise PraiseDayInvalid(day=on)
    written = clean_required(resolution, maximum=200)
    law.check(written, Use.HEADING, field="决议", people=people, at=("resolution",))
    row = PraiseKindRow(
        village_id=village,
        id=new_id(session),
        name=deed_in_words(name, people, field="名称", maximum=20, at=("name",)),
        about=deed_in_words(about, people, field="评什么", maximum=100, at=("about",)),
        applies_to=applies_to,
        places=places,
        span=span,
        resolution=written,
        adopted_on=on,
        adopted_by=by,
        adopted_at=at,
    )
    session.add(row)
    with refusing_duplicates(PraiseKindKnown(name=row.name)):
        session.flush()
    words = {name: getattr(row, name) for name in ("id", "name", "about", "applies_to", "places", "span")}
    words |= {
        "resolution": written,
        "adopted_on": on.isoformat(),
        "adopted_at": at.astimezone(UTC).isoformat(),
    }
    ledger.record(session, village=village, kind="board_kind_adopted", by=by, at=at, words=words)
    return row.into(PraiseKind)


def end_kind(
    session: Session, *, village: str, kind: str, resolution: str, on: date, by: str, at: datetime
) -> PraiseKind:
    """Record the resolution that ends a kind (id): proposals go, and what stands on a standing board.

    Praise of a month stays, as the month's poster does. Locks the kind, then its listings.

    Raises:
        PraiseKindUnknown: there is none.
        PraiseKindEnded: it ended before.
        PraiseDayInvalid: `on` is before it was adopted, or in the future.
        TextInvalid: the resolution is empty, or longer than 200 characters.
        Wording, NamesSomebody: it holds what may not hang, or names somebody.

    And those of `end` and `ledger.record`.

    Example:
        end_kind(session, village="cy", kind=id, resolution="第9号决议", on=today, by="li", at=now).ended_on
    """
    row = lock_kind(session, village=village, kind=kind)
    if not row.adopted_on <= on <= day_of(at):
        raise PraiseDayInvalid(day=on)
    written = clean_required(resolution, maximum=200)
    people = governing.named_people(session, village=village)
    law.check(written, Use.HEADING, field="决议", people=people, at=("resolution",))
    for record in lock(session, village, col(ListingRow.board) == RED, col(ListingRow.rule) == row.name):
        if record.status == PROPOSED or (record.status in LIVE and row.span == STANDING):
            end(session, record, reason="决议取消这一类", by=by, at=at)
    row.ended_on, row.ended_resolution, row.ended_by = on, written, by
    session.flush()
    words = {"id": row.id, "name": row.name, "ended_on": on.isoformat(), "ended_resolution": written}
    ledger.record(session, village=village, kind="board_kind_ended", by=by, at=at, words=words)
    return row.into(PraiseKind)


def praise_kinds(session: Session, *, village: str, also_ended: bool = False) -> list[PraiseKind]:
    """Return the kinds of praise in force, in the order in which they were adopted.

    Example:
        [one.name for one in boards.praise_kinds(session, village="cy")]  # ["清洁户", "美丽庭院"]
    """
    query = select(PraiseKindRow).where(PraiseKindRow.in_village(village))
    if not also_ended:
        query = query.where(col(PraiseKindRow.ended_on).is_(None))
    rows = session.exec(query.order_by(col(PraiseKindRow.adopted_at), col(PraiseKindRow.id)))
    return [row.into(PraiseKind) for row in rows]


def praise_kind(session: Session, *, village: str, kind: str) -> PraiseKind:
    """Return one kind of praise (id), ended or not.

    Raises:
        PraiseKindUnknown: there is none.

    Example:
        boards.praise_kind(session, village="cy", kind="7qk…").name  # "美丽庭院"
    """
    row = session.get(PraiseKindRow, (village, kind))
    if row is None:
        raise PraiseKindUnknown()
    return row.into(PraiseKind)


def deed_in_words(words: str, people: People, *, field: str, maximum: int, at: tuple[str, ...]) -> Cleared:
    """Return words about a deed, tidied, that may hang: 2 characters at least.

    Raises:
        TextInvalid: they are empty, or longer than `maximum`.
        Wording, NamesSomebody: they hold what may not hang, or name somebody.
        PraiseOffMatter: they are of an opinion, or of what somebody is.
    """
    tidy = clean_required(words, maximum=maximum)
    if found := _NO_DEED.search(tidy):
        raise PraiseOffMatter(field=field, words=found.group(), at=at)
    if len(tidy) < 2:
        raise PraiseOffMatter(field=field, words=tidy, at=at)
    return law.clear(tidy, Use.FACT, field=field, people=people, at=at)


def is_of_anybody(kind: PraiseKind) -> bool:
    """Return whether any participant may be praised so."""
    return kind.applies_to == ANY


@ledger.describes("board_kind_adopted")
def _adopted(words: Mapping[str, Any], _names: ledger.Names) -> str:
    """Return the kind's name, for how many, and by which resolution."""
    return f"{words['name']}，最多{words['places']}个：{words['resolution']}"


@ledger.describes("board_kind_ended")
def _ended(words: Mapping[str, Any], _names: ledger.Names) -> str:
    """Return the kind's name and the resolution that ended it."""
    return f"{words['name']}：{words['ended_resolution']}"
