"""Each kind of field, and the odd values that must not slip through it."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from marshmallow import Schema, ValidationError

from pointsbank.schemas import fields
from pointsbank.schemas.fields import StrictField
from pointsbank.schemas.quantity import Quantity

ODD: list[Any] = [None, True, "", "1", "１", [], [1], {}, "NaN", Decimal("NaN"), Decimal("Infinity")]


def load(field: StrictField[Any], value: Any) -> Any:
    """What a field makes of a value."""
    return Schema.from_dict({"it": field})().load({"it": value})["it"]


@pytest.mark.parametrize("value", [*ODD, Decimal("1.005"), 10**30, 2**63, Decimal("1E+12"), 1.5])
def test_points_are_numbers_with_at_most_two_decimals(value: Any) -> None:
    with pytest.raises(ValidationError):
        load(fields.PointsField(required=True), value)


@pytest.mark.parametrize(
    ("value", "hundredths"), [(5, 500), (0, 0), (-3, -300), (Decimal("5.25"), 525), (Decimal("5.0"), 500)]
)
def test_points_become_whole_hundredths(value: Any, hundredths: int) -> None:
    assert load(fields.PointsField(), value) == hundredths


def test_points_outside_their_range_are_refused() -> None:
    with pytest.raises(ValidationError, match="应在0至"):
        load(fields.PointsField(minimum=0), -1)


@pytest.mark.parametrize("value", [*ODD, Decimal("1.5"), Decimal("1.0"), -1, 0, 10_000, 2**63, 10**30])
def test_pieces_are_whole_numbers_within_reason(value: Any) -> None:
    with pytest.raises(ValidationError):
        load(fields.WholeNumber(minimum=1, maximum=9_999, required=True), value)


@pytest.mark.parametrize("value", [*ODD, -1, Decimal("0.001"), 10**30])
def test_a_measure_is_a_number_with_two_decimals_at_most(value: Any) -> None:
    with pytest.raises(ValidationError):
        load(Quantity(required=True), value)


def test_no_fault_found_is_a_measure_too() -> None:
    assert load(Quantity(), 0) == 0


@pytest.mark.parametrize("value", ["１", "+1", "-1", " 1", "1.0", "", "0x1", "9" * 40, "²"])
def test_a_number_in_an_address_is_plain_digits(value: str) -> None:
    with pytest.raises(ValidationError):
        load(fields.QueryNumber(minimum=1), value)


@pytest.mark.parametrize("value", [None, 1, True, [], "", "  ", "a" * 11, "a\x00b", "a\u202eb", "a\nb"])
def test_text_is_words_that_can_be_seen_and_are_not_too_long(value: Any) -> None:
    with pytest.raises(ValidationError):
        load(fields.Text(maximum=10, required=True), value)


def test_text_is_trimmed_and_written_in_one_way() -> None:
    assert load(fields.Text(maximum=10), "  e\u0301 ") == "é"


def test_a_sentence_with_braces_does_not_upset_the_complaint() -> None:
    with pytest.raises(ValidationError):
        load(fields.Text(maximum=3), "{{7*7}}")


@pytest.mark.parametrize(
    "value", [None, 12345678, "short", "a" * 65, "with space", "１２３４５６７８", "abcdefgh\n"]
)
def test_a_request_id_is_plain_and_long_enough(value: Any) -> None:
    with pytest.raises(ValidationError):
        load(fields.RequestId(), value)


@pytest.mark.parametrize("value", [None, 1, 0, "true", "yes", []])
def test_a_flag_is_true_or_false(value: Any) -> None:
    with pytest.raises(ValidationError):
        load(fields.Flag(required=True), value)


@pytest.mark.parametrize(
    "value", [None, 20260901, "20260901", "2026-9-1", "2026-02-30", "２０２６-09-01", "2026-W36-2"]
)
def test_a_day_is_written_in_one_way(value: Any) -> None:
    with pytest.raises(ValidationError):
        load(fields.Day(required=True), value)


def test_a_day_that_exists_is_read() -> None:
    assert load(fields.Day(), "2026-09-01") == date(2026, 9, 1)


@pytest.mark.parametrize("value", [None, 202609, "2026-13", "2026-9", "202609"])
def test_a_month_is_written_in_one_way(value: Any) -> None:
    with pytest.raises(ValidationError):
        load(fields.Month(required=True), value)


@pytest.mark.parametrize("value", [None, 1, "sold", ["received"]])
def test_a_choice_is_one_of_its_words(value: Any) -> None:
    with pytest.raises(ValidationError):
        load(fields.Choice("received", "donated", required=True), value)
