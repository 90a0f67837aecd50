"""The scheme: versions of the rules, adopted by a recorded resolution, replaced and never edited."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, fields
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, bindparam, delete, insert
from sqlalchemy import select as select_columns
from sqlmodel import Session, col

from pointsbank import governing, law, ledger
from pointsbank.database import execute, new_id
from pointsbank.dates import day_of
from pointsbank.errors import Invalid, NotFound, Refused
from pointsbank.law import Use
from pointsbank.once import once_a_reading
from pointsbank.prepared import execute_many, fetch
from pointsbank.scoring import shapes
from pointsbank.scoring.adoption_day import check_adoption_day
from pointsbank.scoring.lawful import check_items
from pointsbank.scoring.limits import check_limits
from pointsbank.scoring.rules import Rulebook
from pointsbank.scoring.scheme_models import ItemRow, SchemeRow
from pointsbank.scoring.values import Item, Scheme, is_id
from pointsbank.text import clean

_INSERT_ITEM = insert(ItemRow)
# Not as mapped objects, which cost several times as much: every entry of scores reads all versions and items.
_SCHEMES = (
    select_columns(*SchemeRow.columns_of(Scheme, index=col(SchemeRow.log_index)))
    .where(SchemeRow.in_village(bindparam("village")))
    .order_by(col(SchemeRow.version))
)
_ITEM_FIELDS = tuple(field.name for field in fields(Item))
_ITEMS = select_columns(col(ItemRow.scheme_id), *ItemRow.columns_of(Item))


class SchemeUnknown(NotFound):
    """There is no such version, or no version was in force on that day."""

    code = "scheme_unknown"
    sentence = "没有找到{day}施行的积分细则，请先导入细则并登记通过的决议。"
    fixed_by = "村委"


class SchemeAdopted(Refused):
    """An adopted scheme is replaced by a new version, never edited or adopted again."""

    code = "scheme_adopted"
    sentence = "第{version}版细则已经通过，不能再改；请导入新的一版。"
    fixed_by = "村委"


class SchemeEmpty(Refused):
    """A scheme without items cannot be adopted."""

    code = "scheme_empty"
    sentence = "这一版细则没有条目，请先导入条目。"
    fixed_by = "村委"


class AdoptionIncomplete(Invalid):
    """Adopting needs both the resolution and the day from which it holds."""

    code = "adoption_incomplete"
    sentence = "登记通过细则时，决议和施行日期都要填写。"
    at = ("resolution", "from_date")


def schemes(session: Session, *, village: str) -> list[Scheme]:
    """Return all versions of the village's scheme, oldest first, drafts included.

    Example:
        [one.status for one in scoring.schemes(session, village="chayuan")]  # ["adopted", "draft"]
    """
    return fetch(session, _SCHEMES, {"village": village}, into=Scheme).all()


def scheme_on(session: Session, *, village: str, day: date) -> Scheme:
    """Return the version in force on a day.

    Raises:
        SchemeUnknown: none was adopted by then.

    Example:
        scheme_on(session, village="chayuan", day=today).version  # 2
    """
    found = Rulebook(tuple(adopted_schemes(session, village=village)), {}).scheme_on(day)
    if found is None:
        raise SchemeUnknown(day=day)
    return found


def scheme_shown(session: Session, *, village: str, day: date) -> Scheme | None:
    """Return the version in force on a day; before there is one, the newest; None where nobody wrote any.

    Example:
        scheme_shown(session, village="chayuan", day=today).status  # "adopted"
    """
    known = schemes(session, village=village)
    adopted = tuple(one for one in known if one.status == "adopted")
    return Rulebook(adopted, {}).scheme_on(day) or (known[-1] if known else None)


def adopted_schemes(session: Session, *, village: str) -> list[Scheme]:
    """Return the adopted versions, oldest first: also those replaced, and those of a day to come."""
    return [scheme for scheme in schemes(session, village=village) if scheme.status == "adopted"]


def items(session: Session, *, village: str, day: date) -> list[Item]:
    """Return the items in force on a day that deeds are scored by, in the scheme's own order.

    Raises:
        SchemeUnknown: no scheme was adopted by then.

    Example:
        [item.title for item in items(session, village="chayuan", day=today)]  # ["参加环境清扫", …]
    """
    scheme = scheme_on(session, village=village, day=day).id
    return [item for item in items_of(session, village=village, scheme=scheme) if shapes.is_scored(item)]


def items_of(session: Session, *, village: str, scheme: str) -> list[Item]:
    """Return the items of one version, adopted or draft, in its own order.

    Example:
        items_of(session, village="chayuan", scheme=scheme.id)[0].title  # "参加环境清扫"
    """
    found = _read_items(session, col(ItemRow.scheme_id) == scheme, village=village)
    return [item for _, item in found]


@once_a_reading
def items_by_id(session: Session, *, village: str) -> dict[str, Item]:
    """Return every item of every version by id: scores are shown with the words they were made under.

    Example:
        items_by_id(session, village="chayuan")[score.item_id].title  # "参加环境清扫"
    """
    # Joined here, not there: fresh from a bulk load PostgreSQL joins them to thousands of scores very slowly.
    return ledger.kept(
        session,
        village=village,
        about="items by id",
        make=lambda: {item.id: item for _, item in _read_items(session, village=village)},
        size=len,
        but_sales=True,
    )


def rulebook(session: Session, *, village: str) -> Rulebook:
    """Return every adopted version with its items: a few hundred rows even after many years."""
    adopted = tuple(adopted_schemes(session, village=village))
    by_scheme: dict[str, dict[str, Item]] = {scheme.id: {} for scheme in adopted}
    for scheme, item in _read_items(session, village=village):
        if scheme in by_scheme:
            by_scheme[scheme][item.code] = item
    return Rulebook(adopted, by_scheme)


def draft(session: Session, *, village: str, new: Sequence[Item], by: str, at: datetime) -> Scheme:
    """Write items as the village's draft: a new version, or in place of a draft nobody has adopted yet."""
    known = schemes(session, village=village)
    if known and known[-1].status == "draft":
        scheme = known[-1]
        own = (ItemRow.in_village(village), col(ItemRow.scheme_id) == scheme.id)
        session.exec(delete(ItemRow).where(*own))
    else:
        version = known[-1].version + 1 if known else 1
        row = SchemeRow(village_id=village, id=new_id(session), version=version, created_by=by, created_at=at)
        session.add(row)
        session.flush()
        scheme = row.into(Scheme, index=None)
    rows = [
        {
            **asdict(item),
            "terms": ledger.canonical(item.terms).decode(),
            "village_id": village,
            "id": new_id(session),
            "scheme_id": scheme.id,
            "position": position,
        }
        for position, item in enumerate(new, start=1)
    ]
    execute_many(session, _INSERT_ITEM, *rows)
    return scheme


