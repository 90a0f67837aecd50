"""What somebody typed into a form: kept until a page has shown it again, whatever became of the form."""

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Any, TypeVar

from flask import current_app, request
from marshmallow import Schema
from marshmallow.fields import Field
from werkzeug.exceptions import RequestEntityTooLarge

from pointsbank.web import limits

View = TypeVar("View", bound=Callable[..., Any])


class TypedValues(dict[str, str]):
    """What was typed, by the name of its field, which notes what a page has asked for to show it again."""

    def __init__(self, typed: Mapping[str, str], own_words: Iterable[str] = ()) -> None:
        """Keep the values, and the names of those that are a person's own words."""
        super().__init__(typed)
        self._own_words, self._asked = set(own_words), set[str]()

    def get(self, name: str, default: Any = None) -> Any:
        """Return a value for a page to show."""
        self._asked.add(name)
        return super().get(name, default)

    def not_shown(self) -> list[str]:
        """Return the words that somebody typed and no page has asked for."""
        return [self[name] for name in self if name in self._own_words - self._asked and self[name].strip()]


@cache
def fields_of(schema: type[Schema]) -> Mapping[str, Field[Any]]:
    """Return the fields of a form by name."""
    return schema().fields


def own_words(schema: type[Schema]) -> list[str]:
    """Return the names of the fields of a form that people fill with their own words and numbers."""
    return [name for name, field in fields_of(schema).items() if getattr(field, "own_words", False)]


def declare(view: View, schema: type[Schema] | None) -> View:
    """Write on a view which form it reads, where `words_sent` finds it."""
    setattr(view, "form", schema)  # noqa: B010
    return view


def declared(endpoint: str) -> type[Schema] | None:
    """Return the form that a view of the application reads, if it reads one."""
    form: type[Schema] | None = getattr(current_app.view_functions.get(endpoint), "form", None)
    return form


_FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")


def words_sent() -> list[str]:
    """Return what somebody typed into the form that this request sends: no password, no code.

    For the page that says why the request came to nothing, when the one with the form cannot be shown.
    """
    form = declared(request.endpoint or "")
    # What the listening side refused has not been read; a large file would first be written to the disk.
    unread = limits.REFUSED in request.environ or request.mimetype not in _FORMS
    is_large = (request.content_length or 0) > limits.STRANGER_BYTES
    if request.method != "POST" or form is None or unread or is_large:
        return []
    try:
        return [request.form[name] for name in own_words(form) if request.form.get(name, "").strip()]
    except RequestEntityTooLarge:
        return []
