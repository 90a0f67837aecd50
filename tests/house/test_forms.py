"""A form says once what it asks for: its schema does; pages and templates read it there."""

import ast
import re
from collections.abc import Iterator

import pytest

from pointsbank.labels.role import ROLE
from pointsbank.schemas.fields import Choice
from pointsbank.schemas.select import Select
from pointsbank.web import pages
from pointsbank.web.forms import Form
from tests.house.source import Module, modules
from tests.house.templates import sources

VERBS_REFUSE = {"confirmed"}
"""Ticks without which the verb refuses: the refusal is written down, so the schema lets them through."""


def forms() -> list[type[Form]]:
    """Return every form of the pages."""
    pages.declared()
    found, waiting = [], [Form]
    while waiting:
        one = waiting.pop()
        found.append(one)
        waiting += one.__subclasses__()
    return [one for one in found if one.__module__.startswith("pointsbank.")]


def written_by_hand(text: str) -> Iterator[str]:
    """Yield the fields of which a template itself says that they must be filled in."""
    asked = re.sub(r"{% if [\w.]*required %} required{% endif %}", "", text)
    for tag in re.findall(r"<(?:input|textarea|select)[^>]*>", re.sub("{%.*?%}", "", asked, flags=re.DOTALL)):
        name = re.search(r'name="([^"]+)"', tag)
        if (
            re.search(r"\srequired\b", tag)
            and name
            and 'type="file"' not in tag
            and name[1] not in VERBS_REFUSE
        ):
            yield name[1]


def undeclared(module: Module) -> Iterator[str]:
    """Yield the views of a module that read a form of which `page.post` does not know."""
    for view in module.functions():
        posts = [
            one
            for one in view.decorator_list
            if isinstance(one, ast.Call) and ast.unparse(one.func).endswith("page.post")
        ]
        read = {
            ast.unparse(node.args[0])
            for node in ast.walk(view)
            if isinstance(node, ast.Call) and ast.unparse(node.func) in ("forms.bind", "forms.binding")
        }
        told = {ast.unparse(key.value) for one in posts for key in one.keywords if key.arg == "form"}
        if posts and read != told:
            yield view.name


def test_what_is_chosen_on_a_page_is_chosen_and_refused_by_its_chinese_name():
    codes = [
        f"{form.__name__}.{name}"
        for form in forms()
        for name, field in form().fields.items()
        if isinstance(field, Choice) and not isinstance(field, Select)
    ]

    assert codes == []


def test_a_list_offers_only_codes_that_it_has():
    with pytest.raises(ValueError, match="mayor"):
        Select(ROLE, "clerk", "mayor")


def test_no_template_says_by_hand_what_must_be_filled_in():
    found = {name: list(written_by_hand(text)) for name, text in sources().items()}

    assert {name: fields for name, fields in found.items() if fields} == {}


def test_a_field_required_by_hand_would_be_found():
    page = '{% if a %}<input name="note" value="{{ b }}" required>{% endif %}<input type="radio" required>'

    assert list(written_by_hand(page)) == ["note"]


def test_every_post_says_which_form_it_reads():
    """Else its words are not known, and lost where the page cannot be shown again."""
    found = {module.place: list(undeclared(module)) for module in modules("pointsbank/web/pages")}

    assert {place: views for place, views in found.items() if views} == {}
