"""The scheme: versions of the rules, adopted by a recorded resolution, replaced and never edited."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, delete, insert, select, update
from sqlmodel import Session

from pointsbank import ledger
from pointsbank.database import execute, new_id, table_of
from pointsbank.errors import Invalid, NotFound, Refused
from pointsbank.scoring import shapes
from pointsbank.scoring.models import ItemRow, SchemeRow
from pointsbank.scoring.values import Item, Scheme, is_id
from pointsbank.text import clean, clean_required

_scheme = table_of(SchemeRow)
_item = table_of(ItemRow)
_ITEM_FIELDS = tuple(field.name for field in fields(Item))


class SchemeUnknown(NotFound):
    """There is no such version, or no version was in force on that day."""

    code = "scheme_unknown"
    sentence = "没有找到{day}施行的积分细则，请先导入细则并登记通过的决议。"


class SchemeAdopted(Refused):
    """An adopted scheme is replaced by a new version, never edited or adopted again."""

    code = "scheme_adopted"
    sentence = "第{version}版细则已经通过，不能再改；请导入新的一版。"


class SchemeEmpty(Refused):
    """A scheme without items cannot be adopted."""

    code = "scheme_empty"
    sentence = "这一版细则没有条目，请先导入条目。"


class AdoptionIncomplete(Invalid):
    """Adopting needs both the resolution and the day from which it holds."""

    code = "adoption_incomplete"
    sentence = "登记通过细则时，决议和施行日期都要填写。"


class AdoptionTooEarly(Refused):
    """A new version cannot take effect before the one it replaces."""

    code = "adoption_too_early"
    sentence = "新的一版不能早于现行细则的施行日期（{from_date}），请改晚施行日期。"


@dataclass(frozen=True, slots=True)
class Rulebook:
    """Adopted versions, oldest first, with their items by code: which rule held on which day."""

    schemes: tuple[Scheme, ...]
    items: Mapping[str, Mapping[str, Item]]
    _on: dict[date, Mapping[str, Item] | None] = field(default_factory=dict, compare=False, repr=False)

    def scheme_on(self, day: date) -> Scheme | None:
        """The version in force on a day; of two from the same day the later one."""
        held = [scheme for scheme in self.schemes if scheme.from_date is not None and scheme.from_date <= day]
        return max(held, key=lambda scheme: (scheme.from_date, scheme.version), default=None)

    def items_on(self, day: date) -> Mapping[str, Item] | None:
        """The items in force on a day by code; None when no scheme was adopted yet."""
        # Many deeds share a few days.
        if day not in self._on:
            scheme = self.scheme_on(day)
            self._on[day] = None if scheme is None else self.items.get(scheme.id, {})
        return self._on[day]


def schemes(session: Session, *, village: str) -> list[Scheme]:
    """All versions of the village's scheme, oldest first, drafts included."""
    query = select(_scheme).where(_scheme.c.village_id == village).order_by(_scheme.c.version)
    return [_view(row) for row in execute(session, query)]


def scheme_on(session: Session, *, village: str, day: date) -> Scheme:
    """The version in force on a day; raises SchemeUnknown."""
    found = Rulebook(tuple(_adopted(session, village=village)), {}).scheme_on(day)
    if found is None:
        raise SchemeUnknown(day=day.isoformat())
    return found


def items(session: Session, *, village: str, day: date) -> list[Item]:
    """The items in force on a day, in the scheme's own order; raises SchemeUnknown."""
    return items_of(session, village=village, scheme=scheme_on(session, village=village, day=day).id)


def items_of(session: Session, *, village: str, scheme: str) -> list[Item]:
    """The items of one version, adopted or draft, in its own order."""
    query = select(_item).where(_item.c.village_id == village, _item.c.scheme_id == scheme)
    return [_item_view(row) for row in execute(session, query.order_by(_item.c.position))]


def items_by_id(session: Session, *, village: str) -> dict[str, Item]:
    """Every item of every version by id: scores are shown with the words they were made under.

    Joined here, not there: fresh from a bulk load PostgreSQL joins them to thousands of scores very slowly.
    """
    query = select(_item).where(_item.c.village_id == village)
    return {row.id: _item_view(row) for row in execute(session, query)}


def rulebook(session: Session, *, village: str) -> Rulebook:
    """Every adopted version with its items: a few hundred rows even after many years."""
    adopted = tuple(_adopted(session, village=village))
    by_scheme: dict[str, dict[str, Item]] = {scheme.id: {} for scheme in adopted}
    query = select(_item).where(_item.c.village_id == village).order_by(_item.c.position)
    for row in execute(session, query):
        if row.scheme_id in by_scheme:
            by_scheme[row.scheme_id][row.code] = _item_view(row)
    return Rulebook(adopted, by_scheme)


