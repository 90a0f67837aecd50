"""Lists on the screen, options wherever they stand, refusals as problem objects, a look into a backup."""

import json
from pathlib import Path

import click
import pytest

from pointsbank import lists
from pointsbank.cli import pointsbank
from pointsbank.cli.anywhere import behind_the_verb
from tests.cli.conftest import Run

ROSTER = "户号,户主,小组,人口\n001,王建国,一组,4\n002,李秀英,一组,3\n"


@pytest.mark.parametrize(
    ("given", "read"),
    [
        ("--json staff list", "staff list --json"),
        ("--data d staff --village cy list --sort name", "staff list --data d --village cy --sort name"),
        ("village --as=li group --json list", "village group list --as=li --json"),
        ("staff list --data d", "staff list --data d"),
        ("serve --port 1", "serve --port 1"),
        ("--json serve --port 1", "serve --json --port 1"),
        ("--data d --help", "--help"),
        ("--json nonsense list", "nonsense list"),
    ],
)
def test_the_common_options_may_stand_before_and_after_the_verb(given: str, read: str) -> None:
    with click.Context(pointsbank) as context:
        assert behind_the_verb(pointsbank, context, given.split()) == read.split()


def test_every_list_is_shown_and_read_by_machines(village: Run, tmp_path: Path) -> None:
    (tmp_path / "roster.csv").write_text(ROSTER, encoding="utf-8")
    assert village("import", "roster", tmp_path / "roster.csv").status == 0
    assert village("staff", "add", "li", "--role", "committee", "--name", "李会计").status == 0
    assert village("print", "cards", "--out", tmp_path / "cards.pdf").status == 0

    for one in lists.every():
        needs = [word for name in one.needs for word in (f"--{name}", "2026" if name == "year" else "001")]
        told = village("list", one.name, *needs, "--json")
        if one.needs.keys() & {"meeting", "notice", "walk", "table"}:
            assert (told.status, "没有" in told.err) == (1, True)
            continue
        assert told.status == 0, (one.name, told.err)
        keys = {column.key for column in one.columns}
        assert all(row.keys() == keys for row in json.loads(told.out)["items"])

    shown = village("list", "roster", "--sort", "-name", "--limit", "1").out.splitlines()
    assert len(shown) == 2 and "王建国" in shown[1]
    [look] = json.loads(village("list", "looks", "--json").out)["items"]
    assert look["code"] == "001"


@pytest.mark.parametrize("verb", ["list", "export"])
@pytest.mark.parametrize(
    ("option", "reason"),
    [
        (["--sort", "bogus"], "list_sort_unknown"),
        (["--sort", "-address"], "list_sort_unknown"),
        (["--kind", "火星"], "list_choice_unknown"),
    ],
)
def test_an_order_or_a_choice_that_is_not_there_is_refused_not_passed_over(
    village: Run, verb: str, option: list[str], reason: str
) -> None:
    refused = village("--json", verb, "roster", *option)

    assert (refused.status, refused.out) == (1, "")
    problem = json.loads(refused.err)
    assert (problem["reason"], problem["status"]) == (reason, 422)
    assert [one["field"] for one in problem["errors"]] == [option[0].removeprefix("--")]


def test_a_list_in_which_nothing_is_found_is_not_called_empty(village: Run) -> None:
    assert "没有找到" in village("list", "roster", "--kind", "户", "--q", "没有这个人").out
    assert "还是空的" in village("list", "roster").out


@pytest.mark.parametrize(
    ("verb", "seen"),
    [
        ("staff list", "李会计"),
        ("village list", "茶源村"),
        ("village group list", "还没有小组"),
        ("meeting list", "还没有评议会"),
        ("notice list", "还没有公示"),
        ("month list", "还没有月结过"),
    ],
)
def test_what_there_is_is_listed(village: Run, verb: str, seen: str) -> None:
    village("staff", "add", "li", "--role", "committee", "--name", "李会计")

    assert seen in village(*verb.split()).out


def test_a_refusal_is_a_problem_object_where_a_machine_reads(village: Run, tmp_path: Path) -> None:
    (tmp_path / "bad.csv").write_text(ROSTER + "003,,一组,x\n", encoding="utf-8")

    refused = village("--json", "village", "set", "notice_days", "99")
    problem = json.loads(refused.err)
    assert (refused.status, refused.out) == (1, "")
    assert (problem["reason"], problem["status"]) == ("village_setting_invalid", 422)
    assert problem["type"] == "urn:pointsbank:problem:village_setting_invalid"
    rows = json.loads(village("import", "roster", tmp_path / "bad.csv", "--json").err)
    assert [one["field"].partition(".")[0] for one in rows["errors"]] == ["4", "4"]
    wrong = village("--json", "village", "set", "notice_days")
    assert (wrong.status, json.loads(wrong.err)["reason"]) == (2, "usage")


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [("notice_days", "-1", "公示天数不能设为“-1”，应为1至60的整数。"), ("mayor", "1", "没有“mayor”这项设置")],
)
def test_a_setting_is_refused_in_the_words_of_every_other_door(
    village: Run, name: str, value: str, sentence: str
) -> None:
    refused = village("village", "set", name, value)

    assert refused.status == 1
    assert sentence in refused.err


def test_a_backup_is_looked_into_before_anything_is_replaced(village: Run, tmp_path: Path) -> None:
    file = tmp_path / "kept.gz"
    assert village("db", "backup", file).status == 0
    (tmp_path / "roster.csv").write_text(ROSTER, encoding="utf-8")
    village("import", "roster", tmp_path / "roster.csv")

    told = village("db", "look", file)
    facts = json.loads(village("db", "look", file, "--json").out)["villages"]

    assert "茶源村（chayuan）：1条记录，最后一条在" in told.out
    assert "现有的比它多" in told.out and "还没有月结；0户和其他主体" in told.out
    assert [(one["code"], one["entries"]) for one in facts] == [("chayuan", 1)]
    assert "002" in village("list", "roster").out
