"""Documents name what is there: the files, modules and functions that they cite exist."""

import importlib
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.source import ROOT, modules

DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "tests").glob("*.md")])
GENERATED = {"reference.md", "permissions.md"}
named = pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())

_FILE = re.compile(
    r"\b(?:pointsbank|tests|scripts|templates|docs|migrations)/[\w./-]+\.(?:py|md|html|toml)\b"
)
_NAME = re.compile(r"`(?:pointsbank\.)?([a-z_]+(?:\.\w+)+)(?:\([^`]*\))?`")
_ELSEWHERE = re.compile(r"\bdesign §|\bpractice\.md|\bin the design\b", re.IGNORECASE)


@named
def test_files_that_a_document_names_exist(document: Path):
    if document.name == "CHANGELOG.md":
        return  # it names what was

    gone = [path for path in _FILE.findall(document.read_text("utf-8")) if not (ROOT / path).exists()]

    assert not gone


@named
def test_names_that_a_document_gives_exist(document: Path):
    if document.name in GENERATED | {"CHANGELOG.md"}:
        return

    gone = [name for name in _NAME.findall(document.read_text("utf-8")) if not _is_there(name)]

    assert not gone


def test_nothing_cites_a_document_that_is_not_here():
    texts = [*DOCUMENTS, *(module.path for module in modules("pointsbank", "scripts", "tests"))]
    own = Path(__file__).resolve()

    citing = [path for path in texts if path != own and _ELSEWHERE.search(path.read_text("utf-8"))]

    assert not citing


def test_every_room_stands_on_the_map():
    readme = (ROOT / "README.md").read_text("utf-8")
    rows = readme.split("## The map")[1].split("```")[1]
    rooms = {path.stem for path in (ROOT / "pointsbank").iterdir() if not path.name.startswith("_")}

    assert not sorted(room for room in rooms if not re.search(rf"\b{room}\b", rows))


def test_decisions_that_are_cited_exist():
    known = {path.name[:4] for path in (ROOT / "docs/decisions").glob("*.md")}
    gone = [(path.name, number) for path, number in _decisions_cited() if number not in known]

    assert not gone


def _decisions_cited() -> Iterator[tuple[Path, str]]:
    for path in [*DOCUMENTS, *(module.path for module in modules("pointsbank"))]:
        for number in re.findall(r"\bdecision (\d{4})\b|decisions/(\d{4})", path.read_text("utf-8")):
            yield path, number[0] or number[1]


def _is_there(name: str) -> bool:
    """Return False where the first part is a room of ours and the rest is not found in it."""
    first, *rest = name.split(".")
    if not (ROOT / "pointsbank" / first).is_dir() and not (ROOT / "pointsbank" / f"{first}.py").is_file():
        return True
    if rest[-1] in ("py", "md", "html", "csv", "toml", "sqlite3"):
        return True
    found = importlib.import_module(f"pointsbank.{first}")
    for part in rest:
        if not hasattr(found, part):
            try:
                importlib.import_module(f"{found.__name__}.{part}")
            except (ImportError, AttributeError):
                return False
        found = getattr(found, part)
    return True