def adopt_scheme(
    session: Session,
    *,
    village: str,
    scheme: str,
    resolution: str,
    from_date: date,
    by: str,
    at: datetime,
    unpublished: Sequence[str] = (),
) -> Scheme:
    """Put a draft into force from a day on by a recorded resolution; it is never edited afterwards.

    Args:
        unpublished: codes of items that may not be shown in public and that the village keeps all the same.

    Raises:
        SchemeUnknown: there is no such version.
        AdoptionIncomplete: the resolution is empty.
        SchemeAdopted, SchemeEmpty: it was adopted already, or has no items.
        ShapeUnknown: an item's shape is declared by no module.
        AdoptionTooFar: `from_date` is more than a year ahead.
        AdoptionTooEarly: `from_date` is before that of the version in force.
        LimitOfNothing: a limit over several items limits none.
        Wording: the resolution, which posters name, holds what the law keeps private.
        NamesSomebody: resolution or item names somebody of the village.
        TextInvalid: the resolution cannot be stored; and those of `check_items` and `ledger.record`.
    """
    found = _locked(session, village=village, scheme=scheme)
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
    check_limits(rules, [item for item in rules if shapes.is_scored(item)])
    people = governing.named_people(session, village=village)
    law.check(resolution, Use.HEADING, field="决议", people=people, at=("resolution",))
    check_items(rules, unpublished=unpublished, people=people)
    latest = max(
        (old.from_date for old in adopted_schemes(session, village=village) if old.from_date), default=None
    )
    check_adoption_day(from_date, today=day_of(at), latest=latest)
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
            **({"unpublished": sorted(unpublished)} if unpublished else {}),
        },
    )
    found.status, found.resolution, found.from_date = "adopted", resolution, from_date
    found.adopted_by, found.adopted_at, found.log_index = by, at, recorded.index
    session.flush()
    return found.into(Scheme, index=found.log_index)


def as_words(item: Item) -> dict[str, Any]:
    """Return an item as the log keeps it: every field and term that is set, flat, without its id."""
    known = asdict(item)
    words = known | known.pop("terms")
    return {key: value for key, value in words.items() if key != "id" and value not in (None, "", 0)}


def _locked(session: Session, *, village: str, scheme: str) -> SchemeRow:
    """Lock and return one version; raise SchemeUnknown."""
    key = (village, scheme)
    # PostgreSQL compares no text that holds a NUL; and whoever waited for the lock must see what was written.
    row = session.get(SchemeRow, key, with_for_update=True, populate_existing=True) if is_id(scheme) else None
    if row is None:
        raise SchemeUnknown(day="")
    return row


def _read_items(session: Session, *conditions: ColumnElement[bool], village: str) -> list[tuple[str, Item]]:
    """Return items by their version's own order, each with the version's id and the terms its shape reads."""
    query = _ITEMS.where(ItemRow.in_village(village), *conditions).order_by(col(ItemRow.position))
    return [(row[0], _item_of(*row[1:])) for row in execute(session, query)]


@lru_cache(maxsize=4096)
def _item_of(*stored: Any) -> Item:
    """Return the item of a row's values: with four versions of 300 items an entry made each four times."""
    values: dict[str, Any] = dict(zip(_ITEM_FIELDS, stored, strict=True))
    terms = shapes.own_terms(values["shape"], json.loads(values["terms"]), direction=values["direction"])
    return Item(**values | {"terms": terms})


@ledger.describes("scheme_adopted")
def _adoption(words: Mapping[str, Any], _names: ledger.Names) -> str:
    """Return e.g. 第2版，自2026-08-01起：村民代表会议决议."""
    return f"第{words['version']}版，自{words['from_date']}起：{words['resolution']}"
