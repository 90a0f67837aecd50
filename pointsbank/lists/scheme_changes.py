"""Two versions of the scheme side by side: new items, those gone, those changed and how, those not."""

from collections.abc import Iterator, Sequence

from sqlmodel import Session

from pointsbank import scoring
from pointsbank.labels.direction import DIRECTION
from pointsbank.labels.scheme_change import SCHEME_CHANGE
from pointsbank.lists.base import Asked, Column, List, Row
from pointsbank.lists.filters import OneOf, Search
from pointsbank.lists.kinds import TEXT, word_of
from pointsbank.lists.versions import NEWER, OLDER, compared
from pointsbank.staff import Permission

_OWN_WORDS = frozenset({"title", "category", "evidence", "applies_to", "legal_basis"})
"""Columns of free text, which may say what may not hang."""


def _rows(session: Session, asked: Asked) -> Iterator[Row]:
    """Yield the items of both versions in the order of `scoring.compare`."""
    old, new = (
        scoring.items_of(session, village=asked.village, scheme=one.id) if one else []
        for one in compared(session, asked)
    )
    for number, one in enumerate(scoring.compare(old, new)):
        present = [item for item in (one.after, one.before) if item is not None]
        item, is_public = present[0], all(scoring.is_publishable(item) for item in present)
        yield {
            "number": number,
            "state": one.state,
            "code": item.code,
            "category": item.category,
            "title": item.title,
            "paper_title": item.title if is_public else f"条目{item.code}",
            "direction": item.direction,
            "before": scoring.label(one.before) if one.before else None,
            "after": scoring.label(one.after) if one.after else None,
            "cells": _in_words(one.cells),
            "paper_cells": _in_words(
                [cell for cell in one.cells if is_public or cell.key not in _OWN_WORDS],
            ),
        }


def _in_words(cells: Sequence[scoring.CellChange]) -> str:
    """Return e.g. 分值：5 → 6；上限：12 → 不填."""
    return "；".join(f"{one.title}：{one.before or '不填'} → {one.after or '不填'}" for one in cells)


LIST = List(
    name="scheme_changes",
    title="两版细则对照",
    about="两版细则逐条对照：新增、取消、改动了什么；草案也可以比，不选就拿最新的一版和现行的比。",
    permission=Permission.SCHEME_VIEW,
    columns=(
        Column(key="state", title="变化", kind=word_of(SCHEME_CHANGE), place="number"),
        Column(key="code", title="编号", sort="code", place="sub"),
        Column(key="title", title="条目", sort="title", place="main", paper="paper_title"),
        Column(key="cells", title="改动的地方", kind=TEXT, place="sub", paper="paper_cells"),
        Column(key="before", title="原来计分", kind=TEXT),
        Column(key="after", title="新的计分", kind=TEXT, place="sub"),
        Column(key="direction", title="方向", kind=word_of(DIRECTION), sort="direction"),
        Column(key="category", title="类别", sort="category"),
    ),
    order=("number",),
    rows=_rows,
    filters=(
        OLDER,
        NEWER,
        Search("q", "条目", "title"),
        OneOf("state", "变化", "state", labels=SCHEME_CHANGE),
        OneOf("kind", "方向", "direction", labels=DIRECTION),
    ),
    empty="还没有积分细则：请先在“细则”页起草，或导入一份。",
)
