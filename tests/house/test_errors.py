"""Refusals: each is checked where it is defined, raised with its fields, and found by name."""

import ast
import importlib
from collections.abc import Iterator
from datetime import date
from types import ModuleType
from typing import Any

import pytest

import pointsbank
from pointsbank import dates, market, publicity, villages
from pointsbank.errors import Invalid, NotFound, Problem, Refused, every_problem
from pointsbank.schemas.base import Schema
from tests.house.source import Module, modules


def test_a_code_belongs_to_one_refusal():
    with pytest.raises(TypeError, match=r"market\.basket\.SoldOut has the code sold_out"):
        type("SoldOutAgain", (Refused,), {"code": "sold_out", "sentence": "没有了。", "fixed_by": "店员"})


@pytest.mark.parametrize("family", [Problem, Invalid, NotFound, Refused])
@pytest.mark.parametrize("given", [{}, {"code": "of_a_test"}, {"sentence": "没有了。"}])
def test_a_refusal_has_code_and_sentence_of_its_own(family: type[Problem], given: dict[str, str]):
    with pytest.raises(TypeError, match="of its own"):
        type("Nameless", (family,), given)


def test_a_sentence_ends():
    with pytest.raises(TypeError, match="must end"):
        type("Endless", (Refused,), {"code": "of_a_test", "sentence": "没有了"})


def test_a_refusal_is_raised_with_the_fields_of_its_sentence():
    with pytest.raises(TypeError, match="SoldOut is raised without left"):
        market.problems.SoldOut(goods="盐")


def test_days_and_months_stand_in_a_sentence_as_people_here_write_them():
    open_still = publicity.problems.NoticeStillOpen(ends_on=date(2026, 9, 4), from_day=date(2026, 9, 5))

    assert "公示到2026年9月4日结束，请从2026年9月5日起" in open_still.detail
    assert villages.problems.MonthClosed(month="2026-08").detail.startswith("2026年8月已经月结")
    # What somebody typed stands there as it was typed.
    assert "“2026-9”" in dates.MonthInvalid(given="2026-9").detail
    written = [
        f"{module.name}:{call.lineno}"
        for module in modules()
        for call in ast.walk(module.tree)
        if isinstance(call, ast.Raise) and "isoformat" in ast.unparse(call)
    ]
    assert written == []


def test_a_refusal_that_a_capability_does_not_have_is_an_attribute_error():
    with pytest.raises(AttributeError, match="NoSuchRefusal"):
        market.problems.NoSuchRefusal  # noqa: B018 - asking for it is the test


@pytest.mark.parametrize("given", [{}, {"fixed_by": "村长"}])
def test_a_refusal_says_who_can_mend_it(given: dict[str, str]):
    with pytest.raises(TypeError, match="who can mend it"):
        type("Unmended", (Refused,), {"code": "of_a_test", "sentence": "没有了。", **given})


def test_refusals_are_found_in_the_problems_of_their_capability():
    rooms = {
        problem: importlib.import_module(".".join(problem.__module__.split(".")[:2]))
        for problem in every_problem()
    }
    lost = [
        problem
        for problem, room in rooms.items()
        if hasattr(getattr(room, "problems", None), "__getattr__")
        and getattr(room.problems, problem.__name__) is not problem
    ]

    assert not lost


def test_every_raise_gives_the_fields_of_its_sentence():
    every_problem()
    found = [(module, *made) for module in modules("pointsbank") for made in _made(module)]
    wrong = [
        f"{module.place}:{call.lineno}: {problem.__name__}"
        for module, call, problem in found
        if "__init__" not in vars(problem)
        and (call.args or not problem.placeholders <= {keyword.arg for keyword in call.keywords})
    ]

    assert len(found) > 200
    assert not wrong


def test_every_refusal_named_through_problems_exists():
    named = [
        (module, node)
        for module in modules("pointsbank", "scripts", "tests")
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Attribute)
        and node.value.attr == "problems"
        and isinstance(node.value.value, ast.Name)
        and hasattr(pointsbank, node.value.value.id)
        and node.attr != "NoSuchRefusal"
    ]
    missing = []
    for module, node in named:
        refusal = _value(node, vars(pointsbank))
        if not (isinstance(refusal, type) and issubclass(refusal, Problem)):
            missing.append(f"{module.place}:{node.lineno}: {ast.unparse(node)}")

    assert len(named) > 100
    assert not missing


