"""Bringing in the balances a village starts with: through the ledger, once."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from pointsbank import ledger, roster
from pointsbank.spreadsheets import Imported, read_table
from pointsbank.spreadsheets.problems import BadRows
from tests.builders import Chayuan

HEADER = "户号,积分,荣誉,说明\n"


def bring_in(village: Chayuan, rows: str, **more: object) -> Imported:
    """Import these balances as a CSV file."""
    table = read_table("余额.csv", (HEADER + rows).encode("utf-8-sig"))
    result = village.write(roster.import_balances, table=table, **more)
    assert isinstance(result, Imported)
    return result


def complaints(village: Chayuan, rows: str) -> list[str]:
    """What an import of these balances complains of; nothing may have been posted."""
    before = village.read(ledger.tree_head).size
    with pytest.raises(BadRows) as refused:
        bring_in(village, rows)

    assert village.read(ledger.tree_head).size == before
    return [str(problem) for problem in refused.value.problems]


def test_balances_are_opening_transactions(village: Chayuan):
    result = bring_in(village, "0101,12.5,100,结转2025年\n0102,,-3,\n")
    [line] = village.read(ledger.statement, participant=village.wang.id).lines

    assert result.added == 2
    assert village.balance(village.wang) == ledger.Balance(1250, 10000)
    assert village.balance(village.namesake) == ledger.Balance(0, -300)
    assert (line.kind, line.words["note"]) == ("opening", "结转2025年")


def test_the_same_file_again_changes_nothing_and_says_so(village: Chayuan):
    rows = "0101,12.5,100,\n0102,0,0,\n"
    bring_in(village, rows)
    result = bring_in(village, rows)

    assert (result.added, result.unchanged) == (0, 2)
    assert village.balance(village.wang).points == 1250


def test_only_those_not_yet_opened_are_posted(village: Chayuan):
    bring_in(village, "0101,5,,\n")
    result = bring_in(village, "0101,5,,\n0102,7,,\n")

    assert (result.added, result.unchanged) == (1, 1)
    assert village.balance(village.namesake).points == 700


def test_another_balance_than_before_is_refused_with_both(village: Chayuan):
    bring_in(village, "0101,5,2,\n")

    assert complaints(village, "0101,6,2,\n0102,1,1,\n") == [
        "第2行“积分”：起始积分已导入过5，这里是6，请改回原数，差额再更正。"
    ]


def test_bad_rows_are_named(village: Chayuan):
    assert complaints(village, "9999,5,,\n0101,-5,,\n0102,1.234,,\n0201,5,,\n0201,5,,\n") == [
        "第2行“户号”：花名册里没有户号9999，请先导入花名册或改正户号。",
        "第3行“积分”：起始积分不能小于0，欠分请在评议会上另行处理。",
        "第4行“积分”：“1.234”不是有效的积分，请填数字，最多两位小数，例如 5 或 2.5。",
        "第6行“户号”：户号0201在第5行已经有了，请删除重复的一行或改正户号。",
    ]
    assert complaints(village, "9999,5,,\n0101,-5,,\n") == [
        "第2行“户号”：花名册里没有户号9999，请先导入花名册或改正户号。",
        "第3行“积分”：起始积分不能小于0，欠分请在评议会上另行处理。",
    ]


def test_a_dry_run_posts_nothing(village: Chayuan):
    assert bring_in(village, "0101,5,,\n", dry_run=True).added == 1
    assert village.balance(village.wang).points == 0


def test_the_same_file_sent_twice_at_the_same_time_is_posted_once(village: Chayuan):
    with ThreadPoolExecutor(4) as senders:
        results = list(senders.map(lambda _: bring_in(village, "0101,5,,\n0102,7,,\n"), range(4)))

    assert sorted(result.added for result in results) == [0, 0, 0, 2]
    assert village.balance(village.wang).points == 500
