"""Reads a form strictly and shows it again as typed, with each sentence beside its field."""

import re
import secrets
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import partial
from typing import Any, TypeVar

from flask import g, request
from marshmallow import EXCLUDE, ValidationError
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from pointsbank import failures, points
from pointsbank.errors import Problem
from pointsbank.outcomes import OutcomeUnknown
from pointsbank.points import Points
from pointsbank.schemas.base import Schema
from pointsbank.schemas.fields import Choice, QueryNumber, StrictField, Text
from pointsbank.schemas.options import Codes
from pointsbank.web import access, errors

Result = TypeVar("Result")


class Form(Schema):
    """A form's schema: as strict as the API's, but other fields of the page are left alone."""

    class Meta:
        """The page's own fields (its token, its buttons) are not an error."""

        unknown = EXCLUDE


class TypedPoints(StrictField[Points]):
    """Points as typed: text with at most two decimals."""

    default_error_messages = {  # noqa: RUF012 - marshmallow reads it from the class
        "invalid": "请填数字，最多两位小数，例如 5 或 2.5。",
        "sign": "请填大于0的数字。",
    }

    def __init__(self, *, positive: bool = False, **options: Any) -> None:
        """Keep whether only amounts above 0 are valid."""
        self.positive = positive
        super().__init__(**options)

    def read(self, value: Any) -> Points:
        """Return the points."""
        try:
            amount = points.parse(str(value).strip())
        except points.PointsInvalid:
            raise self.make_error("invalid") from None
        if self.positive and amount <= 0:
            raise self.make_error("sign")
        return amount


class Secret(StrictField[str]):
    """A password exactly as typed: never trimmed, never shown again."""

    def read(self, value: Any) -> str:
        """Return the password; raises ValidationError."""
        if len(str(value)) > 200:
            raise ValidationError("密码太长，最多200个字符。")
        return str(value)


class Ticked(StrictField[bool]):
    """A tick box: True if it was ticked."""

    def read(self, value: Any) -> bool:
        """Return True if it was chosen."""
        return bool(value == "1")


class Names(Codes):
    """Several names in one text box, divided by lines, commas or 、 ."""


class Lines(Text):
    """A longer text that may run over several lines."""

    def __init__(self, **options: Any) -> None:
        """Let lines break; the options are those of a text."""
        super().__init__(lines=True, **options)


class Amount(StrictField[Decimal]):
    """A quantity as typed: plain digits with at most two decimals."""

    def read(self, value: Any) -> Decimal:
        """Return the quantity; raises ValidationError."""
        if not re.fullmatch(r"[0-9]{1,7}(\.[0-9]{1,2})?", str(value).strip(), re.ASCII):
            raise ValidationError("请填数字，最多两位小数，例如 3 或 2.5。")
        return Decimal(str(value).strip())


class Count(QueryNumber):
    """A whole number typed as plain digits."""


class Verdict(Choice):
    """Whether an objection is upheld, as two words on the page and a truth value inside."""

    def __init__(self) -> None:
        """Declare the two words; the data calls the answer `upheld`."""
        super().__init__("upheld", "rejected", required=True, attribute="upheld")

    def read(self, value: Any) -> bool:  # type: ignore[override]
        """Return True if the objection is upheld."""
        return super().read(value) == "upheld"


class Answer(Form):
    """The written answer to an objection."""

    verdict = Verdict()
    reason = Lines(maximum=500, required=True)


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


