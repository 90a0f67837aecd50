"""What counts into which index: adopted by resolution, replaced by later ones, never edited."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session

from pointsbank import governing, law, ledger, scoring, villages
from pointsbank.dates import day_of, month_in_words, parse_month
from pointsbank.errors import Refused
from pointsbank.indices.measuring import CLEAR_SHARE, FULL, FULL_MARK, HOUSEHOLD, KINDS, PLACE, Rule
from pointsbank.indices.models import AdoptionRow, RuleRow
from pointsbank.indices.reading import Adoption, adoptions
from pointsbank.labels.village_index import VILLAGE_INDEX
from pointsbank.law import Use
from pointsbank.text import clean_required


class NothingCounted(Refused):
    """No index counts anything."""

    code = "index_nothing_counted"
    sentence = "请至少给一个指数选上条目或类别，再登记。"
    fixed_by = "村委"


class CountedUnknown(Refused):
    """The scheme has no such item and no such category."""

    code = "index_counted_unknown"
    sentence = "{index}里的“{given}”不是现行细则的条目编号或类别，请照细则填写。"
    fixed_by = "村委"


class PerFaultInvalid(Refused):
    """How much each fault takes off is missing, too much, or given for a share."""

    code = "index_per_fault_invalid"
    sentence = "{index}按满分扣的，请填每处问题扣几分，大于0，最多100；按户数占几成的不填。"
    fixed_by = "村委"


class IndexMonthClosed(Refused):
    """The indices of a closed month are frozen."""

    code = "index_month_closed"
    sentence = "{month}已经月结，指数已定，新的办法请从{next}或更晚的月份起。"
    fixed_by = "村委"


class IndexRulesEarlier(Refused):
    """There are rules from a later month."""

    code = "index_rules_earlier"
    sentence = "已有从{month}起的办法，新的不能更早，请改月份。"
    fixed_by = "村委"


@dataclass(frozen=True, slots=True)
class NewRule:
    """What one index is to count; as `Rule`, nothing counted leaves the index out."""

    kind: str
    counted: tuple[str, ...]
    measure: str = CLEAR_SHARE
    whose: str = HOUSEHOLD
    per_fault: int = 0
    inspections: bool = True


def adopt_rules(
    session: Session,
    *,
    village: str,
    rules: Sequence[NewRule],
    resolution: str,
    from_month: str,
    by: str,
    at: datetime,
) -> Adoption:
    """Let indices count from a month on by a recorded resolution; the same again is one adoption.

    Locks the village.

    Args:
        rules: at most one for each index.
        resolution: which meeting resolved it, 1 to 200 characters.
        from_month: YYYY-MM, a month that is not closed.

    Raises:
        MonthInvalid: the month is not YYYY-MM.
        NothingCounted: no index counts anything.
        CountedUnknown: neither a code nor a category of the scheme in force.
        PerFaultInvalid: a full mark without what a fault takes off, or a share with it.
        IndexMonthClosed: the month is closed.
        IndexRulesEarlier: there are rules from a later month.
        TextInvalid: the resolution is empty or too long.
        Wording, NamesSomebody: it holds what may not be shown, or names somebody; as `law.check`.

    And those of `villages.lock` and `ledger.record`.

    Example:
        rule = NewRule("environment", ("环境卫生",))
        indices.adopt_rules(session, rules=[rule], resolution="村民会议", from_month="2026-09", **common)
    """
    parse_month(from_month)
    villages.lock(session, village=village)
    written = clean_required(resolution, maximum=200)
    people = governing.named_people(session, village=village)
    law.check(written, Use.HEADING, field="决议", people=people, at=("resolution",))
    made = tuple(_checked(one) for one in sorted(rules, key=lambda one: KINDS.index(one.kind)) if one.counted)
    if not made:
        raise NothingCounted()
    _check_counted(session, village, made, at=at)
    closed = villages.closed_months(session, village=village)
    if from_month in closed:
        raise IndexMonthClosed(month=month_in_words(from_month), next=_after(closed[-1]))
    known = adoptions(session, village=village)
    last = known[0] if known else None
    if last is not None and from_month < last.from_month:
        raise IndexRulesEarlier(month=month_in_words(last.from_month))
    if last is not None and (last.rules, last.resolution, last.from_month) == (made, written, from_month):
        return last
    adopted = Adoption((last.number if last else 0) + 1, written, from_month, at, by, made)
    _write(session, village, adopted)
    return adopted


def _after(month: str) -> str:
    following = f"{int(month[:4]) + 1}-01" if month.endswith("12") else f"{month[:5]}{int(month[5:]) + 1:02}"
    return month_in_words(following)


def _checked(one: NewRule) -> Rule:
    """Return a rule whose numbers fit its measure."""
    counted = tuple(dict.fromkeys(each.strip() for each in one.counted if each.strip()))
    fits = 0 < one.per_fault <= FULL if one.measure == FULL_MARK else one.per_fault == 0
    if not fits or one.measure not in (FULL_MARK, CLEAR_SHARE) or one.whose not in (HOUSEHOLD, PLACE):
        raise PerFaultInvalid(index=VILLAGE_INDEX.name(one.kind))
    return Rule(one.kind, one.measure, one.whose, counted, one.per_fault, one.inspections)


def _check_counted(session: Session, village: str, rules: Sequence[Rule], *, at: datetime) -> None:
    """Refuse what the scheme in force does not know."""
    scheme = scoring.scheme_shown(session, village=village, day=day_of(at))
    items = scoring.items_of(session, village=village, scheme=scheme.id) if scheme is not None else []
    known = {one.code for one in items} | {one.category for one in items}
    for rule in rules:
        for each in rule.counted:
            if each not in known:
                raise CountedUnknown(index=VILLAGE_INDEX.name(rule.kind), given=each[:40])


def _write(session: Session, village: str, adopted: Adoption) -> None:
    """Write an adoption with its rules, and tell the log."""
    names = ("number", "resolution", "from_month", "adopted_at", "adopted_by")
    session.add(AdoptionRow(village_id=village, **{name: getattr(adopted, name) for name in names}))
    session.flush()
    stated = [_stated(one) for one in adopted.rules]
    session.add_all(RuleRow(village_id=village, number=adopted.number, **one) for one in stated)
    session.flush()
    words = {
        "number": adopted.number,
        "resolution": adopted.resolution,
        "from_month": adopted.from_month,
        "rules": stated,
    }
    ledger.record(
        session,
        village=village,
        kind="index_rules_adopted",
        by=adopted.adopted_by,
        at=adopted.adopted_at,
        words=words,
    )


def _stated(one: Rule) -> dict[str, Any]:
    """Return a rule as its row and the log have it."""
    names = ("kind", "measure", "whose", "per_fault", "inspections")
    counted = json.dumps(list(one.counted), ensure_ascii=False)
    return {**{name: getattr(one, name) for name in names}, "counted": counted}


@ledger.describes("index_rules_adopted")
def _adopted(words: Mapping[str, Any], _names: ledger.Names) -> str:
    """Return e.g. 环境清洁指数、人际和谐指数，2026年9月起."""
    which = "、".join(VILLAGE_INDEX.name(one["kind"]) for one in words["rules"])
    return f"{which}，{month_in_words(words['from_month'])}起"
