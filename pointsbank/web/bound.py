"""A form that was sent, or is about to be: values as typed, the data they mean, what is wrong with them.

A page may hold several forms, and two of them a field of one name. Each is a part of the page's form
(`form.of("raise_objection")`): what was sent through one of them is shown again in that one alone. Whether a
field must be filled in, and which words a list offers, is read from the schema that reads what is sent.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from marshmallow import Schema
from marshmallow.fields import Field

from pointsbank.errors import Invalid, Problem
from pointsbank.schemas.select import Select
from pointsbank.web import errors
from pointsbank.web.typed_values import TypedValues, fields_of


@dataclass(frozen=True)
class Mistake:
    """One wrong field: its label, the sentence beside it, its id; empty where the page did not draw it."""

    label: str
    sentence: str
    anchor: str


@dataclass
class BoundForm:
    """A form with what was sent.

    Attributes:
        values: name of a field to its text, shown again whatever happens.
        data: what the schema read from it; empty while there are errors.
        errors: name of a field to the sentence beside it.
        refusal: why the verb refused, once it was called.
        schema: what reads the form; None where nothing but an address is sent.
        parts: the forms of the page by the action that each is sent to.
        sent_to: the action that was asked for and the arguments of its address; None before.
        prefilled: what the page fills in by itself, in each of its forms.
        pointed_out: name of a wrong field to what the page, once drawn, calls it.
        meant: name of a field for households or items to those that what was typed means.
        offers: name of such a field to those whom its unclear words may mean.
    """

    values: TypedValues = field(default_factory=lambda: TypedValues({}))
    data: dict[str, Any] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    refusal: Problem | None = None
    schema: type[Schema] | None = None
    parts: Mapping[str, type[Schema]] = field(default_factory=dict)
    sent_to: tuple[str, Mapping[str, Any]] | None = None
    prefilled: dict[str, str] = field(default_factory=dict)
    pointed_out: dict[str, Mistake] = field(default_factory=dict)
    meant: dict[str, list[Any]] = field(default_factory=dict)
    offers: dict[str, list[Any]] = field(default_factory=dict)

    @property
    def is_valid(self) -> bool:
        """Return True while no field has an error and nothing was refused."""
        return not self.errors and self.refusal is None

    @property
    def status(self) -> int:
        """Return the HTTP status of a page that shows this form."""
        if self.refusal is not None:
            return errors.status_of(type(self.refusal))
        return 422 if self.errors else 200

    def sentence(self) -> str:
        """Return the sentence above the form when something is wrong, else nothing."""
        if self.refusal is not None:
            return self.refusal.detail
        return "有几处需要改正，请看标出的地方。" if self.errors else ""

    @property
    def is_mistake(self) -> bool:
        """Return whether what was typed or sent was refused, not the act."""
        return isinstance(self.refusal, Invalid)

    def take(self, problem: Problem) -> None:
        """Keep a refusal: beside the field that it is about, where it says which and the form has it."""
        known = fields_of(self.schema) if self.schema is not None else ()
        name = next((one for one in getattr(problem, "at", ()) if one in known), None)
        if name is None:
            self.refusal = problem
        else:
            self.errors[name] = problem.detail

    def point_out(self, name: str, label: str, anchor: str) -> str:
        """Return the sentence beside a wrong field, and note how the page calls it for the list above."""
        self.pointed_out[name] = Mistake(label, self.errors[name], anchor)
        return self.errors[name]

    def mistakes(self) -> list[Mistake]:
        """Return the wrong fields, once the page is drawn: in the order in which they stand there."""
        rest = (Mistake("", words, "") for name, words in self.errors.items() if name not in self.pointed_out)
        return [*self.pointed_out.values(), *rest]

    def rows(self) -> list[Any]:
        """Return the first 50 bad rows if a table was refused."""
        return list(getattr(self.refusal, "problems", None) or [])[:50]

    def of(self, *actions: str, **arguments: str) -> "BoundForm":
        """Return the part of the page that is sent to an action: filled as it was sent, or still empty.

        Args:
            actions: names of the actions' functions; a form with two buttons has two, of one schema.
            arguments: parts of the action's address that tell it from others on the page.

        Raises:
            LookupError: no action of this name reads a form of this page.
        """
        schema = self.parts[actions[0]]
        if self.sent_to is not None:
            action, given = self.sent_to
            if action in actions and arguments.items() <= given.items():
                return replace(self, schema=schema, parts={})
        return BoundForm(TypedValues(self.prefilled), schema=schema)

    def requires(self, name: str) -> bool:
        """Return True where a field must be filled in; raises LookupError, as `choices` does."""
        return self._field(name).required

    def choices(self, name: str) -> list[tuple[str, str]]:
        """Return what a list offers: each code with its Chinese name.

        Raises:
            LookupError: no list of this name is in the page's forms, or in several: see `of`.
        """
        found = self._field(name)
        if not isinstance(found, Select):
            raise LookupError(f"{name} is not chosen from a list")
        return found.options

    def lost_words(self) -> list[str]:
        """Return what was typed into fields that the page, drawn by now, no longer has: shown at its end.

        A second objection is refused on a page that offers no objection any more; its words are not lost.
        """
        return [] if self.is_valid else self.values.not_shown()

    def prefill(self, **values: str) -> None:
        """Fill in fields that were not sent; what was typed stays, also where it is empty."""
        for name, value in values.items():
            self.prefilled.setdefault(name, value)
            self.values.setdefault(name, value)

    def keep_request_id(self, name: str = "request_id") -> None:
        """Give the form a request id unless it carries one: a retry of the same form sends the same id."""
        self.prefilled[name] = new_request_id()
        if not self.values.get(name):
            self.values[name] = self.prefilled[name]

    def _field(self, name: str) -> Field[Any]:
        """Return the field of this name of the one form that has it."""
        forms = list(self.parts.values()) or ([self.schema] if self.schema else [])
        found = [form for form in forms if name in fields_of(form)]
        if len(found) != 1:
            raise LookupError(f"{name} is a field of {len(found)} forms of this page, see BoundForm.of")
        return fields_of(found[0])[name]


def new_request_id() -> str:
    """Make a request id for a form that moves points; the form keeps it through every retry."""
    return secrets.token_hex(16)
