"""Two versions side by side: what is new, gone, changed, cell by cell, and which versions are meant."""

from dataclasses import replace
from datetime import date

import pytest
from sqlmodel import Session

from pointsbank import scoring
from pointsbank.database import Database
from pointsbank.points import Points
from pointsbank.scoring.scheme_rows import read_items
from tests.builders import Chayuan, chayuan
from tests.scoring.panel import SCHEME, scheme_table

ITEMS = read_items(scheme_table()).items
SWEEPING = ITEMS[0]
TODAY = date(2026, 9, 1)


@pytest.mark.parametrize(
    ("changed", "cells"),
    [
        ({"points": Points(600)}, ["分值：5 → 6"]),
        ({"cap_points": None, "cap_period": ""}, ["周期：每月 → ", "上限：12 → "]),
        ({"cap_period": "year"}, ["周期：每月 → 每年"]),
        ({"cap_times": 3}, ["次数上限： → 3"]),
        ({"direction": "minus"}, ["方向：加分 → 扣分"]),
        ({"evidence": "照片"}, ["佐证： → 照片"]),
        ({"double_months": 6}, ["重复加倍： → 6"]),
        ({"scored_in": "上半年"}, ["评分期： → 上半年"]),
        ({"shape": "once"}, ["形状：固定 → 一次"]),
        ({"shape": "range", "points": None, "terms": {"least": 100, "most": 500}},
         ["分值：5 → ", "形状：固定 → 区间", "最低： → 1", "最高： → 5"]),
        ({"id": "other"}, []),
    ],
)  # fmt: skip
def test_each_cell_that_differs_is_named_in_the_words_of_the_table(
    changed: dict[str, object], cells: list[str]
) -> None:
    [found] = scoring.compare([SWEEPING], [replace(SWEEPING, **changed)])  # type: ignore[arg-type]

    assert [f"{one.title}：{one.before} → {one.after}" for one in found.cells] == cells
    assert found.state == ("changed" if cells else "same")


def test_new_items_come_first_then_those_gone_changed_and_kept() -> None:
    new = replace(SWEEPING, code="新", title="新条目")
    dearer = replace(ITEMS[3], points=Points(1200))

    found = scoring.compare(ITEMS[:4], [dearer, ITEMS[2], new, ITEMS[0]])

    assert [(one.state, (one.after or one.before).code) for one in found] == [  # type: ignore[union-attr]
        *(("added", "新"), ("dropped", "庭院"), ("changed", "助邻")),
        *(("same", "志愿"), ("same", "清扫")),
    ]


def test_a_version_against_itself_has_changed_nothing() -> None:
    assert {one.state for one in scoring.compare(ITEMS, ITEMS)} == {"same"}
    assert {one.state for one in scoring.compare(ITEMS, ITEMS[::-1])} == {"same"}
    assert scoring.compare([], []) == []


@pytest.fixture
def village(sqlite_database: Database) -> Chayuan:
    """茶源村 without a scheme."""
    return chayuan(sqlite_database)


def versions(village: Chayuan, **chosen: str) -> tuple[int | None, int | None]:
    """The numbers of the versions that are compared."""
    found = village.read(scoring.compared_versions, day=TODAY, **chosen)
    return (found.before and found.before.version, found.after and found.after.version)


def write(village: Chayuan, points: str, **adoption: object) -> None:
    """Write a version in which sweeping counts so many points."""

    def imported(session: Session, **who: object) -> None:
        table = scheme_table({"清扫": {**SCHEME["清扫"], "分值": points}})
        scoring.import_scheme(session, table=table, **adoption, **who)  # type: ignore[arg-type]

    village.write(imported)


def test_the_newest_version_is_held_against_the_one_in_force(village: Chayuan) -> None:
    assert versions(village) == (None, None)
    write(village, "5", resolution="第1号决议", from_date=date(2026, 1, 1))
    assert versions(village) == (None, 1)
    write(village, "6", resolution="第2号决议", from_date=date(2026, 8, 1))
    assert versions(village) == (1, 2)
    write(village, "7")
    assert versions(village) == (2, 3)
    assert versions(village, before="1") == (1, 3)
    assert versions(village, before="3", after="1") == (3, 1)
    assert versions(village, before="99", after="x") == (2, 3)
    assert versions(village, after="2") == (1, 2)
