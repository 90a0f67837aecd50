"""The village's limits: numbers from a day on, by a resolution; replaced by later ones, never edited."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Select
from sqlalchemy import select as select_columns
from sqlmodel import Session, col, select

from pointsbank import governing, law, ledger, villages
from pointsbank.ceremonies.models import CeremonyLimitsRow
from pointsbank.ceremonies.states import FARTHEST_DAYS, Bounds, limits_in_words
from pointsbank.dates import day_in_words, day_of
from pointsbank.errors import Invalid, Refused
from pointsbank.law import Use
from pointsbank.text import clean_required


class LimitsTooEarly(Refused):
    """Limits do not begin before those that are known already."""

    code = "ceremony_limits_too_early"
    sentence = "已有从{day}起的限额，新的限额不能更早，请改日期。"
    fixed_by = "村委"


class LimitsTooFar(Invalid):
    """They begin so far ahead that it is a slip of the pen: until then none could begin earlier."""

    code = "ceremony_limits_too_far"
    sentence = "施行日期最晚到{last}：写了更晚的，在那以前就不能再定新的限额，请改日期。"
    fixed_by = "村委"
    at = ("from_date",)


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits from a day on, each > 0 or None for no limit; `ahead_days`: days before, 0 to 60."""

    number: int
    tables: int | None
    cars: int | None
    days: int | None
    gift: int | None
    ahead_days: int
    resolution: str
    from_date: date

    @property
    def bounds(self) -> Bounds:
        """The numbers alone."""
        return Bounds(self.tables, self.cars, self.days, self.gift)

    @property
    def in_words(self) -> list[str]:
        """Each limit in words, and how long before it is announced."""
        ahead = [f"提前{self.ahead_days}天报备，丧事不限"] if self.ahead_days else []
        return [*limits_in_words(self.bounds), *ahead]


def adopt_limits(
    session: Session,
    *,
    village: str,
    resolution: str,
    from_date: date,
    tables: int | None = None,
    cars: int | None = None,
    days: int | None = None,
    gift: int | None = None,
    ahead_days: int = 0,
    by: str,
    at: datetime,
) -> Limits:
    """Put limits into force from a day on by a recorded resolution; the same again is one adoption.

    Locks the village. What is announced already keeps the limits that it was announced under.

    Args:
        resolution: which meeting resolved it, 1 to 200 characters.
        tables, cars, days: at most so many; None or 0 for no limit.
        gift: yuan that a guest gives at most; None or 0 for no limit.
        ahead_days: days before the first day by which it is announced, 0 to 60; funerals always may later.

    Raises:
        VillageUnknown: there is no such village.
        TextInvalid: the resolution is empty or too long.
        Wording, NamesSomebody: it holds what may not be shown, or names somebody; as `law.check`.
        LimitsTooFar: they would begin more than a year from now.
        LimitsTooEarly: there are limits from a later day.

    And those of `ledger.record`.

    Example:
        ceremonies.adopt_limits(session, resolution="村民会议", from_date=day, tables=15, **common).tables
    """
    villages.lock(session, village=village)
    written = clean_required(resolution, maximum=200)
    farthest = day_of(at) + timedelta(days=FARTHEST_DAYS)
    if from_date > farthest:
        raise LimitsTooFar(last=day_in_words(farthest))
    people = governing.named_people(session, village=village)
    law.check(written, Use.HEADING, field="决议", people=people, at=("resolution",))
    numbers = {"tables": tables or None, "cars": cars or None, "days": days or None, "gift": gift or None}
    known = adopted_limits(session, village=village)
    last = known[0] if known else None
    if last is not None and from_date < last.from_date:
        raise LimitsTooEarly(day=last.from_date)
    adopted = Limits(
        **numbers,
        number=last.number + 1 if last else 1,
        ahead_days=ahead_days,
        resolution=written,
        from_date=from_date,
    )
    if last is not None and (last.bounds, last.ahead_days, last.resolution, last.from_date) == (
        adopted.bounds,
        adopted.ahead_days,
        adopted.resolution,
        adopted.from_date,
    ):
        return last
    fields = {name: getattr(adopted, name) for name in Limits.__slots__}
    session.add(CeremonyLimitsRow(village_id=village, **fields, adopted_at=at, adopted_by=by))
    session.flush()
    words = fields | {"from_date": from_date.isoformat()}
    ledger.record(session, village=village, kind="ceremony_limits_adopted", by=by, at=at, words=words)
    return adopted


def adopted_limits(session: Session, *, village: str) -> list[Limits]:
    """Return every adoption of limits, the latest first.

    Example:
        ceremonies.adopted_limits(session, village="chayuan")[0].tables  # 15
    """
    row = CeremonyLimitsRow
    rows = session.exec(select(row).where(row.in_village(village)).order_by(col(row.number).desc()))
    return [one.into(Limits) for one in rows]


def limits_on(session: Session, *, village: str, day: date) -> Limits | None:
    """Return the limits in force on a day; None where the village has none.

    Example:
        ceremonies.limits_on(session, village="chayuan", day=date(2026, 9, 1))  # None
    """
    known = adopted_limits(session, village=village)
    return next((one for one in known if one.from_date <= day), None)


def limits_query(*, village: str) -> Select[Any]:
    """Return the statement that selects the adoptions of limits, for lists.

    Example:
        session.execute(ceremonies.limits_query(village="chayuan"))
    """
    row = CeremonyLimitsRow
    names = ("number", "tables", "cars", "days", "gift", "ahead_days", "resolution", "from_date")
    columns: list[Any] = [
        col(getattr(row, name)).label(name) for name in (*names, "adopted_at", "adopted_by")
    ]
    return select_columns(*columns).where(row.in_village(village))


@ledger.describes("ceremony_limits_adopted")
def _adopted(words: Mapping[str, Any], _names: ledger.Names) -> str:
    """Return e.g. 酒席不超过15桌，2026年9月1日起."""
    bounds = Bounds(*(words[name] for name in ("tables", "cars", "days", "gift")))
    numbers = "，".join(limits_in_words(bounds)) or "不限"
    return f"{numbers}，{day_in_words(date.fromisoformat(words['from_date']))}起"
