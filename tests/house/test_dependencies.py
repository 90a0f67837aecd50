"""What we install is what we use: no import without its package, no package without its import."""

import ast
import re
import sys
import tomllib

from tests.house.source import ROOT, Module, modules

# How a package is imported, where that differs from how it is installed.
IMPORTED_AS = {
    "argon2-cffi": "argon2",
    "bootstrap-flask": "flask_bootstrap",
    "chinesecalendar": "chinese_calendar",
    "fonttools": "fontTools",
    "justmytype-intl-cjk": "justmytype_intl_cjk",
    "pillow": "PIL",
    "pynacl": "nacl",
    "python-calamine": "python_calamine",
    "zxing-cpp": "zxingcpp",
}
# Needed without being imported by name: the driver, and a data package.
NEVER_IMPORTED = {"psycopg", "tzdata", "justmytype_intl_cjk"}
# Parts of flask and flask-smorest that come with them and are meant to be used.
WITH_THEM = {"apispec", "itsdangerous", "jinja2", "markupsafe", "webargs", "werkzeug"}


def test_every_import_has_its_package():
    assert _imported(modules("pointsbank", "migrations")) <= _declared() | WITH_THEM


def test_every_package_has_its_import():
    assert _declared() - NEVER_IMPORTED <= _imported(modules("pointsbank", "migrations"))


def test_the_scripts_need_nothing_but_python():
    alone = [module for module in modules("scripts") if module.path.stem in {"run", "test", "environment"}]

    assert _imported(alone) <= {"environment"}


def test_every_dependency_is_explained():
    page = (ROOT / "docs" / "decisions" / "0107-dependencies.md").read_text("utf-8")

    assert not [name for name in _requirements() if name not in page]


def _requirements() -> list[str]:
    """The names of the packages that the project installs."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    return [re.split(r"[\[<>=; ]", line)[0] for line in project["dependencies"]]


def _declared() -> set[str]:
    """The same, by the names they are imported as."""
    return {IMPORTED_AS.get(name, name.replace("-", "_")) for name in _requirements()}


def _imported(found: list[Module]) -> set[str]:
    """The packages of others that these modules import."""
    names = set()
    for node in (node for module in found for node in ast.walk(module.tree)):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module.split(".")[0])
    return names - set(sys.stdlib_module_names) - {"pointsbank"}
