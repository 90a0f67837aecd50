"""The signing key: made with the installation and never again, by one process; lost, found and damaged."""

import errno
import os
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest

from pointsbank import config, durable, signing_key
from pointsbank.config import SettingInvalid


def test_an_installation_gets_its_key_once_its_owners_only(tmp_path: Path) -> None:
    config.load(tmp_path, environ={})
    file = tmp_path / signing_key.FILE
    assert stat.S_IMODE(file.stat().st_mode) == 0o600

    kept = file.read_bytes()
    file.unlink()
    config.load(tmp_path, environ={})
    # A key that is lost is no new one by itself: the village would not know.
    assert not file.exists()

    file.write_bytes(kept)
    config.load(tmp_path, environ={})
    assert file.read_bytes() == kept


@pytest.mark.parametrize("has_second_names", [True, False], ids=["a disk", "a stick"])
def test_processes_that_start_together_agree_on_one_key(
    tmp_path: Path, has_second_names: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not has_second_names:
        monkeypatch.setattr(os, "link", _refused)

    for attempt in range(3 if has_second_names else 1):
        folder = tmp_path / str(attempt)
        start = Barrier(4 if has_second_names else 1)

        def loaded(_: int, folder: Path = folder, start: Barrier = start) -> tuple[str, bytes | None]:
            start.wait(10)
            return config.load(folder, environ={}).secret_key, signing_key.read(folder)

        with ThreadPoolExecutor(start.parties) as pool:
            assert len(set(pool.map(loaded, range(start.parties)))) == 1
        assert sorted(one.name for one in folder.iterdir() if one.is_file()) == ["secret_key", "signing_key"]


@pytest.mark.parametrize("has_second_names", [True, False], ids=["a disk", "a stick"])
def test_a_file_that_is_there_is_never_replaced(
    tmp_path: Path, has_second_names: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not has_second_names:
        monkeypatch.setattr(os, "link", _refused)
    durable.make_whole(tmp_path / "key", b"first")

    with pytest.raises(FileExistsError):
        durable.make_whole(tmp_path / "key", b"second")

    assert [(one.name, one.read_bytes()) for one in tmp_path.iterdir()] == [("key", b"first")]


def test_a_key_that_an_editor_saved_is_the_same_key(tmp_path: Path) -> None:
    key = signing_key.make(tmp_path)
    file = tmp_path / signing_key.FILE

    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes() + b"\r\n")

    assert signing_key.read(tmp_path) == key


@pytest.mark.parametrize(
    "written", [b"", b"AAAA", b"\0" * 44, "钥匙".encode(), b"PRIVATE+KEY+jf.example.cn+01+AQ=="]
)
def test_a_damaged_key_stops_the_start_and_is_not_replaced(tmp_path: Path, written: bytes) -> None:
    config.load(tmp_path, environ={})
    (tmp_path / signing_key.FILE).write_bytes(written)

    with pytest.raises(SettingInvalid, match="signing_key"):
        config.load(tmp_path, environ={})

    assert (tmp_path / signing_key.FILE).read_bytes() == written


def _refused(*_: object) -> None:
    """As a file system does whose files have one name only."""
    raise PermissionError(errno.EPERM, "Operation not permitted")
