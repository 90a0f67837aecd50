"""No room left, three ways: writes are refused with a sentence, looking goes on, writing resumes."""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest

from tests.faults.conftest import served
from tests.faults.scene import Scene

resource = pytest.importorskip("resource", reason="Windows has other limits")

MEGABYTES = 24


@dataclass
class Disk:
    """A village served from a disk that can be filled and emptied while it is."""

    scene: Scene
    fill: Callable[[], None]
    empty: Callable[[], None]


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of a few megabytes, where we may mount one."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={MEGABYTES}m", "tmpfs", str(place)]
    if os.geteuid() or subprocess.run(mount).returncode:
        pytest.skip("only root may mount a small disk")
    yield place
    subprocess.run(["umount", "-l", place], check=True)


@contextmanager
def village_in(folder: Path, data: Path, template: Path, **options: object) -> Iterator[Scene]:
    """A served village whose database is in this folder."""
    shutil.copyfile(template, folder / "village.sqlite3")
    with served(f"sqlite:///{folder / 'village.sqlite3'}", data, **options) as scene:
        yield scene


@pytest.fixture
def full_file_system(small_disk: Path, sqlite_template: Path, tmp_path: Path) -> Iterator[Disk]:
    """Somebody fills the disk with something else."""
    ballast = small_disk / "ballast"

    def fill() -> None:
        with ballast.open("wb", buffering=0) as file:
            try:
                while file.write(bytes(4096)):
                    pass
            except OSError:
                return

    with village_in(small_disk, tmp_path / "data", sqlite_template) as scene:
        yield Disk(scene, fill, ballast.unlink)


@pytest.fixture
def largest_size_for_files(sqlite_template: Path, tmp_path: Path) -> Iterator[Disk]:
    """The system lets no file grow beyond the size the database has."""
    with village_in(tmp_path, tmp_path / "data", sqlite_template) as scene:
        assert scene.server.process
        process = scene.server.process.pid

        def limit(size: int) -> None:
            resource.prlimit(process, resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))

        def fill() -> None:
            limit((tmp_path / "village.sqlite3").stat().st_size)

        yield Disk(scene, fill, partial(limit, resource.RLIM_INFINITY))


@pytest.fixture
def used_up_quota(sqlite_template: Path, tmp_path: Path) -> Iterator[Disk]:
    """SQLite itself may not use more pages than it has."""
    data = tmp_path / "data"
    data.mkdir()
    quota = data / "quota"

    def allow(pages: int) -> None:
        quota.write_text(str(pages))

    def fill() -> None:
        with closing(sqlite3.connect(tmp_path / "village.sqlite3")) as file:
            allow(file.execute("PRAGMA page_count").fetchone()[0])

    allow(10**6)

    with village_in(tmp_path, data, sqlite_template, flaws=("quota",)) as scene:
        yield Disk(scene, fill, partial(allow, 10**6))


WAYS = ("full_file_system", "largest_size_for_files", "used_up_quota")


# The largest size for files needs no rights and no flaw: it is tried in every run.
@pytest.fixture(
    params=[
        pytest.param(way, marks=[] if way == "largest_size_for_files" else pytest.mark.full) for way in WAYS
    ]
)
def disk(request: pytest.FixtureRequest) -> Disk:
    """Each way in which there may be no room left."""
    found = request.getfixturevalue(request.param)
    assert isinstance(found, Disk)
    return found


LOOKS = ("/goods", "/participants", "/ledger/transactions", "/notices")


def test_a_full_disk_refuses_writes_with_a_sentence_and_nothing_else(disk: Disk) -> None:
    scene = disk.scene
    tickets = scene.tickets([scene.shop.li] * 400)
    disk.fill()
    sold, refused = 0, []
    for ticket in tickets:
        answer = scene.sale(ticket, "S03", 2)()
        sold += answer.status == 201
        refused += [answer] if answer.status != 201 else []
        if len(refused) == 3:
            break

    assert len(refused) == 3, "the disk was not full"
    assert {(one.status, one.told) for one in refused} <= {(503, "storage_failed"), (507, "disk_full")}
    assert all(one.said["detail"].endswith("再试。") for one in refused)
    assert [scene.get(path, by="li").status for path in LOOKS] == [200] * len(LOOKS)
    assert scene.server.ask("GET", "/sign-in").status == 200
    # A look at somebody's file is written down first, or there is none.
    assert scene.get("/participants/0303", by="li").status in (200, 503, 507)
    assert len(scene.sales(scene.shop.li)) == sold
    assert scene.doubts() == []

    disk.empty()
    assert scene.sale(tickets[-1], "S03", 2)().status == 201
    assert scene.doubts() == []
