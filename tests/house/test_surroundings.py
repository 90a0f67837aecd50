"""What a stranger's machine needs: no paths of ours, no foreign addresses, every setting explained."""

import re
import tomllib

from pointsbank import __version__, config
from tests.house.source import ROOT, tracked_texts

# Put together here so that this file does not find itself.
OURS_ALONE = re.compile("|".join(["/ho" + "me/", "/ro" + "ot/", "/wo" + "rk/", "/op" + "t/"]))
REGISTRIES = re.compile(
    "|".join(["pypi\\." + "org", "python" + "hosted", "registry\\." + "npm", "jsde" + "livr"])
)
FOREIGN = re.compile(r"(?:src|href|action)=\"(?:https?:)?//")


def test_no_path_of_one_machine_is_written_down():
    assert not _found(OURS_ALONE)


def test_no_package_registry_is_written_down():
    assert not _found(REGISTRIES)


def test_no_page_asks_a_third_party():
    asking = [
        path.name for path in (ROOT / "templates").rglob("*.html") if FOREIGN.search(path.read_text("utf-8"))
    ]

    assert not asking


def test_every_setting_is_explained_in_the_readme():
    readme = (ROOT / "README.md").read_text("utf-8")
    settings = [f"POINTSBANK_{name.upper()}" for name in config.NAMES] + [
        "POINTSBANK_DATA",
        "POINTSBANK_TEST_COMPLETE",
    ]

    assert not [name for name in settings if f"`{name}`" not in readme]


def test_the_version_is_the_same_everywhere():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]

    assert project["version"] == __version__


def test_every_decision_has_a_number_of_its_own():
    numbers = [path.name[:4] for path in (ROOT / "docs" / "decisions").glob("*.md")]

    assert len(numbers) == len(set(numbers))


def test_every_link_of_the_readme_leads_somewhere():
    links = re.findall(r"\]\(([^)#]+)\)", (ROOT / "README.md").read_text("utf-8"))

    assert not [link for link in links if "://" not in link and not (ROOT / link).exists()]


def _found(pattern: re.Pattern[str]) -> list[str]:
    """Where a pattern stands in the repository."""
    return [
        f"{path.relative_to(ROOT).as_posix()}:{number}"
        for path in tracked_texts()
        for number, line in enumerate(path.read_text("utf-8", errors="replace").splitlines(), 1)
        if pattern.search(line)
    ]
