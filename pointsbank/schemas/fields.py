"""The fields of requests and answers, read strictly: nothing is rounded or guessed."""

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, TypeVar

from marshmallow import ValidationError, fields, validate

from pointsbank import dates, points, text
from pointsbank.errors import Problem
from pointsbank.points import Points

T = TypeVar("T")
_DAY = "20[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"


def _typed(**members: Any) -> dict[str, Any]:
    """Type a field's error messages, or what JSON Schema says of it."""
    return members


class StrictField(fields.Field[T]):
    """A field that says in Chinese what is wrong, and in the API's document what it takes."""

    default_error_messages = _typed(
        required="请填写这一项。", null="这一项不能为空。", validator_failed="这一项填写有误。"
    )
    document = _typed()
    own_words = False  # True where people type words or numbers of their own, which no refusal may lose

    def __init__(self, *, label: str = "", note: str = "", **options: Any) -> None:
        """Keep what forms, helps and the API's document say about this field."""
        described = {**self.document, **options.pop("document", {})} | ({"title": label} if label else {})
        # Marshmallow lets null through wherever the default is None.
        options.setdefault("allow_none", False)
        super().__init__(metadata={**described, "description": note} if note else described, **options)

    def read(self, value: Any) -> T:
        """Return what a given value means; raises ValidationError when it means nothing."""
        raise NotImplementedError

    def write(self, value: T) -> Any:
        """Return the value as an answer has it; None never comes here."""
        return value

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> T:
        return self.read(value)

    def _serialize(self, value: T | None, attr: str | None, obj: Any, **kwargs: Any) -> Any:
        return None if value is None else self.write(value)


class ListOf(fields.List[T]):
    """A list of things of one kind."""

    default_error_messages = _typed(
        required="请填写这一项。", null="这一项不能为空。", invalid="请填一个列表。"
    )

    def __init__(self, kind: fields.Field[T], *, minimum: int = 0, maximum: int, **options: Any) -> None:
        """Keep what is listed and how many of it, both bounds included."""
        bounds = validate.Length(min=minimum, max=maximum, error=f"应有{minimum}至{maximum}项。")
        super().__init__(kind, validate=bounds, **options)


class Nested(fields.Nested):
    """An object within an object."""

    default_error_messages = _typed(
        required="请填写这一项。", null="这一项不能为空。", type="请提交一个 JSON 对象。"
    )


def hundredths(field: StrictField[Any], value: Any) -> Points:
    """Read a JSON number with at most two decimals; raises the field's own ValidationError."""
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise field.make_error("invalid")
    try:
        return points.parse(value)
    except points.PointsInvalid:
        raise field.make_error("invalid") from None


# Not multipleOf: 0.01, by which validators that divide in floating point refuse 0.29 and one amount in nine.
DECIMALS = {"x-decimals": 2}
"""How the API's document says that a number has at most two decimals; its description says so in words."""


class PointsField(StrictField[Points]):
    """Points: a JSON number with at most two decimals."""

    default_error_messages = _typed(
        invalid="请填数字，最多两位小数，例如 5 或 2.5。", range="应在{minimum}至{maximum}之间。"
    )
    document = _typed(type="number", **DECIMALS)

    def __init__(
        self, *, minimum: int = -points.LARGEST, maximum: int = points.LARGEST, **options: Any
    ) -> None:
        """Keep the smallest and largest amount in whole points, both included."""
        self.minimum, self.maximum = points.whole(minimum), points.whole(maximum)
        super().__init__(document={"minimum": minimum, "maximum": maximum}, **options)

    def read(self, value: Any) -> Points:
        """Return the points."""
        amount = hundredths(self, value)
        if not self.minimum <= amount <= self.maximum:
            raise self.make_error(
                "range", minimum=points.show(self.minimum), maximum=points.show(self.maximum)
            )
        return amount

    def write(self, value: Points) -> Decimal:
        """Return the points as a number."""
        return points.to_decimal(value)


class WholeNumber(StrictField[int]):
    """A whole number: no fraction, no text, no true."""

    default_error_messages = _typed(invalid="请填整数。", range="应在{minimum}至{maximum}之间。")
    document = _typed(type="integer")

    def __init__(self, *, minimum: int = 0, maximum: int = 999_999_999, **options: Any) -> None:
        """Keep the smallest and largest number, both included."""
        self.minimum, self.maximum = minimum, maximum
        super().__init__(document={"minimum": minimum, "maximum": maximum}, **options)

    def read(self, value: Any) -> int:
        """Return the number."""
        # type() and not isinstance(): true is an int to Python.
        if type(value) is not int:
            raise self.make_error("invalid")
        if not self.minimum <= value <= self.maximum:
            raise self.make_error("range", minimum=self.minimum, maximum=self.maximum)
        return value


class QueryNumber(WholeNumber):
    """A whole number in an address, where everything is text: plain digits only."""

    def read(self, value: Any) -> int:
        """Return the number."""
        if not isinstance(value, str) or not re.fullmatch(r"[0-9]{1,9}", value):
            raise self.make_error("invalid")
        return super().read(int(value))