@dataclass
class BoundForm:
    """A form with what was sent: the values as typed, the data they mean, what is wrong with them.

    Attributes:
        values: name of a field to its text, shown again whatever happens.
        data: what the schema read from it; empty while there are errors.
        errors: name of a field to the sentence beside it.
        refusal: why the verb refused, once it was called.
    """

    values: TypedValues = field(default_factory=lambda: TypedValues({}))
    data: dict[str, Any] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    refusal: Problem | None = None

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
        return "有几处需要改正，请看红字。" if self.errors else ""

    def rows(self) -> list[Any]:
        """Return the first 50 bad rows if a table was refused."""
        return list(getattr(self.refusal, "problems", None) or [])[:50]

    def lost_words(self) -> list[str]:
        """Return what was typed into fields that the page, drawn by now, no longer has: shown at its end.

        A second objection is refused on a page that offers no objection any more; its words are not lost.
        """
        return [] if self.is_valid else self.values.not_shown()

    def prefill(self, **values: str) -> None:
        """Fill in fields that were not sent; what was typed stays, also where it is empty."""
        for name, value in values.items():
            self.values.setdefault(name, value)

    def keep_request_id(self, name: str = "request_id") -> None:
        """Give the form a request id unless it carries one: a retry of the same form sends the same id."""
        if not self.values.get(name):
            self.values[name] = new_request_id()


def bind(schema: type[Form]) -> BoundForm:
    """Read the posted form by a schema."""
    own_words = [name for name, each in schema().fields.items() if type(each) in (Text, Lines, Names)]
    typed = TypedValues({name: request.form.get(name, "") for name in request.form}, own_words)
    given = {name: value for name, value in typed.items() if value.strip()}
    reader = schema()
    # For the page that carries the form on when nobody knows whether it was done.
    g.secrets = frozenset(name for name, field in reader.fields.items() if isinstance(field, Secret))
    try:
        return BoundForm(typed, dict(reader.load(given)))
    except ValidationError as error:
        return BoundForm(typed, errors=_sentences(error))


def binding(schema: type[Form], **steps: Callable[[Any], Any]) -> Callable[[], BoundForm]:
    """Return a function that reads the posted form, and does the slow steps on its fields.

    An action binds its form before its transaction begins: there is the place to hash a password.

    Args:
        steps: name of a field to what makes its value of what was read; a refusal is kept on the form.
    """

    def read() -> BoundForm:
        form = bind(schema)
        for name, step in steps.items():
            form.data[name] = run_catching_refusals(form, partial(_step, step, form, name))
        return form

    return read


def _step(step: Callable[[Any], Any], form: BoundForm, name: str) -> Any:
    return step(form.data[name])


def unbound(**values: str) -> BoundForm:
    """Return a form with nothing sent, some fields filled in."""
    return BoundForm(TypedValues(values))


def submit(form: BoundForm, act: Callable[[Session], Result]) -> Result | None:
    """Carry out one write in a transaction if the form is valid.

    A refusal is kept on the form, nothing is written, and the answer is None: show the form again.
    """

    def write() -> Result:
        with access.database().writing() as session:
            return act(session)

    return run_catching_refusals(form, write)


def run_catching_refusals(form: BoundForm, act: Callable[[], Result]) -> Result | None:
    """Call `act` if the form is valid; keep a refusal on the form and return None then.

    For verbs that open their own transactions; `submit` opens one.

    Raises:
        OutcomeUnknown: nobody knows whether it was done. Drawing the page again asks the database, which just
            fell silent: `errors` answers with a page that carries the form and asks nobody.
    """
    if not form.is_valid:
        return None
    try:
        return act()
    except OutcomeUnknown:
        raise
    except Problem as problem:
        form.refusal = problem
    except DBAPIError as error:
        form.refusal = failures.storage_problem(error, errors.doing())
    return None


def new_request_id() -> str:
    """Make a request id for a form that moves points; the form keeps it through every retry."""
    return secrets.token_hex(16)


def _sentences(error: ValidationError) -> dict[str, str]:
    """One sentence for each wrong field."""
    messages = error.messages if isinstance(error.messages, dict) else {"": error.messages}
    return {str(name): _first(given) for name, given in messages.items()}


def _first(messages: Any) -> str:
    while isinstance(messages, (list, dict)):
        messages = next(iter(messages.values() if isinstance(messages, dict) else messages), "")
    return str(messages)
