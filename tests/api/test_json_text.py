"""JSON as everybody reads it alike, or not at all."""

import contextlib
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pointsbank.schemas import json_text
from pointsbank.schemas.json_text import JsonInvalid, JsonTooLarge


@pytest.mark.parametrize(
    "body",
    [
        b'{"a": NaN}',
        b'{"a": Infinity}',
        b'{"a": -Infinity}',
        b'{"a": 1e400}',
        b'{"a": 1e-400}',
        b'{"a": 1e999999999999999999999}',
        b'{"a": ' + b"9" * 5000 + b"}",
        b'{"a": 1, "a": 2}',
        b'{"a": {"b": 1, "b": 1}}',
        b'{"a": "\\ud800"}',
        b'{"\\udfff": 1}',
        b'{"a": "\xff"}',
        b'{"a": 1,}',
        b"{'a': 1}",
        b'{"a": 01}',
        b'{"a": "\x01"}',
        b"",
        b"nothing",
        b"[" * 30_000,
        b'{"a":' * 8_000,
    ],
)
def test_text_that_two_readers_could_understand_differently_is_refused(body: bytes) -> None:
    with pytest.raises(JsonInvalid) as refused:
        json_text.read(body)

    assert refused.value.detail.endswith("。")


def test_a_body_longer_than_any_request_is_refused() -> None:
    with pytest.raises(JsonTooLarge):
        json_text.read(b'"' + b"a" * json_text.MAXIMUM_BYTES + b'"')


def test_numbers_are_read_as_they_were_written() -> None:
    read = json_text.read(b'\xef\xbb\xbf{"a": 5, "b": 5.25, "c": 0.1, "d": 1e2}')

    assert read == {"a": 5, "b": Decimal("5.25"), "c": Decimal("0.1"), "d": Decimal("100")}
    assert not any(isinstance(value, float) for value in read.values())


@pytest.mark.parametrize(
    ("amount", "written"),
    [
        ("5.00", "5"),
        ("5.25", "5.25"),
        ("5.50", "5.5"),
        ("0", "0"),
        ("-0.30", "-0.3"),
        ("100", "100"),
        ("1E+2", "100"),
    ],
)
def test_decimals_are_written_as_numbers_without_trailing_zeros(amount: str, written: str) -> None:
    assert json_text.write(Decimal(amount)) == written


def test_what_is_written_keeps_chinese_and_escapes_what_json_must() -> None:
    assert json_text.write({"a": ['王"建国', None, True, 3]}) == '{"a":["王\\"建国",null,true,3]}'


_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**30), 10**30) | st.text(st.characters(codec="utf-8")),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(st.characters(codec="utf-8")), inner),
)


@given(_values)
def test_what_is_written_is_read_as_the_same_value(value: object) -> None:
    assert json_text.read(json_text.write(value).encode()) == value


@given(st.binary(max_size=200))
def test_no_bytes_make_the_reader_fall_over(data: bytes) -> None:
    with contextlib.suppress(JsonInvalid):
        json_text.read(data)