class Text(StrictField[str]):
    """Words: trimmed, without control characters, and not longer than they may be."""

    default_error_messages = _typed(
        invalid="请填文字。",
        empty="请填写这一项，不能只有空格。",
        long="文字太长：最多{maximum}个字，现在有{length}个字，请缩短。",
    )
    document = _typed(type="string")
    own_words = True

    def __init__(self, *, maximum: int, empty: bool = False, lines: bool = False, **options: Any) -> None:
        """Keep the greatest length in characters, whether it may be empty, and whether lines may break."""
        self.maximum, self.empty, self.lines = maximum, empty, lines
        bounds = {"maxLength": maximum} if empty else {"minLength": 1, "maxLength": maximum}
        super().__init__(document={**bounds, **options.pop("document", {})}, **options)

    def read(self, value: Any) -> str:
        """Return the words, tidied; raises ValidationError."""
        if not isinstance(value, str):
            raise self.make_error("invalid")
        # Counted as it was sent, space around it and all: so forms and the API's document count too.
        length = len(value.replace("\r\n", "\n"))
        if length > self.maximum:
            raise self.make_error("long", maximum=self.maximum, length=length)
        try:
            cleaned = text.clean(value, maximum=self.maximum, lines=self.lines)
        except Problem as problem:
            # text.clean has the sentence that a spreadsheet's reader gets as well.
            raise ValidationError(problem.detail) from None
        if not cleaned and not self.empty:
            raise self.make_error("empty")
        return cleaned


class Pattern(StrictField[str]):
    """Text that matches a pattern, such as a request id or six digits."""

    default_error_messages = _typed(invalid="请填文字。", shape="写法不对，请按说明填写。")

    def __init__(self, pattern: str, *, sentence: str = "", **options: Any) -> None:
        """Keep the pattern (ASCII) and the error message shown when it does not match."""
        self.pattern = re.compile(pattern, re.ASCII)
        super().__init__(document={"type": "string", "pattern": f"^{pattern}$"}, **options)
        if sentence:
            self.error_messages["shape"] = sentence

    def read(self, value: Any) -> str:
        """Return the text as given."""
        if not isinstance(value, str):
            raise self.make_error("invalid")
        if not self.pattern.fullmatch(value):
            raise self.make_error("shape")
        return value


class RequestId(Pattern):
    """The client's name for one request, the same through every retry."""

    def __init__(self, **options: Any) -> None:
        """Required, eight to sixty-four plain characters."""
        sentence = "请用8至64个字母、数字、下划线或短横线。"
        super().__init__("[A-Za-z0-9_-]{8,64}", sentence=sentence, required=True, **options)


class Choice(StrictField[str]):
    """One of a few words."""

    default_error_messages = _typed(invalid="只能填：{choices}。")

    def __init__(self, *choices: str, **options: Any) -> None:
        """Keep the words."""
        self.choices = choices
        super().__init__(document={"type": "string", "enum": list(choices)}, **options)

    def read(self, value: Any) -> str:
        """Return the word."""
        if not isinstance(value, str) or value not in self.choices:
            raise self.make_error("invalid", choices="、".join(self.choices))
        return value


class Flag(StrictField[bool]):
    """True or false, and nothing that merely resembles them."""

    default_error_messages = _typed(invalid="只能填 true 或 false。")
    document = _typed(type="boolean")

    def read(self, value: Any) -> bool:
        """Return the truth value."""
        if not isinstance(value, bool):
            raise self.make_error("invalid")
        return value


class Day(StrictField[date]):
    """A day written as 2026-09-01."""

    default_error_messages = _typed(invalid="请填日期，例如 2026-09-01。")
    document = _typed(type="string", format="date", pattern=f"^{_DAY}$")

    def read(self, value: Any) -> date:
        """Return the day."""
        # fromisoformat alone would also read 20260901 and 2026-W36-2.
        if not isinstance(value, str) or not re.fullmatch(_DAY, value):
            raise self.make_error("invalid")
        try:
            return date.fromisoformat(value)
        except ValueError:
            raise self.make_error("invalid") from None

    def write(self, value: date) -> str:
        """Return the day as text."""
        return value.isoformat()


class UtcDateTime(StrictField[datetime]):
    """A moment in UTC, to the second; only in answers."""

    document = _typed(type="string", format="date-time")

    def write(self, value: datetime) -> str:
        """Return the moment as text."""
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


class Month(StrictField[str]):
    """A month written as 2026-09."""

    default_error_messages = _typed(invalid="请填月份，例如 2026-09。")
    document = _typed(type="string", pattern="^20[0-9]{2}-(0[1-9]|1[0-2])$")

    def read(self, value: Any) -> str:
        """Return the month."""
        try:
            return dates.parse_month(value if isinstance(value, str) else "")
        except dates.MonthInvalid:
            raise self.make_error("invalid") from None


class Digest(StrictField[bytes]):
    """A SHA-256 digest in hexadecimal; only in answers."""

    document = _typed(type="string", pattern="^[0-9a-f]{64}$")

    def write(self, value: bytes | str) -> str:
        """Return the digest as text, as which an anchor holds it already."""
        return value.hex() if isinstance(value, bytes) else value
