"""What people are told: each refusal has a code of its own and a sentence that ends."""

import importlib
import pkgutil

import pointsbank
from pointsbank.errors import Invalid, NotAllowed, NotFound, Problem, Refused

FAMILIES = {Problem, Invalid, NotAllowed, NotFound, Refused}


def test_no_two_errors_share_a_code():
    seen: dict[str, type[Problem]] = {}
    shared = [
        (error, seen[error.code]) for error in _errors() if seen.setdefault(error.code, error) is not error
    ]

    assert not shared


def test_every_error_has_a_code_and_sentence_of_its_own():
    families = {family.sentence for family in FAMILIES}
    borrowed = [
        error.__name__ for error in _errors() if "code" not in vars(error) or error.sentence in families
    ]

    assert not borrowed


def test_every_sentence_ends():
    endless = [
        f"{error.__name__}: {error.sentence}"
        for error in _errors()
        if not error.sentence.endswith(("。", "}"))
    ]

    assert not endless


def test_every_error_says_who_can_mend_it():
    assert {error.fixed_by for error in _errors()} <= {"店员", "村民", "村委", "监督委员会", "管理员"}


def _errors() -> list[type[Problem]]:
    """Every concrete error of the project."""
    for module in pkgutil.walk_packages(pointsbank.__path__, "pointsbank."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    found, waiting = [], [Problem]
    while waiting:
        error = waiting.pop()
        waiting.extend(error.__subclasses__())
        found += [error] if error not in FAMILIES and error.__module__.startswith("pointsbank.") else []
    return sorted(set(found), key=lambda error: (error.__module__, error.__name__))
