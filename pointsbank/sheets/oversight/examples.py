"""The oversight of a village of so many households."""

from pointsbank.sheets.base import example_names
from pointsbank.sheets.oversight.gathering import kin_in_words
from pointsbank.sheets.oversight.values import (
    CounterLine,
    ItemLine,
    KinLine,
    MarkLine,
    OversightSheet,
    PaceLine,
    Words,
)
from pointsbank.text import Replaceable


def example(households: int) -> OversightSheet:
    """Return a sheet that names at most 200 of so many households."""
    names = list(example_names(min(households, 200)))
    return OversightSheet(
        village="茶源村",
        first="2025-10",
        until="2026-09",
        period=Words.PERIOD.format(first="2025年10月", until="2026年9月"),
        kin_about=kin_in_words([]),
        kin=tuple(
            KinLine(
                "2026-09-20",
                "龙凤泉",
                "子女",
                Replaceable(str(name), f"户号{place:04}"),
                f"{place:04}",
                "2",
                "3",
                "0",
                "",
                "李会计",
            )
            for place, name in enumerate(names, start=1)
        ),
        items_about=Words.ITEMS_ABOUT.format(items=2, unused=1, capped=1),
        items=(
            ItemLine("W01", "参加环境清扫", str(households), str(households), "12", "3", "1", "碰到上限"),
            ItemLine("W07", "庭院示范户", "0", "0", "0", "", "", "没有用过"),
        ),
        pace_about=Words.PACE_ABOUT.format(entries=households, late=1),
        marks_about=Words.MARKS_ABOUT.format(cases=6, agreed=2),
        marks=(MarkLine("W02", "庭院美化", "6", "2", "1.5", "3"),),
        pace=(PaceLine("2026年9月", str(households), "1", "1%", "12", "20", "41"),),
        counter_about=Words.COUNTER_ABOUT.format(people=1, entries=households, counted=2, kin=0),
        counter=(CounterLine("陈店员", str(households), str(households), "2", "", ""),),
    )
