"""Kinds of title as a village has them: name, criteria, numbers and benefits, from a day on."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from pointsbank.errors import NotFound
from pointsbank.labels.title_holder import TITLE_HOLDER
from pointsbank.titles.models import TitleBenefitRow, TitleCriterionRow, TitleKindRow


class TitleKindUnknown(NotFound):
    """The village has no such kind of title in force."""

    code = "title_kind_unknown"
    sentence = "没有这种称号，或者已经不评了，请从“称号办法”页重新选择。"
    fixed_by = "本人"


@dataclass(frozen=True, slots=True)
class Benefit:
    """What holders are offered, and for how many months; None as long as the title stands."""

    number: int
    words: str
    months: int | None

    @property
    def lasts(self) -> str:
        """For how long, in words."""
        return f"{self.months}个月" if self.months else "称号在就有"


@dataclass(frozen=True, slots=True)
class TitleKind:
    """One adoption of a kind of title; `in_use` is False where the village gives it no more."""

    id: str
    number: int
    name: str
    holder: str
    quota: int | None
    share: int | None
    months: int | None
    right_days: int
    barred_months: int
    years: int
    notice_days: int
    in_use: bool
    resolution: str
    from_date: date
    criteria: tuple[str, ...]
    benefits: tuple[Benefit, ...]

    @property
    def in_words(self) -> list[str]:
        """What it says, in short sentences."""
        found = [f"授给{TITLE_HOLDER.name(self.holder)}", f"{len(self.criteria)}个条件"]
        if self.quota is not None:
            found.append(f"全村{self.quota}个名额")
        if self.share is not None:
            found.append(f"目标是全村户数的{self.share}%")
        found.append(f"公示{self.notice_days}天")
        found.append(f"每{self.months}个月复查" if self.months else "不定期复查")
        found.append(f"摘牌后{self.right_days}天内整改")
        if self.barred_months:
            found.append(f"失去后{self.barred_months}个月不参评")
        if self.years:
            found.append(f"连续{self.years}年向上推荐")
        return found


def kinds(session: Session, *, village: str) -> list[TitleKind]:
    """Return every adoption, the latest first.

    Example:
        titles.kinds(session, village="chayuan")[0].name  # "清洁户"
    """
    kind, criterion, benefit = TitleKindRow, TitleCriterionRow, TitleBenefitRow
    rows = session.exec(select(kind).where(kind.in_village(village)).order_by(col(kind.number).desc())).all()
    criteria: dict[str, list[str]] = {}
    benefits: dict[str, list[Benefit]] = {}
    if rows:
        mine = select(criterion).where(criterion.in_village(village)).order_by(col(criterion.number))
        for one in session.exec(mine):
            criteria.setdefault(one.kind_id, []).append(one.words)
        offered = select(benefit).where(benefit.in_village(village)).order_by(col(benefit.number))
        for each in session.exec(offered):
            benefits.setdefault(each.kind_id, []).append(each.into(Benefit))
    return [
        row.into(
            TitleKind,
            criteria=tuple(criteria.get(row.id, ())),
            benefits=tuple(benefits.get(row.id, ())),
        )
        for row in rows
    ]


def kinds_on(session: Session, *, village: str, day: date) -> list[TitleKind]:
    """Return what is in force on a day, one of each name, those adopted first first; none that is given up.

    Example:
        [one.name for one in titles.kinds_on(session, village="chayuan", day=today)]  # ["清洁户"]
    """
    found: dict[str, TitleKind] = {}
    for one in kinds(session, village=village):
        if one.from_date <= day:
            found.setdefault(one.name, one)
    return sorted((one for one in found.values() if one.in_use), key=lambda one: one.number)


def kind_named(session: Session, *, village: str, named: str, day: date) -> TitleKind:
    """Return the kind with this id or name that is in force on a day.

    Raises:
        TitleKindUnknown: there is none.

    Example:
        titles.kind_named(session, village="chayuan", named="清洁户", day=today).quota  # 10
    """
    for one in kinds_on(session, village=village, day=day):
        if named.strip() in (one.id, one.name):
            return one
    raise TitleKindUnknown()