def draft(session: Session, *, village: str, new: Sequence[Item], by: str, at: datetime) -> Scheme:
    """Write items as the village's draft: a new version, or in place of a draft nobody has adopted yet."""
    known = schemes(session, village=village)
    last = known[-1] if known else None
    if last is not None and last.status == "draft":
        scheme_id = last.id
        execute(session, delete(_item).where(_item.c.village_id == village, _item.c.scheme_id == scheme_id))
    else:
        scheme_id = new_id(session)
        version = last.version + 1 if last else 1
        row = SchemeRow(village_id=village, id=scheme_id, version=version, created_by=by, created_at=at)
        session.add(row)
        session.flush()
    rows = [
        {
            **asdict(item),
            "terms": ledger.canonical(item.terms).decode(),
            "village_id": village,
            "id": new_id(session),
            "scheme_id": scheme_id,
            "position": position,
        }
        for position, item in enumerate(new, start=1)
    ]
    if rows:
        execute(session, insert(_item), rows)
    return _one(session, village=village, scheme=scheme_id)


def adopt_scheme(
    session: Session, *, village: str, scheme: str, resolution: str, from_date: date, by: str, at: datetime
) -> Scheme:
    """Put a draft into force from a day on by a recorded resolution; it is never edited afterwards.

    Raises SchemeUnknown, SchemeAdopted, SchemeEmpty, ShapeUnknown, AdoptionIncomplete, AdoptionTooEarly.
    """
    found = _one(session, village=village, scheme=scheme, lock=True)
    resolution = clean(resolution, maximum=200)
    if not resolution:
        raise AdoptionIncomplete()
    if found.status == "adopted":
        raise SchemeAdopted(version=found.version)
    rules = items_of(session, village=village, scheme=scheme)
    if not rules:
        raise SchemeEmpty()
    for item in rules:
        shapes.shape_of(item)
    latest = max((old.from_date for old in _adopted(session, village=village) if old.from_date), default=None)
    if latest is not None and from_date < latest:
        raise AdoptionTooEarly(from_date=latest.isoformat())
    recorded = ledger.record(
        session,
        village=village,
        kind="scheme_adopted",
        by=by,
        at=at,
        words={
            "version": found.version,
            "resolution": resolution,
            "from_date": from_date.isoformat(),
            "items": [as_words(item) for item in rules],
        },
    )
    execute(
        session,
        update(_scheme)
        .where(_scheme.c.village_id == village, _scheme.c.id == scheme)
        .values(
            status="adopted",
            resolution=clean_required(resolution, maximum=200),
            from_date=from_date,
            adopted_by=by,
            adopted_at=at,
            log_index=recorded.index,
        ),
    )
    return _one(session, village=village, scheme=scheme)


def as_words(item: Item) -> dict[str, Any]:
    """Return an item as the log keeps it: every field and term that is set, flat, without its id."""
    known = asdict(item)
    words = known | known.pop("terms")
    return {key: value for key, value in words.items() if key != "id" and value not in (None, "", 0)}


def _adopted(session: Session, *, village: str) -> list[Scheme]:
    """The adopted versions, oldest first."""
    return [scheme for scheme in schemes(session, village=village) if scheme.status == "adopted"]


def _one(session: Session, *, village: str, scheme: str, lock: bool = False) -> Scheme:
    """One version; raises SchemeUnknown."""
    query = select(_scheme).where(_scheme.c.village_id == village, _scheme.c.id == scheme)
    if not is_id(scheme):
        raise SchemeUnknown(day="")
    row = execute(session, query.with_for_update() if lock else query).one_or_none()
    if row is None:
        raise SchemeUnknown(day="")
    return _view(row)


def _view(row: Row[Any]) -> Scheme:
    """A stored version as others see it."""
    return Scheme(
        id=row.id,
        version=row.version,
        status=row.status,
        resolution=row.resolution,
        from_date=row.from_date,
        adopted_by=row.adopted_by,
        adopted_at=row.adopted_at,
        index=row.log_index,
    )


def _item_view(row: Row[Any]) -> Item:
    """A stored item as others see it."""
    values: dict[str, Any] = {name: row._mapping[name] for name in _ITEM_FIELDS}
    return Item(**values | {"terms": shapes.own_terms(row.shape, json.loads(row.terms))})
