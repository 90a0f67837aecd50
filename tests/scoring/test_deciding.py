"""Whatever is entered in whatever order, no limit is exceeded, and one deed comes to its highest item."""

from collections.abc import Sequence
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from pointsbank.points import Points
from pointsbank.roster import Participant
from pointsbank.scoring.caps import PriorScore, allowance_under
from pointsbank.scoring.deciding import History, Judged, decide
from pointsbank.scoring.judging import ResolvedRow
from pointsbank.scoring.limits import limits_on
from pointsbank.scoring.scheme_rows import read_items
from pointsbank.scoring.shapes import caps_of
from pointsbank.scoring.values import ScoreRow
from pointsbank.spreadsheets import Table

HEADERS = ["编号", "类别", "条目", "方向", "分值", "形状", "周期", "上限", "次数上限"]
ROWS = [
    ["扫", "卫生", "清扫", "加分", "5", "", "月", "12", ""],
    ["洁", "卫生", "洁厕", "加分", "3", "", "", "", ""],
    ["帮", "互助", "帮扶", "加分", "8", "", "周", "", "2"],
    ["乱", "卫生", "乱扔", "扣分", "4", "", "", "", ""],
    ["堆", "卫生", "乱堆", "扣分", "6", "", "", "", ""],
    ["甲", "卫生", "卫生类每周", "加分", "", "合计上限", "周", "9", "2"],
    ["乙", "卫生", "卫生类每年", "加分", "", "合计上限", "年", "40", ""],
    ["丙", "全部", "每月", "加分", "", "合计上限", "月", "21", ""],
    ["丁", "卫生", "扣分每周", "扣分", "", "合计上限", "周", "9", ""],
]
ITEMS = read_items(Table.of(HEADERS, ROWS)).items
SCORED = [item for item in ITEMS if item.shape != "limit"]
BEGIN = date(2026, 1, 1)
HOUSEHOLD = Participant("a", "0101", "王建国", "household", None, 4, "", "active", "", "", False, "")

DEEDS = st.lists(
    st.tuples(st.sampled_from(SCORED), st.integers(0, 60), st.sampled_from(["", "", "甲"])), max_size=25
)


def resolved(deeds: Sequence[tuple]) -> list[ResolvedRow]:
    """Deeds as rows of one household; those of a day and direction that have a mark are one deed."""
    rows = []
    for item, after, mark in deeds:
        day = BEGIN + timedelta(days=after)
        amount = item.points or Points(0)
        deed = mark and f"{mark}{after}{item.direction}"
        row = ScoreRow("0101", item.code, day)
        caps, limits = caps_of(item, amount), limits_on(item, ITEMS)
        rows.append(ResolvedRow(row, HOUSEHOLD, item, None, amount, caps, "", limits, deed))
    return rows


def one_by_one(rows: Sequence[ResolvedRow]) -> list[Judged]:
    """Rows entered one after the other."""
    history: History = {}
    return [decide([row], history)[0] for row in rows]


@given(DEEDS)
def test_whatever_the_order_no_limit_is_exceeded(deeds: list) -> None:
    judged = one_by_one(resolved(deeds))

    for one in judged:
        for cap, members in [
            *((cap, [each for each in judged if each.row.item is one.row.item]) for cap in one.row.caps),
            *((limit.cap, [each for each in judged if limit in each.row.limits]) for limit in one.row.limits),
        ]:
            first, last = cap.around(one.row.row.occurred_on)
            inside = [each for each in members if first <= each.row.row.occurred_on <= last and each.counted]
            assert cap.points is None or sum(abs(each.counted) for each in inside) <= cap.points
            apart = sum(not each.row.deed for each in inside)
            times = apart + len({each.row.deed for each in inside if each.row.deed})
            assert cap.times is None or times <= cap.times


@given(DEEDS)
def test_one_deed_never_comes_to_more_than_its_highest_item(deeds: list) -> None:
    judged = one_by_one(resolved(deeds))

    for deed in {one.row.deed for one in judged if one.row.deed}:
        parts = [one for one in judged if one.row.deed == deed]
        assert sum(abs(one.counted) for one in parts) <= max(abs(one.points) for one in parts)


@given(DEEDS)
def test_a_list_entered_at_once_counts_what_its_rows_count_by_their_days(deeds: list) -> None:
    rows = sorted(resolved(deeds), key=lambda row: row.row.occurred_on)

    at_once, alone = decide(rows, {}), one_by_one(rows)

    assert [one.counted for one in at_once] == [one.counted for one in alone]


def test_scores_of_one_deed_are_one_time() -> None:
    limit = limits_on(SCORED[0], ITEMS)[0].cap
    prior = [PriorScore(BEGIN, 500, "x"), PriorScore(BEGIN, 100, "x")]

    left = allowance_under(limit, BEGIN, prior)

    assert left is not None and (left.points, left.times) == (300, 1)


def test_a_deed_under_a_limit_comes_to_what_its_highest_item_would_by_itself() -> None:
    rows = [
        ["扫", "卫生", "清扫", "加分", "5", "", "", "", ""],
        ["修", "卫生", "修渠", "加分", "20", "", "", "", ""],
        ["封", "卫生", "卫生类每周", "加分", "", "合计上限", "周", "12", "1"],
    ]
    items = read_items(Table.of(HEADERS, rows)).items
    given = [
        ResolvedRow(
            ScoreRow("0101", item.code, BEGIN),
            HOUSEHOLD,
            item,
            None,
            item.points or Points(0),
            caps_of(item, 0),
            "",
            limits_on(item, items),
            "one",
        )
        for item in items[:2]
    ]

    assert [one.counted for one in one_by_one(given)] == [500, 700]
    assert [one.counted for one in one_by_one(given[::-1])] == [1200, 0]
