"""What the two commands install is written down file by file, and nothing else is installed."""

import hashlib
import json
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.version import Version

from scripts import environment
from tests.house.source import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
LISTS = {
    "build": PROJECT["build-system"]["requires"],
    "run": PROJECT["project"]["dependencies"],
    "test": PROJECT["project"]["dependencies"] + PROJECT["project"]["optional-dependencies"]["dev"],
}
each_list = pytest.mark.parametrize("name", LISTS)
with_referees = pytest.mark.parametrize("name", [*LISTS, "referees"])


def _locked(name: str) -> dict[str, tuple[Version, list[str]]]:
    """Each package of a list with its version and hashes."""
    text = (environment.LOCKED / f"{name}.txt").read_text("utf-8").replace("\\\n", " ")
    found = {}
    for line in text.splitlines():
        wanted, *hashes = line.split("--hash=")
        requirement = Requirement(wanted)
        [pin] = requirement.specifier
        assert pin.operator == "==", line
        found[_plain(requirement.name)] = (Version(pin.version), [one.strip() for one in hashes])
    return found


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


@each_list
def test_every_requirement_is_locked_within_its_range(name: str):
    locked = _locked(name)
    wanted = [Requirement(line) for line in LISTS[name]]

    assert not [one.name for one in wanted if _plain(one.name) not in locked]
    assert not [str(one) for one in wanted if locked[_plain(one.name)][0] not in one.specifier]


@with_referees
def test_every_package_has_its_hashes(name: str):
    assert not [
        package
        for package, (_, hashes) in _locked(name).items()
        if not hashes or not all(re.fullmatch(r"sha256:[0-9a-f]{64}", one) for one in hashes)
    ]


def test_developers_have_what_villages_have():
    run, test = _locked("run"), _locked("test")

    assert {name: version for name, (version, _) in run.items()} == {name: test[name][0] for name in run}


def test_windows_is_locked_too():
    assert {"tzdata", "colorama"} <= _locked("run").keys()


@with_referees
def test_no_list_names_an_address(name: str):
    text = (environment.LOCKED / f"{name}.txt").read_text("utf-8")

    assert not re.search(r"://|--index|--find-links|@ ", text)


def test_what_npm_brings_has_its_hash_and_no_address():
    locked = json.loads((ROOT / "scripts" / "refereeing" / "package-lock.json").read_text("utf-8"))
    packages = {name: one for name, one in locked["packages"].items() if name}

    assert packages and all(one["integrity"].startswith("sha512-") for one in packages.values())
    assert "://" not in json.dumps(locked)


def test_every_call_of_pip_checks_hashes_or_asks_no_index():
    for extra in ("", "dev"):
        for command in environment.install_commands(Path("python"), extra):
            assert {"--require-hashes", "--no-index"} & set(command), command
            assert "--no-build-isolation" in command, command


def test_another_list_is_installed_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    for name in LISTS:
        content = (environment.LOCKED / f"{name}.txt").read_bytes()
        (tmp_path / f"{name}.txt").write_bytes(content)
    before = environment._mark("")
    monkeypatch.setattr(environment, "LOCKED", tmp_path)
    assert environment._mark("") == before

    with (tmp_path / "run.txt").open("a") as file:
        file.write("rice==1.0 --hash=sha256:" + 64 * "0")

    assert environment._mark("") != before


@pytest.mark.parametrize("honest", [True, False])
def test_a_file_with_another_hash_is_not_installed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], honest: bool
):
    """Run the very call that installs, over a list of one small package of ours."""
    wheel = _wheel(tmp_path)
    digest = hashlib.sha256(wheel.read_bytes()).hexdigest() if honest else 64 * "0"
    monkeypatch.setattr(environment, "LOCKED", tmp_path)
    (tmp_path / "build.txt").write_text(f"tea==1.0 --hash=sha256:{digest}\n")
    _needs_pip()
    [command, *_] = environment.install_commands(Path(sys.executable), "")
    command += ["--no-index", "--find-links", str(tmp_path), "--target", str(tmp_path / "there")]

    if honest:
        environment._pip(command)
    else:
        with pytest.raises(SystemExit):
            environment._pip(command)
        assert "校验不符" in capsys.readouterr().err

    assert (tmp_path / "there" / "tea.py").exists() == honest


def _wheel(folder: Path) -> Path:
    """The smallest package there is."""
    file = folder / "tea-1.0-py3-none-any.whl"
    with zipfile.ZipFile(file, "w") as content:
        content.writestr("tea.py", "")
        content.writestr("tea-1.0.dist-info/METADATA", "Metadata-Version: 2.1\nName: tea\nVersion: 1.0\n")
        content.writestr("tea-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\nTag: py3-none-any\n")
        content.writestr("tea-1.0.dist-info/RECORD", "")
    return file


def _needs_pip() -> None:
    if subprocess.run([sys.executable, "-m", "pip", "--version"], capture_output=True).returncode:
        pytest.skip("this Python has no pip")
