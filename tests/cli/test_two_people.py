"""At the machine: who requests signs in with the own password, and so does who confirms."""

import json
import sys
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path

import pytest
import time_machine

from tests.cli.conftest import Run, settle_all

PASSWORDS = {"li": "tiedao yusan pingguo", "zhao": "maotouying chuanghu deng"}
LI, ZHAO = (f"{word}\n" for word in PASSWORDS.values())
FIRST, SECOND = ("--first", "li", "--password-stdin"), ("--second", "zhao", "--password-stdin")


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch):
    """Say what is typed into standard input of the next command."""
    return lambda text: monkeypatch.setattr(sys, "stdin", StringIO(text))


@pytest.fixture
def office(run: Run, tmp_path: Path, typed) -> Run:
    """A village with one household, a committee and a supervisor, whose passwords are two days old."""
    with time_machine.travel(datetime.now(UTC) - timedelta(days=2)):
        assert run("village", "create", "chayuan", "茶源村").status == 0
        for login, role in (("li", "committee"), ("zhao", "supervisor")):
            typed(PASSWORDS[login] + "\n")
            assert run("staff", "add", login, "--role", role, "--password-stdin").status == 0
        settle_all(tmp_path / "data", PASSWORDS)
    (tmp_path / "roster.csv").write_text("户号,户主,小组,人口\n001,王建国,一组,3\n", "utf-8")
    assert run("import", "roster", tmp_path / "roster.csv").status == 0
    return run


def test_a_household_ends_and_is_erased_by_two_who_sign_in(office: Run, typed):
    for request in (
        ("household", "close", "001", "--decision", "全家迁出"),
        ("household", "erase", "001", "--reason", "own_request"),
    ):
        typed("not the password\n")
        assert office(*request, *FIRST).status == 1
        typed(LI)
        waiting = json.loads(office(*request, *FIRST, "--json").out)
        assert waiting["happens"]
        assert waiting["id"] in office("approval", "list").out
        typed(ZHAO)
        done = office("approval", "confirm", waiting["id"], *SECOND)
        assert (done.status, done.err) == (0, "")

    assert "资料已删除" in done.out


def test_a_household_is_edited_by_one_and_splits_and_moves_by_two(office: Run, typed):
    assert office("village", "group", "add", "二组").status == 0
    changed = office(
        "household", "edit", "001", "--people", "5", "--status", "away", "--reason", "回乡登记", "--json"
    )
    assert (json.loads(changed.out)["people"], json.loads(changed.out)["status"]) == (5, "away")
    split = ("split", "001", "--new", "077", "--name", "王小军", "--people", "2", "--decision", "小组会议")
    for request in (split, ("move", "001", "--group", "二组", "--decision", "小组会议")):
        typed(LI)
        waiting = json.loads(office("household", *request, *FIRST, "--json").out)
        assert waiting["happens"]
        typed(ZHAO)
        done = office("approval", "confirm", waiting["id"], *SECOND)
        assert (done.status, done.err) == (0, "")

    assert "已移到二组" in done.out
    assert "王小军" in office("list", "roster").out


def test_a_setting_is_loosened_by_two_and_tightened_by_one(office: Run, typed):
    loosen = ("village", "set", "notice_days", "2")
    assert "要两个人" in office(*loosen).err
    typed(LI)
    waiting = office(*loosen, "--first", "li", "--passwords-stdin")
    assert (waiting.status, "还没有办" in waiting.out) == (0, True)
    assert "公示天数：3天" in office("village", "settings").out

    typed(LI)
    assert (
        "公示天数：3天 → 5天"
        in office("village", "set", "notice_days", "5", "--first", "li", "--passwords-stdin").out
    )
    typed(LI + ZHAO)
    both = ("--first", "li", "--second", "zhao", "--passwords-stdin")
    done = office("village", "set", "ticket_seconds", "900", *both, "--json")
    assert json.loads(done.out) == {"changes": [{"name": "ticket_seconds", "old": 120, "new": 900}]}
    assert office(*loosen, "--second", "zhao").status == 2


def test_words_of_goods_on_the_shelf_wait_for_the_second_and_a_trial_is_refused_as_the_import(
    office: Run, tmp_path: Path, typed
):
    table = tmp_path / "goods.csv"
    command = ("import", "goods", table)
    table.write_text("编号,名称,规格,积分,库存\nM01,大米,1斤,40,5\n", "utf-8")
    assert office(*command).status == 0
    table.write_text("编号,名称,规格,积分,库存\nM01,大米,10斤,40,5\nN01,面条,,5,1\n", "utf-8")
    row = "第2行：M01 大米（1斤）改为大米（10斤）"
    assert office(*command, "--dry-run") == office(*command)
    refused = office(*command)
    assert (refused.status, row in refused.err, "--first" in refused.err) == (1, True, True)

    typed(LI)
    done = office(*command, *FIRST)
    assert "新增1" in done.out and f"{row}：成为申请" in done.out
    assert "M01" in office("approval", "list").out
