"""The rules as everybody may read them: by category, deductions and vetoes at the end, names left out."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from pointsbank import law, scoring
from pointsbank.labels.direction import DIRECTION
from pointsbank.law import NOBODY, Cleared, People, Use
from pointsbank.scoring import MINUS, PLUS, VETO, Item


class RuleWords(StrEnum):
    """Fixed wording of the rules."""

    EARN = "积分这样来：做了好事先申报，或者在评议会上提；评议结果公示{days}天，没有异议的入账。"
    SPEND = "可用积分在文明超市换商品；荣誉积分只用来评榜，不花掉。"
    PLUS = "加分"
    MINUS = "扣分"
    VETO = "一票否决"
    WITHOUT_CATEGORY = "其他"


_AT_THE_END = ((MINUS, RuleWords.MINUS), (VETO, RuleWords.VETO))


@dataclass(frozen=True, slots=True)
class RuleLine:
    """One item: what it is, how much it counts, what is asked as proof."""

    title: Cleared
    label: Cleared
    evidence: Cleared


@dataclass(frozen=True, slots=True)
class Part:
    """Items under one heading, in the order of the scheme."""

    heading: Cleared
    lines: tuple[RuleLine, ...]


def parts_of(items: Sequence[Item], people: People = NOBODY) -> tuple[Part, ...]:
    """Return what may hang by category in the scheme's order, then what takes points, then vetoes.

    Args:
        people: of the village: an item that names one of them does not hang.

    Example:
        >>> parts_of([])
        ()
    """
    public = [item for item in items if scoring.is_publishable(item) and not people.named_in(item.title)]
    plus = [item for item in public if item.direction == PLUS]
    categories = dict.fromkeys(item.category for item in plus)
    # Where the scheme has no categories at all its items are what gives points.
    others = RuleWords.WITHOUT_CATEGORY if len(categories) > 1 else RuleWords.PLUS
    found: list[tuple[str, list[Item]]] = [
        (category or str(others), [item for item in plus if item.category == category])
        for category in categories
    ]
    found += [(str(word), [one for one in public if one.direction == code]) for code, word in _AT_THE_END]
    return tuple(
        Part(
            law.replace_unlawful(heading, Use.HEADING, people=people),
            tuple(_line(item, people) for item in lines),
        )
        for heading, lines in found
        if lines
    )


def _line(item: Item, people: People) -> RuleLine:
    """Return an item whose words may hang; it was looked through as a whole before."""
    title = Use.DEED if item.direction == PLUS else Use.FAULT
    counts = scoring.label(item) or DIRECTION.name(item.direction)
    return RuleLine(
        title=law.replace_unlawful(item.title, title, people=people),
        label=law.replace_unlawful(counts, Use.HEADING, people=people),
        evidence=law.replace_unlawful(item.evidence, Use.EVIDENCE, people=people),
    )
