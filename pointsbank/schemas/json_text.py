"""Reads and writes JSON text: decimals stay exact; what two readers could read differently is refused."""

import json
from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any, NoReturn

from pointsbank.errors import Invalid

MAXIMUM_BYTES = 64 * 1024
"""No request of ours needs more; a larger body is a mistake or an attack."""

_MAXIMUM_DIGITS = 40


class JsonInvalid(Invalid):
    """The body is not JSON, or JSON that two readers could read differently."""

    code = "body_malformed"
    sentence = "提交的内容不是规范的 JSON：{why}。请改正后重新提交。"
    fixed_by = "管理员"


class JsonTooLarge(Invalid):
    """The body is longer than any request of ours can be."""

    code = "body_too_large"
    sentence = "提交的内容超过64KB，请分几次提交。"
    fixed_by = "管理员"


def read(data: bytes) -> Any:
    """Read a JSON text of at most 64 KiB; fractions become Decimal.

    Raises:
        JsonTooLarge: the text is longer.
        JsonInvalid: no JSON, a name twice in one object, NaN, half a surrogate pair, over 40 digits.
    """
    if len(data) > MAXIMUM_BYTES:
        raise JsonTooLarge()
    try:
        value = json.loads(
            data.decode("utf-8-sig"),
            parse_float=_decimal,
            parse_int=_integer,
            parse_constant=_no_constant,
            object_pairs_hook=_object,
        )
        # Half of a surrogate pair can be spelt in JSON but never stored.
        json.dumps(value, ensure_ascii=False, default=str).encode("utf-8")
    except json.JSONDecodeError as error:
        raise JsonInvalid(why=f"第{error.lineno}行第{error.colno}个字符处写法有误") from None
    except UnicodeError:
        raise JsonInvalid(why="文字不是有效的 UTF-8") from None
    except RecursionError:
        raise JsonInvalid(why="嵌套层数太多") from None
    return value


def write(value: Any) -> str:
    """Write a value as JSON; decimals become numbers without trailing zeros.

    Example:
        >>> write({"points": Decimal("5.20"), "size": 10})
        '{"points":5.2,"size":10}'
    """
    if isinstance(value, Decimal):
        return _number(value)
    if isinstance(value, Mapping):
        return "{" + ",".join(f"{_quoted(str(key))}:{write(each)}" for key, each in value.items()) + "}"
    if isinstance(value, str):
        return _quoted(value)
    if isinstance(value, Sequence):
        return "[" + ",".join(write(each) for each in value) + "]"
    return json.dumps(value, allow_nan=False)


def _quoted(text: str) -> str:
    """A text as JSON writes it."""
    return json.dumps(text, ensure_ascii=False)


def _number(value: Decimal) -> str:
    """A decimal as people write it: 5, 5.25."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _decimal(text: str) -> Decimal:
    """A number with a fraction or an exponent; an enormous one would take an age merely to be written out."""
    try:
        value = Decimal(text)
    except InvalidOperation:
        raise JsonInvalid(why="数字太大或太长") from None
    if abs(value.adjusted()) > _MAXIMUM_DIGITS or len(value.as_tuple().digits) > _MAXIMUM_DIGITS:
        raise JsonInvalid(why="数字太大或太长")
    return value


def _integer(text: str) -> int:
    """A whole number of a length that means something."""
    if len(text) > _MAXIMUM_DIGITS:
        raise JsonInvalid(why="数字太大或太长")
    return int(text)


def _no_constant(text: str) -> NoReturn:
    """NaN and Infinity are not JSON, though Python reads them."""
    raise JsonInvalid(why=f"{text}不是数字")


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object whose names are all different: of two equal names readers disagree about which one counts."""
    value = dict(pairs)
    if len(value) != len(pairs):
        raise JsonInvalid(why="同一个字段写了两次")
    return value
