"""What is looked at in keepers' places: a small list by resolution from a day on, replaced by later ones."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlmodel import Session, col, select

from pointsbank import governing, law, ledger, villages
from pointsbank.dates import day_in_words, day_of
from pointsbank.errors import Refused
from pointsbank.keepers.models import FULL_MARK, KeeperListItemRow, KeeperListRow
from pointsbank.keepers.rules import CheckItem, ItemsWrong, check_items
from pointsbank.law import Use
from pointsbank.points import Points
from pointsbank.text import clean_required

FARTHEST_DAYS = 366
DEFAULT_PASS_MARK = Points(6_000)


class CheckListTooEarly(Refused):
    """A list does not begin before the one that is known already, nor too far ahead."""

    code = "keeper_list_day"
    sentence = "检查表的施行日期要在{first}和{last}之间，请改日期。"
    fixed_by = "村委"


@dataclass(frozen=True, slots=True)
class CheckList:
    """A list from a day on; a check under `pass_mark` (hundredths) has failed."""

    number: int
    pass_mark: Points
    resolution: str
    from_date: date
    items: tuple[CheckItem, ...]


def adopt_list(
    session: Session,
    *,
    village: str,
    items: Sequence[CheckItem],
    resolution: str,
    from_date: date,
    pass_mark: Points = DEFAULT_PASS_MARK,
    by: str,
    at: datetime,
) -> CheckList:
    """Put a list of what is looked at into force by a recorded resolution; the same again is one adoption.

    Locks the village. Checks that are made already keep the list by which they were made.

    Args:
        items: 1 to 20, their full marks 100 together.
        pass_mark: hundredths, > 0 and at most 10000; a check under it has failed.
        resolution: which meeting resolved it, 1 to 200 characters.

    Raises:
        VillageUnknown: there is no such village.
        TextInvalid: a text is empty or too long.
        Wording, NamesSomebody: a text holds what may not be shown, or names somebody; as `law.check`.
        ItemsWrong, FullMarkWrong: as `check_items`; or the pass mark is none.
        CheckListTooEarly: there is a later list, or it would begin more than a year from now.

    And those of `ledger.record`.

    Example:
        keepers.adopt_list(session, items=items, resolution="村民代表会议", from_date=day, **common).number
    """
    villages.lock(session, village=village)
    people = governing.named_people(session, village=village)
    written = clean_required(resolution, maximum=200)
    law.check(written, Use.HEADING, field="决议", people=people, at=("resolution",))
    tidy = [CheckItem(clean_required(one.title, maximum=40), one.full_mark, one.per_fault) for one in items]
    for one in tidy:
        law.check(one.title, Use.FAULT, field="检查内容", people=people, at=("items",))
    check_items(tidy)
    if not 1 <= pass_mark <= FULL_MARK:
        raise ItemsWrong(why="合格分要大于0，不超过100", at=("pass_mark",))
    known = check_lists(session, village=village)
    last = known[0] if known else None
    farthest = day_of(at) + timedelta(days=FARTHEST_DAYS)
    earliest = last.from_date if last else date(2000, 1, 1)
    if not earliest <= from_date <= farthest:
        raise CheckListTooEarly(first=day_in_words(earliest), last=day_in_words(farthest))
    number = last.number + 1 if last else 1
    made = CheckList(number, pass_mark, written, from_date, tuple(tidy))
    if last is not None and (last.pass_mark, last.resolution, last.from_date, last.items) == (
        made.pass_mark,
        made.resolution,
        made.from_date,
        made.items,
    ):
        return last
    fields: dict[str, Any] = {
        "number": number,
        "pass_mark": pass_mark,
        "resolution": written,
        "from_date": from_date,
    }
    session.add(KeeperListRow(village_id=village, **fields, adopted_at=at, adopted_by=by))
    session.flush()
    for position, one in enumerate(tidy, start=1):
        session.add(
            KeeperListItemRow(
                village_id=village,
                list_number=number,
                position=position,
                title=one.title,
                full_mark=one.full_mark,
                per_fault=one.per_fault,
            )
        )
    session.flush()
    listed = [[one.title, one.full_mark, one.per_fault] for one in tidy]
    words = fields | {"from_date": from_date.isoformat(), "items": listed}
    ledger.record(session, village=village, kind="keeper_list_adopted", by=by, at=at, words=words)
    return made


def check_lists(session: Session, *, village: str) -> list[CheckList]:
    """Return every adoption of a list, the latest first.

    Example:
        keepers.check_lists(session, village="chayuan")[0].items[0].title  # "地面干净"
    """
    item, row = KeeperListItemRow, KeeperListRow
    found: dict[int, list[CheckItem]] = {}
    rows = session.exec(select(item).where(item.in_village(village)).order_by(col(item.position)))
    for one in rows:
        found.setdefault(one.list_number, []).append(one.into(CheckItem))
    lists = session.exec(select(row).where(row.in_village(village)).order_by(col(row.number).desc()))
    return [each.into(CheckList, items=tuple(found.get(each.number, ()))) for each in lists]


def list_on(session: Session, *, village: str, day: date) -> CheckList | None:
    """Return the list in force on a day; None where there is none.

    Example:
        keepers.list_on(session, village="chayuan", day=today)  # None
    """
    known = check_lists(session, village=village)
    return next((one for one in known if one.from_date <= day), None)


@ledger.describes("keeper_list_adopted")
def _adopted(words: Mapping[str, Any], _names: ledger.Names) -> str:
    """Return e.g. 6项，2026年9月1日起."""
    day = day_in_words(date.fromisoformat(words["from_date"]))
    return f"{len(words['items'])}项，{day}起"
