"""Reads a form strictly and shows it again as typed, with each sentence beside its field."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import Any, TypeVar

from flask import g, request
from marshmallow import EXCLUDE, ValidationError
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from pointsbank import failures, points, villages
from pointsbank.errors import Problem
from pointsbank.labels.objection_status import OBJECTION_STATUS
from pointsbank.outcomes import OutcomeUnknown
from pointsbank.points import Points
from pointsbank.schemas.base import Schema
from pointsbank.schemas.fields import QueryNumber, StrictField, Text
from pointsbank.schemas.options import Codes
from pointsbank.schemas.select import Select
from pointsbank.text import narrow
from pointsbank.web import access, errors, household_fields, item_fields
from pointsbank.web.bound import BoundForm as BoundForm
from pointsbank.web.bound import new_request_id as new_request_id
from pointsbank.web.household_fields import Household as Household
from pointsbank.web.household_fields import Households as Households
from pointsbank.web.item_fields import ItemField as ItemField
from pointsbank.web.typed_values import TypedValues, own_words

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
    own_words = True

    def __init__(self, *, positive: bool = False, **options: Any) -> None:
        """Keep whether only amounts above 0 are valid."""
        self.positive = positive
        super().__init__(**options)

    def read(self, value: Any) -> Points:
        """Return the points."""
        try:
            amount = points.parse(narrow(str(value)))
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


class VillageSetting(StrictField[Any]):
    """A village's setting as it is typed, within its bounds."""

    own_words = True

    def __init__(self, name: str, **options: Any) -> None:
        """Keep which setting it is; raises VillageSettingUnknown."""
        self.setting = villages.setting(name)
        super().__init__(**options)

    def read(self, value: Any) -> Any:
        """Return the setting's value; raises ValidationError."""
        try:
            return self.setting.read(str(value))
        except villages.problems.VillageSettingInvalid as wrong:
            raise ValidationError(wrong.detail) from None


class OneTimeCode(Text):
    """A code from a telephone, a paper or a server's window: of no use to be shown once its field is gone."""

    own_words = False


class Untyped(Text):
    """Text that nobody types: what the page showed, a choice from a list that it drew, a scanned card."""

    own_words = False


class Names(Codes):
    """Several names in one text box, divided by lines, commas or 、 ."""

    own_words = True


class Lines(Text):
    """A longer text that may run over several lines."""

    def __init__(self, **options: Any) -> None:
        """Let lines break; the options are those of a text."""
        super().__init__(lines=True, **options)


class Amount(StrictField[Decimal]):
    """A quantity as typed: digits, of whatever width, with at most two decimals."""

    own_words = True

    def read(self, value: Any) -> Decimal:
        """Return the quantity; raises ValidationError."""
        typed = narrow(str(value))
        if not re.fullmatch(r"[0-9]{1,7}(\.[0-9]{1,2})?", typed, re.ASCII):
            raise ValidationError("请填数字，最多两位小数，例如 3 或 2.5。")
        return Decimal(typed)


class Count(QueryNumber):
    """A whole number as typed, in digits of whatever width."""

    own_words = True

    def read(self, value: Any) -> int:
        """Return the number; raises ValidationError."""
        return super().read(narrow(str(value)))


class Verdict(Select):
    """Whether an objection is upheld, as two words on the page and a truth value inside."""

    def __init__(self) -> None:
        """Declare the two words; the data calls the answer `upheld`."""
        super().__init__(OBJECTION_STATUS, "upheld", "rejected", required=True, attribute="upheld")

    def read(self, value: Any) -> bool:  # type: ignore[override]
        """Return True if the objection is upheld."""
        return super().read(value) == "upheld"


class Answer(Form):
    """The written answer to an objection."""

    verdict = Verdict()
    reason = Lines(maximum=500, required=True)


@dataclass(frozen=True)
class Reader:
    """How an action reads its form: by a schema, and what is done before its transaction begins."""

    schema: type[Form]
    read: Callable[[], BoundForm]

    def __call__(self) -> BoundForm:
        """Read the posted form."""
        return self.read()


def reader(schema: type[Form]) -> Callable[[Callable[[], BoundForm]], Reader]:
    """Declare by which schema a function reads the posted form."""
    return lambda read: Reader(schema, read)


def schema_of(form: type[Form] | Callable[[], BoundForm] | None) -> type[Form] | None:
    """Return the schema by which an action reads its form; None where it reads none, or a file."""
    return form if isinstance(form, type) else form.schema if isinstance(form, Reader) else None


def bind(schema: type[Form]) -> BoundForm:
    """Read the posted form by a schema."""
    typed = TypedValues({name: request.form.get(name, "") for name in request.form}, own_words(schema))
    given = {name: value for name, value in typed.items() if value.strip()}
    reader = schema()
    # For the page that carries the form on when nobody knows whether it was done.
    g.secrets = frozenset(name for name, field in reader.fields.items() if isinstance(field, Secret))
    form = BoundForm(typed, schema=schema, sent_to=_address())
    try:
        form.data = dict(reader.load(given))
    except ValidationError as error:
        form.errors = _sentences(error)
        form.data = dict(error.valid_data) if isinstance(error.valid_data, dict) else {}
    household_fields.settle(form, reader.fields)
    item_fields.settle(form, reader.fields)
    if form.errors:
        form.data = {}
    return form


def binding(schema: type[Form], **steps: Callable[[Any], Any]) -> Reader:
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

    return Reader(schema, read)


def _step(step: Callable[[Any], Any], form: BoundForm, name: str) -> Any:
    return step(form.data[name])


def unbound(schema: type[Form] | None = None, /, **values: str) -> BoundForm:
    """Return a form with nothing sent, some fields filled in.

    Args:
        schema: what will read it; a page with `page.form` knows it from its actions.
    """
    return BoundForm(TypedValues(values), schema=schema, sent_to=_address(), prefilled=values)


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
        form.take(problem)
    except DBAPIError as error:
        form.refusal = failures.storage_problem(error, errors.doing())
    return None


def _address() -> tuple[str, dict[str, Any]] | None:
    """Return which action this request asks for and the arguments of its address; None for one that looks."""
    if request.method != "POST":
        return None
    return (request.endpoint or "").removeprefix("pages."), dict(request.view_args or {})


def _sentences(error: ValidationError) -> dict[str, str]:
    """One sentence for each wrong field."""
    messages = error.messages if isinstance(error.messages, dict) else {"": error.messages}
    return {str(name): _first(given) for name, given in messages.items()}


def _first(messages: Any) -> str:
    while isinstance(messages, (list, dict)):
        messages = next(iter(messages.values() if isinstance(messages, dict) else messages), "")
    return str(messages)
