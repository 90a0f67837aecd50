"""Canonical JSON written fast, held against the plain rule: the same bytes, the same refusals."""

import json
import unicodedata
from collections import OrderedDict, deque
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from types import MappingProxyType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pointsbank.ledger.canonical import LARGEST_INTEGER, canonical, public_bytes
from pointsbank.points import Points

AT = datetime(2026, 8, 5, 6, 30, tzinfo=UTC)


def plain_rule(value: Any) -> bytes:
    """The rule word by word, each value looked at by itself."""
    if value is None or isinstance(value, bool):
        return json.dumps(value).encode()
    if isinstance(value, str):
        return json.dumps(unicodedata.normalize("NFC", value), ensure_ascii=False).encode()
    if isinstance(value, int) and abs(value) < LARGEST_INTEGER:
        return str(int(value)).encode()
    if isinstance(value, Mapping):
        if not all(isinstance(key, str) and key.isascii() for key in value):
            raise ValueError("keys")
        pairs = [json.dumps(key).encode() + b":" + plain_rule(value[key]) for key in sorted(value)]
        return b"{" + b",".join(pairs) + b"}"
    if isinstance(value, Sequence) and not isinstance(value, bytes):
        return b"[" + b",".join(map(plain_rule, value)) + b"]"
    raise ValueError("kind")


def outcome(write: Any, value: Any) -> Any:
    """The bytes, or that there are none."""
    try:
        return write(value)
    except ValueError:
        return ValueError


_TEXTS = st.text(
    st.sampled_from('aé\u0301\u0300王"\\\n\x00\u2028\ud800\uac00\u1100\u1161\u00c5\u212b😀'), max_size=4
)
_LEAVES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.sampled_from([LARGEST_INTEGER - 1, LARGEST_INTEGER, -LARGEST_INTEGER, 1 - LARGEST_INTEGER]),
    _TEXTS,
    st.sampled_from([1.5, Decimal(1), b"bytes", AT.date()]),
)
_KEYS = st.one_of(st.sampled_from("abc"), _TEXTS, st.integers(0, 3))
_VALUES = st.recursive(
    _LEAVES,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.lists(inner, max_size=3).map(tuple),
        st.lists(inner, max_size=3).map(deque),
        st.dictionaries(st.sampled_from("abc"), inner, max_size=3),
        st.dictionaries(_KEYS, inner, max_size=2),
        st.dictionaries(st.sampled_from("ab"), inner, max_size=2).map(MappingProxyType),
    ),
    max_leaves=8,
)


@given(_VALUES)
def test_writes_and_refuses_what_the_plain_rule_does(value: Any) -> None:
    assert outcome(canonical, value) == outcome(plain_rule, value)


@pytest.mark.parametrize(
    "value",
    [
        {},
        [],
        "e\u0301",
        {"b": ["e\u0301", {"z": "王", "a": None}], "a": (1, True, False)},
        OrderedDict([("z", 1), ("a", "A\u030a")]),
        {"points": Points(250), "nested": MappingProxyType({"k": MappingProxyType({"e\u0301": 1})})},
        {"王": 1},
        {1: 2},
        {"a": 2**53},
        {"a": 0.5},
        range(3),
    ],
)
def test_particular_values(value: Any) -> None:
    assert outcome(canonical, value) == outcome(plain_rule, value)


@given(
    st.text("abk王", min_size=1, max_size=4),
    st.integers(0, 2**53 - 1),
    st.sampled_from(["award", "minutes_closed"]),
    st.sampled_from([AT, AT.astimezone(timezone(timedelta(hours=8))), AT + timedelta(seconds=1)]),
    st.none() | st.integers(0, 9),
    st.binary(min_size=32, max_size=32),
    st.lists(st.tuples(st.sampled_from(["points", "honour"]), st.integers(1, 500)).map(list), max_size=2),
)
def test_the_public_part_in_two_halves_is_the_whole(
    village: str, index: int, kind: str, at: datetime, ref: int | None, commitment: bytes, amounts: list[Any]
) -> None:
    whole = {"c": commitment.hex(), "i": index, "k": kind, "p": amounts, "ref": ref, "v": 1, "vil": village}
    written = public_bytes(
        village=village, index=index, kind=kind, at=at, ref=ref, commitment=commitment, amounts=amounts
    )
    assert written == plain_rule(whole | {"t": at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")})


def test_an_index_that_json_cannot_hold_is_refused() -> None:
    with pytest.raises(ValueError, match="2\\^53"):
        public_bytes(
            village="v", index=2**53, kind="award", at=AT, ref=None, commitment=bytes(32), amounts=[]
        )
