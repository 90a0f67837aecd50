"""Files get their final name in one place, which syncs the file and its folder."""

import ast
import os
import sys
from pathlib import Path

import click
import pytest

from pointsbank import durable
from pointsbank.cli.new_files import NewFile
from tests.house.reference import commands
from tests.house.source import Module, modules


def test_only_one_place_puts_files_in_place():
    elsewhere = [
        f"{module.place}:{node.lineno}"
        for module in modules("pointsbank")
        if module.name != "pointsbank.durable"
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Attribute) and ast.unparse(node) in {"os.replace", "os.rename", "shutil.move"}
    ]

    assert not elsewhere, "use durable.writing_whole or durable.put_in_place"


def test_a_search_for_it_finds_it():
    assert [module.name for module in modules("pointsbank") if _replaces(module)] == ["pointsbank.durable"]


def test_every_file_that_a_command_writes_spares_what_an_installation_lives_on():
    written = [
        (name, part.name)
        for name, command in commands()
        for part in command.params
        if isinstance(part.type, click.Path) and not part.type.exists and part.name != "data"
    ]
    careless = [
        (name, part.name)
        for name, command in commands()
        for part in command.params
        if (name, part.name) in written and not isinstance(part.type, NewFile)
    ]

    assert len(written) >= 8
    assert not careless, "a file that a command writes is a cli.new_files.NewFile"


def test_a_file_that_could_not_be_written_whole_leaves_what_was(tmp_path: Path):
    target = tmp_path / "kept"
    target.write_text("before")

    with pytest.raises(RuntimeError), durable.writing_whole(target) as file:
        file.write(b"half")
        raise RuntimeError

    assert (target.read_text(), list(tmp_path.iterdir())) == ("before", [target])


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps names by itself")
def test_the_file_and_then_its_folder_are_synced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Where the folder is not synced, a power cut takes the name although the bytes are safe."""
    synced: list[tuple[str, bool]] = []
    sync = os.fsync

    def fsync(descriptor: int) -> None:
        name = os.readlink(f"/proc/self/fd/{descriptor}") if Path("/proc/self/fd").exists() else str(tmp_path)
        synced.append((Path(name).name, (tmp_path / "kept").exists()))
        sync(descriptor)

    monkeypatch.setattr(os, "fsync", fsync)
    with durable.writing_whole(tmp_path / "kept") as file:
        file.write(b"whole")

    assert [there for _, there in synced] == [False, True]
    assert synced[-1][0] == tmp_path.name


def _replaces(module: Module) -> bool:
    return any(
        isinstance(node, ast.Attribute) and ast.unparse(node) == "os.replace"
        for node in ast.walk(module.tree)
    )
