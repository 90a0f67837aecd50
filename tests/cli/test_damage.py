"""Flipped bits and cut files of the data are said with a sentence, and nothing is served from them."""

import gzip
import random
import shutil
import sqlite3
import sys
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest

from pointsbank.cli import main
from pointsbank.cli.alone import alone
from pointsbank.database import Database
from pointsbank.resting import AtRest, state_of
from tests.cli.conftest import Ran, Run

WORDS = "茶源 水渠 竹篮 二月"


@pytest.fixture(scope="module")
def filled_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data of a village with a log, its stubs beside it and a backup locked with a passphrase."""
    folder = tmp_path_factory.mktemp("filled")
    rows = "".join(f"0{number},户主{number},一组,3\n" for number in range(101, 301))
    (folder / "roster.csv").write_text("户号,户主,小组,人口\n" + rows, "utf-8")
    (folder / "scheme.csv").write_text("编号,类别,条目,方向,分值\nA1,环境,打扫门前,加分,2\n", "utf-8")
    scheme = ("scheme", str(folder / "scheme.csv"), "--resolution", "第一次会议", "--from", "2020-01-01")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("POINTSBANK_DATA", str(folder / "data"))
        patch.setenv("POINTSBANK_WATERMARK", str(folder / "stubs"))
        assert main(["village", "create", "chayuan", "茶源村"]) == 0
        assert main(["import", "roster", str(folder / "roster.csv")]) == 0
        assert main(["import", *scheme]) == 0
        patch.setattr(sys, "stdin", StringIO(WORDS + "\n"))
        locked = str(folder / "kept.locked")
        assert main(["db", "backup", locked, "--encrypt", "--passphrase-stdin"]) == 0
    return folder


@pytest.fixture
def filled(filled_folder: Path, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """The command line over a copy of that village."""
    monkeypatch.setenv("POINTSBANK_WATERMARK", str(tmp_path / "stubs"))
    for name in ("data", "stubs"):
        shutil.copytree(filled_folder / name, tmp_path / name)
    return run


def _database(tmp_path: Path) -> Path:
    return tmp_path / "data" / "pointsbank.sqlite3"


def _refused(told: Ran) -> bool:
    """Whether a command said in Chinese why it did nothing."""
    return told.status == 1 and "。" in told.err and "Traceback" not in told.err


@pytest.mark.parametrize(
    "left", [0, 0.5, *(pytest.param(one, marks=pytest.mark.full) for one in (50, 100, 4096, 12288, 0.9))]
)
def test_a_database_cut_anywhere_is_not_served(filled: Run, tmp_path: Path, left: float):
    file = _database(tmp_path)
    content = file.read_bytes()
    file.write_bytes(content[: int(left if left > 1 or not left else left * len(content))])

    assert _refused(filled("serve"))


def _cut_to_nothing(tmp_path: Path) -> None:
    """Leave an empty file without a seal, as after a crash."""
    file = _database(tmp_path)
    file.write_bytes(b"")
    file.with_name(file.name + ".seal").unlink()


def test_a_database_cut_to_nothing_is_not_taken_for_a_new_one(filled: Run, tmp_path: Path):
    _cut_to_nothing(tmp_path)

    for command in (("sample", "load", "--if-empty"), ("village", "create", "liulin", "柳林村")):
        told = filled(*command)
        assert _refused(told)
        assert "账外存根" in told.err


def test_without_stubs_it_would_be_taken_for_a_new_one(filled: Run, tmp_path: Path, monkeypatch):
    _cut_to_nothing(tmp_path)
    monkeypatch.delenv("POINTSBANK_WATERMARK")

    assert filled("village", "create", "liulin", "柳林村").status == 0


def test_every_flipped_bit_of_a_file_at_rest_is_seen(filled: Run, tmp_path: Path):
    """Also where no page is torn and no log tells of it: a digit of a price, a name, free space."""
    file = _database(tmp_path)
    content = file.read_bytes()
    places = random.Random("flips").sample(range(len(content)), 40)

    unseen = []
    for place in [*range(20, 100, 4), *places]:
        spoilt = bytearray(content)
        spoilt[place] ^= 1 << place % 8
        file.write_bytes(spoilt)
        if state_of(file) is not AtRest.CHANGED:
            unseen.append(place)
    assert unseen == []
    told = filled("serve")
    assert _refused(told)
    assert "停用期间" in told.err
    assert _refused(filled("village", "create", "liulin", "柳林村"))


def test_what_a_database_program_changed_is_no_damage(filled: Run, tmp_path: Path):
    with sqlite3.connect(_database(tmp_path)) as connection:
        connection.execute("UPDATE participant SET name = name || '甲' WHERE code = '0101'")
    connection.close()

    assert state_of(_database(tmp_path)) is AtRest.UNKNOWN
    assert filled("village", "create", "liulin", "柳林村").status == 0


def test_while_a_server_works_with_a_file_a_command_leaves_it_without_a_seal(filled: Run, tmp_path: Path):
    database = Database(f"sqlite:///{_database(tmp_path)}")
    with alone(database):
        assert filled("village", "create", "liulin", "柳林村").status == 0
        assert state_of(_database(tmp_path)) is AtRest.UNKNOWN
    database.dispose()

    assert filled("village", "create", "yangshu", "杨树村").status == 0
    assert state_of(_database(tmp_path)) is AtRest.UNKNOWN


def test_a_file_nobody_vouches_for_is_looked_through_and_not_sealed_unseen(filled: Run, tmp_path: Path):
    file = _database(tmp_path)
    file.with_name(file.name + ".seal").unlink()
    content = bytearray(file.read_bytes())
    place = content.index(b'"k":"scheme_adopted"')
    content[place + 8] ^= 1
    file.write_bytes(content)
    assert filled("village", "create", "liulin", "柳林村").status == 0

    told = filled("serve")

    assert _refused(told)
    assert "日志被改动过" in told.err


def test_a_torn_page_is_not_served(filled: Run, tmp_path: Path):
    file = _database(tmp_path)
    content = bytearray(file.read_bytes())
    with sqlite3.connect(file) as connection:
        found = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'participant'").fetchone()
    connection.close()
    start = (found[0] - 1) * 4096
    content[start : start + 4096] = b"\xff" * 4096
    file.write_bytes(content)

    assert _refused(filled("serve"))


@pytest.mark.parametrize(
    "damage", ["torn", *(pytest.param(one, marks=pytest.mark.full) for one in ("garbage", "cut"))]
)
def test_a_good_backup_comes_back_over_a_damaged_database(filled: Run, tmp_path: Path, damage: str):
    filled("db", "backup", tmp_path / "kept.gz")
    file = _database(tmp_path)
    content = file.read_bytes()
    spoilt = {
        "garbage": b"no database at all" * 500,
        "cut": content[: len(content) // 2],
        "torn": content[:4096],
    }
    file.write_bytes(spoilt[damage])
    file.with_name(file.name + "-journal").write_bytes(b"what a crash left")

    told = filled("db", "restore", tmp_path / "kept.gz")

    assert told.status == 0, told.err
    assert filled("db", "check").status == 0
    assert filled("ledger", "verify").status == 0
    assert filled("watermark", "show").status == 0
    [aside] = (tmp_path / "data").glob("damaged-*.sqlite3")
    assert aside.read_bytes() == spoilt[damage]


def test_a_backup_with_a_flipped_bit_is_unusable_or_the_same(filled: Run, tmp_path: Path):
    """A bit of the head, or one that fills up a block, says nothing: then all is restored."""
    filled("db", "backup", tmp_path / "kept.gz")
    content = (tmp_path / "kept.gz").read_bytes()
    whole = gzip.decompress(content)

    for place in range(10, len(content), len(content) // 25):
        spoilt = bytearray(content)
        spoilt[place] ^= 8
        (tmp_path / "spoilt.gz").write_bytes(spoilt)
        told = filled("db", "restore", tmp_path / "spoilt.gz")
        if told.status == 0:
            assert gzip.decompress(spoilt) == whole, place
        else:
            assert _refused(told), place
            assert "没有改动" in told.err
    assert len(whole) > 4096


@pytest.fixture
def locked(filled_folder: Path, tmp_path: Path) -> Path:
    """A copy of the backup locked with a passphrase."""
    return Path(shutil.copy(filled_folder / "kept.locked", tmp_path))


def _restore(filled: Run, file: Path, monkeypatch: pytest.MonkeyPatch, typed: str) -> Ran:
    monkeypatch.setattr(sys, "stdin", StringIO(typed))
    return filled("db", "restore", file, "--passphrase-stdin")


def test_an_encrypted_backup_comes_back_with_its_passphrase(filled: Run, locked: Path, tmp_path, monkeypatch):
    before = filled("ledger", "verify").out
    _database(tmp_path).write_bytes(b"")

    assert _restore(filled, locked, monkeypatch, WORDS + "\n").status == 0

    assert filled("ledger", "verify").out == before


@pytest.mark.parametrize(
    "typed, said", [("茶源 水渠 竹篮 三月\n", "口令不对"), ("\n", "请输入口令"), ("", "请输入口令")]
)
def test_with_a_wrong_or_a_lost_passphrase_nothing_comes_back(
    filled: Run, locked: Path, tmp_path: Path, monkeypatch, typed: str, said: str
):
    before = _database(tmp_path).read_bytes()

    told = _restore(filled, locked, monkeypatch, typed)

    assert _refused(told)
    assert said in told.err
    assert "口令丢了" in told.err
    assert _database(tmp_path).read_bytes() == before


def test_an_encrypted_backup_shows_nothing_and_leaves_nothing_open_beside_it(
    filled: Run, tmp_path, monkeypatch
):
    stick = tmp_path / "stick"
    stick.mkdir()
    monkeypatch.setattr(sys, "stdin", StringIO(WORDS + "\n"))

    told = filled("db", "backup", stick / "kept.locked", "--encrypt", "--passphrase-stdin")

    assert told.status == 0, told.err
    assert "谁也打不开" in told.out
    assert [file.name for file in stick.iterdir()] == ["kept.locked"]
    content = (stick / "kept.locked").read_bytes()
    assert "户主".encode() not in content
    assert gzip.compress(b"")[:3] not in content[:200]


@pytest.mark.parametrize(
    "cut", [17, 65553, *(pytest.param(one, marks=pytest.mark.full) for one in (1, 40000))]
)
def test_an_encrypted_backup_that_was_cut_replaces_nothing(
    filled: Run, locked: Path, tmp_path: Path, monkeypatch, cut: int
):
    before = _database(tmp_path).read_bytes()
    content = locked.read_bytes()
    locked.write_bytes(content[: max(97, len(content) - cut)])

    assert "不完整" in _restore(filled, locked, monkeypatch, WORDS + "\n").err
    assert _database(tmp_path).read_bytes() == before


def test_a_short_passphrase_locks_nothing(filled: Run, tmp_path: Path, monkeypatch):
    monkeypatch.setattr(sys, "stdin", StringIO("12345678\n"))

    told = filled("db", "backup", tmp_path / "kept.locked", "--encrypt", "--passphrase-stdin")

    assert _refused(told)
    assert not (tmp_path / "kept.locked").exists()


def test_a_cut_secret_key_stops_the_start(filled: Run, tmp_path: Path):
    (tmp_path / "data" / "secret_key").write_bytes(b"")

    assert "secret_key" in filled("serve").err


def test_a_cut_list_of_files_to_remove_is_said_and_stops_nothing(filled: Run, tmp_path: Path):
    (tmp_path / "data" / "out" / "kept-days.json").write_text('{"cards.p', "utf-8")

    told = filled("print", "cards", "--out", tmp_path / "cards.pdf")

    assert told.status == 0, told.err
    assert "kept-days.json" in told.err


def _flip(content: bytes) -> bytes:
    place = len(content) // 2
    return content[:place] + bytes([content[place] ^ 8]) + content[place + 1 :]


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "a flipped bit": _flip,
    "cut to half": lambda content: content[: len(content) // 2],
    "cut to nothing": lambda content: b"",
}


@pytest.mark.parametrize(
    "damage",
    [
        "a flipped bit",
        *(pytest.param(one, marks=pytest.mark.full) for one in ("cut to half", "cut to nothing")),
    ],
)
def test_whatever_file_is_damaged_it_is_said_and_not_used(
    filled: Run, tmp_path: Path, caplog: pytest.LogCaptureFixture, damage: str
):
    """Database, backup, stub, kept letters: one after the other, each put right again afterwards."""
    cards, kept = ("print", "cards", "--out", tmp_path / "cards.pdf"), tmp_path / "kept.gz"
    assert filled(*cards).status == 0
    assert filled("db", "backup", kept).status == 0
    face = min((tmp_path / "data" / "fonts").glob("*-400.face"))
    data, stub = _database(tmp_path), tmp_path / "stubs" / "chayuan.watermark"
    before = data.read_bytes()
    refusing = {data: ("serve",), kept: ("db", "restore", kept)}

    for file, command in refusing.items():
        whole = file.read_bytes()
        file.write_bytes(DAMAGES[damage](whole))
        told = filled(*command)
        assert _refused(told), (file.name, told)
        assert data.read_bytes() == before or file == data, file.name
        file.write_bytes(whole)

    whole = stub.read_bytes()
    stub.write_bytes(DAMAGES[damage](whole))
    assert "与账本相符" not in filled("watermark", "show").out
    stub.write_bytes(whole)

    whole = face.read_bytes()
    face.write_bytes(DAMAGES[damage](whole))
    assert filled(*cards).status == 0
    assert f"{face.name} 已损坏" in caplog.text
    assert face.read_bytes() == whole
