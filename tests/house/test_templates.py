"""A misspelt name in a template fails: what a template asks for is given by every page that draws it."""

from pathlib import Path
from types import SimpleNamespace

import pytest
from flask import Flask
from jinja2 import UndefinedError

from tests.house.permissions import application
from tests.house.templates import Reader, renders, sources


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """The application over an empty folder."""
    return application(Path(tmp_path_factory.mktemp("templates")))


@pytest.fixture(scope="module")
def reader(app: Flask) -> Reader:
    """A reader of our templates."""
    return Reader(app, sources())


def test_every_name_a_template_asks_for_is_given_wherever_it_is_drawn(reader: Reader) -> None:
    missing = {one.place: sorted(reader.asked(one.template) - one.given) for one in renders()}

    assert {place: names for place, names in missing.items() if names} == {}


def test_nothing_is_given_that_its_template_does_not_use(reader: Reader) -> None:
    unused = {
        one.place: sorted(names)
        for one in renders()
        if (names := one.given - reader.used(one.template) - {"form"})
    }

    assert unused == {}


def test_no_template_is_left_over(reader: Reader) -> None:
    drawn = {each for one in renders() for each in reader.whole(one.template)} | reader.imported()

    assert sources().keys() - drawn == set()


def test_filters_macros_addresses_and_permissions_are_there(reader: Reader) -> None:
    found = {name: list(reader.astray(name)) for name in sources()}

    assert {name: words for name, words in found.items() if words} == {}


@pytest.mark.parametrize(
    "text",
    [
        "{{ 1 | pionts }}",
        "{% if false %}{{ 1 | pionts }}{% endif %}",
        "{% if 1 is evven %}{% endif %}",
        "{% from 'form.html' import feild %}{{ feild() }}",
        "{% from 'form.html' import field %}",
        "{{ visitor.staf }}",
        "{{ village.nmae }}",
        "{{ form.valeus }}",
        "{% if allowed(P.TIL) %}{% endif %}",
        "{{ url_for('pages.tils', village=1) }}",
        "{{ url_for('pages.till') }}",
        "{{ url_for('pages.till' if 1 else 'pages.sails', village=1) }}",
    ],
)
def test_a_misspelt_word_would_be_found(app: Flask, text: str) -> None:
    assert list(Reader(app, sources() | {"page.html": text}).astray("page.html"))


def test_a_misspelt_name_would_be_found(app: Flask) -> None:
    page = (
        "{% extends 'base.html' %}{% set kept = 1 %}{% block main %}{{ hosehold.name }}{{ kept }}"
        "{% if note is defined %}{{ note }}{% endif %}{% endblock %}"
    )

    assert Reader(app, sources() | {"page.html": page}).asked("page.html") == {"hosehold"}


def test_a_misspelt_attribute_is_an_error_where_it_is_drawn(app: Flask) -> None:
    page = app.jinja_env.from_string("{{ line.titel }}")

    with pytest.raises(UndefinedError, match="titel"):
        page.render(line=SimpleNamespace(title="清扫"))
