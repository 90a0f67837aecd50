"""At the machine: an old copy put back is not served, and two people go on with it only by name."""

import os
import shutil
import sys
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path

import pytest
import time_machine

from pointsbank.cli import main
from tests.cli.conftest import Ran, Run, settle_all

PASSWORDS = {
    "li": "tiedao yusan pingguo",
    "zhao": "maotouying chuanghu deng",
    "chen": "luobo qianbi houzi",
}
BOTH = ("--first", "li", "--second", "zhao", "--passwords-stdin")
TWO_LINES = f"{PASSWORDS['li']}\n{PASSWORDS['zhao']}\n"


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch):
    """Say what is typed into standard input of the next command."""
    return lambda text: monkeypatch.setattr(sys, "stdin", StringIO(text))


@pytest.fixture
def kept(kept_data: Path, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """The command line over a village with three people and stubs in a folder and on a stick."""
    shutil.copytree(kept_data, tmp_path, dirs_exist_ok=True)
    monkeypatch.setenv("POINTSBANK_WATERMARK", _folders(tmp_path))
    return run


@pytest.fixture(scope="module")
def kept_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What these commands leave of such a village, made once to be copied."""
    place = tmp_path_factory.mktemp("kept")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("POINTSBANK_DATA", str(place / "data"))
        patch.setenv("POINTSBANK_WATERMARK", _folders(place))
        with time_machine.travel(datetime.now(UTC) - timedelta(days=2)):
            assert main(["village", "create", "chayuan", "茶源村"]) == 0
            for login, role in (("li", "committee"), ("zhao", "supervisor"), ("chen", "clerk")):
                patch.setattr(sys, "stdin", StringIO(PASSWORDS[login] + "\n"))
                assert main(["staff", "add", login, "--role", role, "--password-stdin"]) == 0
            settle_all(place / "data", PASSWORDS)
        _adopt(lambda *words: Ran(main([str(word) for word in words]), "", ""), place, 1)
    return place


def _folders(place: Path) -> str:
    """The folders of stubs beside the data, as the setting names them."""
    return ":".join(str(place / name) for name in ("here", "stick"))


def _adopt(run: Run, tmp_path: Path, times: int) -> None:
    """Write so many entries into the log: schemes adopted, one for each year."""
    for _ in range(times):
        number = len(list(tmp_path.glob("scheme-*.csv"))) + 1
        file = tmp_path / f"scheme-{number}.csv"
        file.write_text("编号,类别,条目,方向,分值\nA1,环境,打扫门前,加分,2\n", "utf-8")
        resolution = ("--resolution", f"第{number}次会议", "--from", f"{2020 + number}-01-01")
        done = run("import", "scheme", file, *resolution)
        assert done.status == 0, done.err


def _database(tmp_path: Path) -> Path:
    return tmp_path / "data" / "pointsbank.sqlite3"


@pytest.fixture
def put_back(kept: Run, tmp_path: Path) -> Run:
    """The same, after a copy of yesterday was put over two entries of today."""
    shutil.copyfile(_database(tmp_path), tmp_path / "yesterday")
    _adopt(kept, tmp_path, 2)
    shutil.copyfile(tmp_path / "yesterday", _database(tmp_path))
    return kept


def test_stubs_follow_what_commands_write(kept: Run, tmp_path: Path):
    _adopt(kept, tmp_path, 2)

    told = kept("watermark", "show")

    assert (told.status, told.out.count("与账本相符。")) == (0, 2)
    assert (tmp_path / "here" / "chayuan.watermark").read_text("ascii").count("scheme_adopted") == 3


def test_an_old_copy_is_not_served_and_what_it_lacks_is_listed(put_back: Run):
    told = put_back("serve", "--port", "8000")

    assert told.status == 1
    assert "少4条" in told.err
    listed = [line.split()[1] for line in told.err.splitlines() if line.startswith("  chayuan")]
    first = int(listed[0].strip("第条"))
    # Each adoption, and the entry that vouches for its rows.
    assert listed == [f"第{first + number}条" for number in range(4)]
    assert told.err.count("细则通过") == 2


def test_nothing_is_written_over_an_old_copy(put_back: Run):
    assert "少4条" in put_back("village", "create", "liulin", "柳林村").err


def test_two_people_go_on_with_an_old_copy_and_the_log_says_so(put_back: Run, typed):
    typed(TWO_LINES)
    told = put_back("watermark", "accept", *BOTH)

    assert told.status == 0, told.err
    assert put_back("village", "create", "liulin", "柳林村").status == 0
    assert put_back("ledger", "verify", "--village", "chayuan").status == 0
    assert put_back("watermark", "accept", *BOTH).status == 1


@pytest.mark.parametrize(
    "second, password", [("zhao", "wrong password"), ("li", PASSWORDS["li"]), ("nobody", "whatever it is")]
)
def test_one_person_does_not_go_on_alone(put_back: Run, typed, second: str, password: str):
    typed(f"{PASSWORDS['li']}\n{password}\n")
    told = put_back("watermark", "accept", "--first", "li", "--second", second, "--passwords-stdin")

    assert told.status == 1
    assert put_back("watermark", "show").status == 1


def test_a_folder_of_stubs_that_was_emptied_is_not_served(kept: Run, tmp_path: Path):
    for folder in ("here", "stick"):
        (tmp_path / folder / "chayuan.watermark").unlink()

    told = kept("serve")

    assert told.status == 1
    assert "不见了或已损坏" in told.err


def test_a_stub_on_a_new_stick_begins_beside_the_other(kept: Run, tmp_path: Path):
    shutil.rmtree(tmp_path / "stick")

    assert "不在" in kept("watermark", "show").out
    assert kept("watermark", "begin").status == 0

    assert kept("watermark", "show").out.count("与账本相符。") == 2


def test_without_a_place_there_is_nothing_to_show(village: Run):
    assert "watermark = " in village("watermark", "show").err


def test_a_stub_inside_the_data_would_be_put_back_with_it(run: Run, tmp_path: Path, monkeypatch):
    monkeypatch.setenv("POINTSBANK_WATERMARK", str(tmp_path / "data" / "stubs"))

    assert "POINTSBANK_WATERMARK" in run("db", "upgrade").err


def test_a_setting_of_several_folders_is_a_list_in_the_file(run: Run, tmp_path: Path):
    (tmp_path / "data").mkdir()
    setting = 'watermark = ["../here", "../stick"]\n'
    (tmp_path / "data" / "pointsbank.toml").write_text(setting, "utf-8")

    assert run("village", "create", "chayuan", "茶源村").status == 0

    assert all((tmp_path / folder / "chayuan.watermark").exists() for folder in ("here", "stick"))


def test_an_older_backup_comes_back_only_when_two_people_say_so(kept: Run, tmp_path: Path, typed):
    kept("db", "backup", tmp_path / "kept.gz")
    _adopt(kept, tmp_path, 2)

    told = kept("db", "restore", tmp_path / "kept.gz")
    assert told.status == 1
    assert "4条记录，现有数据没有改动" in told.err
    assert told.err.count("细则通过") == 2

    typed(TWO_LINES)
    assert kept("db", "restore", tmp_path / "kept.gz", *BOTH).status == 0
    assert kept("watermark", "show").status == 0
    assert kept("village", "create", "liulin", "柳林村").status == 0


def test_a_backup_as_new_as_the_stubs_comes_back_without_ceremony(kept: Run, tmp_path: Path):
    kept("db", "backup", tmp_path / "kept.gz")

    assert kept("db", "restore", tmp_path / "kept.gz").status == 0


def test_a_damaged_stub_lets_no_backup_in_without_two_people(kept: Run, tmp_path: Path, typed):
    kept("db", "backup", tmp_path / "kept.gz")
    for folder in ("here", "stick"):
        (tmp_path / folder / "chayuan.watermark").write_bytes(b"")

    assert "没有账外存根作证" in kept("db", "restore", tmp_path / "kept.gz").err

    typed(TWO_LINES)
    assert kept("db", "restore", tmp_path / "kept.gz", *BOTH).status == 0
    assert kept("watermark", "show").status == 0


def test_a_command_says_when_no_stub_was_there_to_compare_with(kept: Run, tmp_path: Path) -> None:
    def said() -> str:
        done = kept("village", "group", "add", f"{len(list(tmp_path.iterdir()))}组")
        assert done.status == 0
        return done.err

    (tmp_path / "stick").rename(tmp_path / "drawer")
    assert "账外存根不在" not in said()
    (tmp_path / "here").rename(tmp_path / "cupboard")
    (tmp_path / "more").touch()

    assert f"账外存根不在（{tmp_path / 'here'}、{tmp_path / 'stick'}）" in said()


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
@pytest.mark.parametrize("folder", ["data/stubs", "link/stubs"])
def test_a_stub_that_would_go_back_with_the_data_is_refused_by_whatever_name(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, folder: str
) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "data")
    monkeypatch.setenv("POINTSBANK_WATERMARK", str(tmp_path / folder))

    assert "在数据目录里" in run("db", "upgrade").err
