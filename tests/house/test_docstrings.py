"""Docstrings keep docs/writing.md: a verb first, exceptions named, an example at each front-door verb."""

import doctest
import importlib
from pathlib import Path

import pytest

from tests.house.docstrings import RULES, Place, calls, missing_raises, raised, units
from tests.house.source import Function, Module, modules


@pytest.mark.parametrize("unit", units())
@pytest.mark.parametrize("rule", RULES)
def test_docstrings_keep_the_rule(rule: str, unit: str):
    assert not RULES[rule](unit)


@pytest.mark.parametrize(
    "name", [module.name for module in modules("pointsbank") if ">>>" in module.text], ids=str
)
def test_examples_in_docstrings_are_true(name: str):
    assert doctest.testmod(importlib.import_module(name)).failed == 0


SOURCE = '''
def verb(ok):
    """Do it. Raises: Named: when not ok."""
    if not ok:
        raise Named()
    _helper()


def silent():
    """Do it."""
    try:
        _helper()
    except Caught:
        raise Other() from None


def _helper():
    raise Caught()
'''


def test_a_helper_s_exception_belongs_to_its_caller_unless_caught(tmp_path: Path):
    verb, silent = _functions(tmp_path)

    assert raised(verb) == {"Named", "Caught"}
    assert raised(silent) == {"Other"}
    assert calls(verb) == ()


def test_an_unnamed_exception_is_reported(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setattr("tests.house.docstrings._public", lambda _: _functions(tmp_path))
    monkeypatch.setattr("tests.house.source.ROOT", tmp_path)

    first, second = missing_raises("any")

    assert first.endswith("verb raises Caught")
    assert second.endswith("silent raises Other")


def _functions(folder: Path) -> list[Place]:
    (folder / "a.py").write_text(SOURCE, "utf-8")
    module = Module(folder / "a.py")
    return [Place(module, node) for node in module.tree.body if isinstance(node, Function)][:2]
