"""The practice village is made by a process of its own; what that one refuses or meets is said here."""

import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from pointsbank import practice
from pointsbank.config import Settings
from pointsbank.practice import apart
from tests.web.conftest import settings


@pytest.fixture
def here(tmp_path: Path) -> Settings:
    """The settings of an installation on files."""
    return replace(settings(tmp_path), database_url=f"sqlite:///{tmp_path / 'pointsbank.sqlite3'}")


@pytest.fixture
def children(monkeypatch: pytest.MonkeyPatch) -> list["subprocess.Popen[str]"]:
    """The processes that are started, as they are started."""
    started: list[subprocess.Popen[str]] = []
    start = apart._start

    def noted() -> "subprocess.Popen[str]":
        started.append(start())
        return started[-1]

    monkeypatch.setattr(apart, "_start", noted)
    return started


def test_another_process_makes_it_says_how_far_it_is_and_refuses_a_second(
    here: Settings, children: list["subprocess.Popen[str]"]
) -> None:
    steps: list[str] = []

    practice.make_apart(here, progress=steps.append, lived=False)

    assert practice.exists(here) and {one.login for one in practice.people(here)} >= {"li", "chen"}
    assert any("花名册" in step for step in steps)
    with pytest.raises(apart.PracticeNotMade, match="已经有练习村了"):
        practice.make_apart(here, lived=False)
    assert [child.returncode for child in children] == [0, 1]


def test_where_nobody_wants_to_hear_of_it_any_more_the_process_ends(
    here: Settings, children: list["subprocess.Popen[str]"]
) -> None:
    def stopped(_step: str) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        practice.make_apart(here, progress=stopped, lived=False)

    assert children[0].returncode is not None and not practice.exists(here)


def test_a_process_that_dies_is_a_sentence(here: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "_CHILD", "pointsbank.practice.nowhere")

    with pytest.raises(apart.PracticeNotMade, match="建到一半停了，请再建一次"):
        practice.make_apart(here, lived=False)