def _made(module: Module) -> Iterator[tuple[ast.Call, type[Problem]]]:
    """Yield the calls in a module that make a refusal, each with its class."""
    names = vars(importlib.import_module(module.name)) if not module.name.endswith("__main__") else {}
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Call):
            made = _value(node.func, names)
            if isinstance(made, type) and issubclass(made, Problem):
                yield node, made


def _value(node: ast.expr, names: dict[str, Any]) -> Any:
    """Return what a name, or an attribute of a module, means in a module; None for anything else."""
    if isinstance(node, ast.Name):
        return names.get(node.id)
    if isinstance(node, ast.Attribute) and isinstance(room := _value(node.value, names), ModuleType):
        return getattr(room, node.attr, None)
    return None


_CELLS = ("amount_merged", "cell_empty", "cell_invalid", "digits_lost", "ditto_mark", "formula_failed")
ABOUT_NO_FIELD = {
    **dict.fromkeys(
        (
            *_CELLS,
            "entry_not_drawn",
            "spot_check_answers_missing",
            "scoring_period_invalid",
            "steps_invalid",
            "consequence_invalid",
            "consequence_end_invalid",
            "grid_cell_wrong",
        ),
        "of one cell of a table: told by row and column",
    ),
    **dict.fromkeys(("bad_rows", "rows_in_doubt", "fields_invalid"), "names each cell or field by itself"),
    "sheet_boxes_open": "of boxes on a photo: each has its own question",
    **dict.fromkeys(("sheet_foreign", "sheet_shape_other"), "of one of several photos: named by its number"),
    **dict.fromkeys(
        ("body_malformed", "body_too_large", "media_type_wrong", "unstorable"), "of the request as a whole"
    ),
    **dict.fromkeys(
        ("database_kind_unknown", "setting_invalid", "font_unusable"),
        "of settings on the server: the sentence names the setting",
    ),
    **dict.fromkeys(("usage", "days_off_invalid"), "of the command line, which names it"),
    **dict.fromkeys(
        (
            "consent_invalid",
            "nothing_voted_on",
            "panel_area_invalid",
            "title_votes_missing",
            "title_checks_invalid",
        ),
        "of a button, or of boxes none of which was ticked",
    ),
    **dict.fromkeys(
        ("filter_invalid", "list_choice_unknown", "list_filter_unknown"),
        "`lists.check_asked` names the filter",
    ),
    "text_invalid": "the border reads texts by the same rule and names the field; a code names it itself",
}
"""Refusals of what was typed that point out no field, and why."""

EACH_RAISE_NAMES_IT = {
    "correction_invalid",
    "counter_entry_invalid",
    "participant_invalid",
    "praise_off_matter",
    "wording_unlawful",
    "wording_names_somebody",
}
"""Refusals of several fields: what raises them says which one is meant."""


def test_what_was_typed_wrongly_is_pointed_out_at_its_field():
    typed = {one.code: one for one in every_problem() if issubclass(one, Invalid)}
    silent = {code for code, one in typed.items() if not one.at}

    assert silent == ABOUT_NO_FIELD.keys() | EACH_RAISE_NAMES_IT
    named = [(module, *made) for module in modules("pointsbank") for made in _made(module)]
    assert not [
        f"{module.place}:{call.lineno}"
        for module, call, problem in named
        if problem.code in EACH_RAISE_NAMES_IT - {"wording_names_somebody"}
        and "at" not in {keyword.arg for keyword in call.keywords}
    ]


def test_a_field_that_is_pointed_out_is_one_that_is_sent():
    importlib.import_module("pointsbank.web.app")
    importlib.import_module("pointsbank.cli")
    sent = {"file", "photo", "format", "sort", "cursor"}
    for schema in _descendants(Schema):
        for name, field in schema._declared_fields.items():
            sent |= {name, str(field.data_key or name)}

    assert not {
        one.__name__: one.at
        for one in every_problem()
        if issubclass(one, Invalid) and one.at and not sent & set(one.at)
    }


def _descendants(schema: type[Schema]) -> Iterator[type[Schema]]:
    for one in schema.__subclasses__():
        yield one
        yield from _descendants(one)
