"""Items that count for named households alone, such as those of a group that won an award (点名). Pure.

The group hands in who took part: only they get points, each entered by itself, with the award in the remark.
So nothing offers such an item to everybody at once, and no collective is scored by it.
"""

from collections.abc import Mapping
from typing import Any

from pointsbank.labels.named_only import NAMED_ONLY
from pointsbank.scoring.item_shape import CellProblem, ItemShape
from pointsbank.scoring.values import Item
from pointsbank.spreadsheets import Column, choice

COLLECTIVE = frozenset({"party_branch", "volunteer_team", "organisation", "group", "village", "street"})
"""Kinds of participants that are many people."""

NOT_FOR_COLLECTIVES = "集体获奖只计点到名字的户，请逐户填写。"
AWARD_MISSING = "这个条目只计点名的户，请写明是哪个奖、什么事。"

NO = dict.fromkeys(("否", "不", "无"), "")

COLUMN = Column(
    ("点名", "named_only"), "named_only", False, choice(NAMED_ONLY.choices() | NO), "", show=NAMED_ONLY.name
)
"""The column of the scheme's table; what it says is one of the item's terms, of whatever shape it is."""


def is_named_only(item: Item) -> bool:
    """Return whether an item counts only for households that are named.

    Example:
        is_named_only(item)  # True of “文明村荣誉”
    """
    return bool(item.terms.get(COLUMN.key))


def named_only_terms(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return the cell of a sound row, which may lack it, as an item keeps it."""
    return {COLUMN.key: row[COLUMN.key]} if row.get(COLUMN.key) else {}


def named_only_problems(row: Mapping[str, Any], shape: ItemShape | None) -> list[CellProblem]:
    """Return what is wrong with the cell: a veto, a limit and base points name nobody, the counter no award.

    Args:
        shape: of the item; None for a veto.
    """
    if row[COLUMN.key] and (shape is None or shape.not_scored):
        return [("点名", "只有记分的条目才填，请留空。")]
    if row[COLUMN.key] and row["at_counter"]:
        return [("点名", "点名的要写明是哪个奖，柜台上不写说明：点名和柜台登记请留空一个。")]
    return []


def naming_refusal(item: Item, *, kind: str, note: str) -> tuple[str, str] | None:
    """Return the column and the sentence that stand against an entry of an item; None where nothing does.

    Args:
        kind: of the participant.
        note: the remark, in which the award is named.

    Example:
        naming_refusal(item, kind="group", note="")  # ("户号", "集体获奖只计点到名字的户，请逐户填写。")
    """
    if not is_named_only(item):
        return None
    if kind in COLLECTIVE:
        return "户号", NOT_FOR_COLLECTIVES
    return None if note.strip() else ("说明", AWARD_MISSING)
