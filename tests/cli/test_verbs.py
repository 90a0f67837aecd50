"""The command line: fixed names, exit status, and sentences."""

import json
from pathlib import Path

import click
import pytest

from pointsbank.cli import pointsbank
from tests.cli.conftest import Run

VERBS = """serve
db upgrade|backup|restore|check
village create|settings|set
staff add|token|password
import roster|balances|goods|scheme|scores
month close
card lost
print cards|poster
ledger verify|export
sample load""".splitlines()

ROSTER = "户号,户主,小组,人口\n001,王建国,一组,4\n002,李秀英,一组,3\n"


def commands(group: click.Group, before: str = "") -> set[str]:
    """Return the whole names of all commands below a group."""
    found: set[str] = set()
    for name, command in group.commands.items():
        whole = f"{before}{name}"
        found |= commands(command, whole + " ") if isinstance(command, click.Group) else {whole}
    return found


def test_the_verbs_have_their_fixed_names():
    fixed = set()
    for line in VERBS:
        group, _, verbs = line.partition(" ")
        fixed |= {f"{group} {verb}" for verb in verbs.split("|")} if verbs else {group}

    assert fixed <= commands(pointsbank)


@pytest.mark.parametrize("verb", sorted(commands(pointsbank)))
def test_every_verb_has_help_and_the_common_options(run: Run, verb: str):
    told = run(*verb.split(), "--help")

    assert told.status == 0
    assert all(option in told.out for option in ("--data", "--village", "--as", "--json"))


def test_wrong_usage_ends_with_2(village: Run):
    assert village("village", "create").status == 2
    assert village("nonsense").status == 2
    assert village("import", "scheme", __file__, "--resolution", "决议").status == 2


def test_a_refusal_ends_with_1_and_a_sentence_on_stderr(village: Run):
    again = village("village", "create", "chayuan", "茶源村")

    assert (again.status, again.out) == (1, "")
    assert again.err.endswith("。\n")


def test_nothing_but_founding_works_before_the_database_is_upgraded(run: Run, tmp_path: Path):
    (tmp_path / "data" / "backups").mkdir(parents=True)

    told = run("month", "close", "2026-09")

    assert told.status == 1
    assert "db upgrade" in told.err


def test_the_village_must_be_named_where_there_are_two(village: Run, tmp_path: Path):
    village("village", "create", "liulin", "柳林村")
    roster = tmp_path / "roster.csv"
    roster.write_text(ROSTER, "utf-8")

    assert "--village" in village("import", "roster", roster).err
    assert village("import", "roster", roster, "--village", "liulin").status == 0


def test_a_wrong_setting_stops_every_verb_with_its_name(run: Run, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("POINTSBANK_PORT", "eighty")

    told = run("db", "upgrade")

    assert told.status == 1
    assert "POINTSBANK_PORT" in told.err


def test_the_scheme_template_is_imported_as_it_is_written(village: Run, tmp_path: Path):
    template = tmp_path / "scheme.csv"

    assert village("import", "scheme", "--template", template).status == 0
    assert json.loads(village("import", "scheme", template, "--json").out)["added"] > 7


def test_nothing_in_the_empty_table_of_an_import_is_taken_for_data(village: Run, tmp_path: Path):
    for what in ("roster", "balances", "goods", "scores"):
        for name in (f"{what}.xlsx", f"{what}.csv"):
            more = ("--meeting", "none") if what == "scores" else ()
            assert village("import", what, "--template", tmp_path / name).status == 0
            told = village("import", what, tmp_path / name, *more)
            assert (told.status, "表头下面没有数据" in told.err) == (1, True), told.err
    assert village("import", "scores", tmp_path / "scores.csv").status == 2
    assert village("import", "roster").status == 2


def test_an_import_says_what_it_found(village: Run, tmp_path: Path):
    file = tmp_path / "花名册.csv"
    file.write_text("茶源村,,,\n户号,户主姓名,村民小组,人口\n001,王建国,一组,4人\n合计,,,4\n", "utf-8")

    told = village("import", "roster", file, "--dry-run")

    assert told.out.splitlines() == [
        "试算：新增1，更改0，未变0。",
        "表头在第2行，读了1行数据。",
        "表头“户主姓名”读作“户主”。",
        "表头“村民小组”读作“小组”。",
        "没有读的行：第4行（合计）。",
    ]


def test_an_import_is_all_or_nothing_and_names_each_bad_row(village: Run, tmp_path: Path):
    good, bad = tmp_path / "good.csv", tmp_path / "bad.csv"
    good.write_text(ROSTER, "utf-8")
    bad.write_text(ROSTER + "003,,一组,x\n", "utf-8")

    told = village("import", "roster", bad)

    assert told.status == 1
    assert "第4行" in told.err and "人口" in told.err
    assert json.loads(village("import", "roster", good, "--json").out)["added"] == 2


def test_a_dry_run_writes_nothing_and_a_second_import_changes_nothing(village: Run, tmp_path: Path):
    file = tmp_path / "roster.csv"
    file.write_text(ROSTER, "utf-8")

    tried = json.loads(village("import", "roster", file, "--dry-run", "--json").out)
    first = json.loads(village("import", "roster", file, "--json").out)
    second = village("import", "roster", file)

    assert (tried["added"], tried["dry_run"]) == (2, True)
    assert (first["added"], first["dry_run"]) == (2, False)
    assert "没有变化" in second.out


def test_a_missing_file_is_wrong_usage(village: Run, tmp_path: Path):
    assert village("import", "goods", tmp_path / "none.csv").status == 2


def test_a_scheme_with_an_item_that_may_not_hang_is_adopted_only_when_it_is_named(
    village: Run, tmp_path: Path
):
    file = tmp_path / "细则.csv"
    file.write_text("编号,条目,方向,分值\nA1,门前整洁,加分,5\nX1,参与赌博,扣分,20\n", "utf-8")
    adopt = ("import", "scheme", str(file), "--resolution", "村民会议第3号决议", "--from", "2026-01-01")

    refused, done = village(*adopt), village(*adopt, "--unpublished", "X1")

    assert (refused.status, done.status) == (1, 0)
    assert "X1“参与赌博”" in refused.err
    assert "治安管理处罚法第136条" in refused.err


def test_a_setting_is_listed_tried_out_and_changed(village: Run):
    assert "notice_days  公示天数：3天" in village("village", "settings").out
    tried = village("village", "set", "notice_days", "5", "--dry-run")
    assert tried.out == "试算：公示天数：3天 → 5天。从下一次公示起生效，正在公示的不变。\n"
    assert json.loads(village("village", "settings", "--json").out)["notice_days"] == 3

    assert village("village", "set", "notice_days", "5").out == "公示天数：3天 → 5天。\n"

    assert json.loads(village("village", "settings", "--json").out)["notice_days"] == 5
    assert village("village", "set", "notice_days", "5").out == "公示天数没有变化。\n"
    for loosening in ("2", "61"):
        setting = ("village", "set", "notice_days", loosening)
        assert village(*setting, "--dry-run") == village(*setting)
    assert village("village", "set", "notice_days", "61").status == 1
    assert village("village", "set", "mayor", "1").status == 1


def test_groups_are_made_renamed_and_closed(village: Run):
    assert village("village", "group", "add", "一组").status == 0
    assert village("village", "group", "add", "一组").status == 1
    assert village("village", "group", "rename", "一组", "河东组").out == "一组已改名为河东组。\n"
    assert village("village", "group", "close", "一组").status == 1
    assert village("village", "group", "close", "河东组").out == "已撤销河东组。\n"
