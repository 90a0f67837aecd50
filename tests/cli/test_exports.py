"""`pointsbank export NAME`: each list as a file, and the record of it."""

import json
from pathlib import Path

import pytest

from pointsbank import lists
from tests.cli.conftest import Run

ROSTER = "户号,户主,小组,人口\n0101,王建国,一组,4\n0201,买买提·艾力,二组,5\n"
BALANCES = "户号,积分,荣誉,说明\n0101,1250.5,20,旧存折\n0201,2,2,\n"


@pytest.fixture
def begun(village: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """A village with two households and what they brought along."""
    monkeypatch.chdir(tmp_path)
    for name, text in (("roster", ROSTER), ("balances", BALANCES)):
        (tmp_path / f"{name}.csv").write_text(text, "utf-8")
        assert village("import", name, tmp_path / f"{name}.csv").status == 0
    return village


def test_every_list_is_a_command_and_every_export_is_written_down(begun: Run, tmp_path: Path):
    # Those of one meeting or notice are tried where there is one: tests/lists.
    every = [one for one in lists.every() if set(one.needs) <= {"code"}]
    for one in every:
        needs = [word for name in one.needs for word in (f"--{name}", "0101")]
        done = begun("export", one.name, "--out", tmp_path / f"{one.name}.xlsx", *needs)
        assert done.status == 0, done.err

    begun("export", "exports", "--out", tmp_path / "record.csv")
    record = (tmp_path / "record.csv").read_text("utf-8-sig")

    assert all(f",{one.title},Excel 表," in record for one in every)
    assert ",花名册,Excel 表,2,服务器上的操作员" in record


def test_the_file_s_name_says_its_form_and_its_own_command_where_nobody_names_it(begun: Run, tmp_path: Path):
    assert begun("export", "roster", "--out", "r.csv", "--q", "wjg").status == 0
    done = begun("export", "roster", "--json")

    assert (tmp_path / "r.csv").read_text("utf-8-sig").count("\n") == 2
    told = json.loads(done.out)
    assert told["rows"] == 2
    assert Path(told["file"]).read_bytes().startswith(b"PK")


def test_an_unknown_list_form_household_or_group_is_refused(begun: Run, tmp_path: Path):
    assert begun("export", "nothing").status == 2
    assert begun("export", "roster", "--out", "r.pdf").status == 2
    refused = begun("export", "statement", "--code", "9999", "--out", "s.csv")

    unknown = begun("export", "roster", "--group", "五组", "--out", "s.csv", "--json")

    assert (refused.status, unknown.status) == (1, 1)
    assert json.loads(unknown.err)["errors"][0]["field"] == "group" and "一组、二组" in unknown.err
    assert not (tmp_path / "s.csv").exists()
