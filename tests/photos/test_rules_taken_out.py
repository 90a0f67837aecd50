"""Without one of these bounds a photo is drawn that costs more than one may."""

import pytest

from pointsbank.photos import kinds
from tests.missed_rules import TakenOut, check
from tests.photos import test_kinds

_OVER = test_kinds.test_more_than_that_is_refused_with_its_size
_PIXELS, _BYTES = "pixels > MAXIMUM_PIXELS", "pixels * bytes_per_pixel + file_bytes > MAXIMUM_BYTES"
RULES = [
    TakenOut(kinds._checked, _PIXELS, "False", _OVER),
    TakenOut(kinds._checked, _BYTES, "False", _OVER),
    TakenOut(kinds._jpeg_kind, "pixels > MAXIMUM_BASELINE_PIXELS", "False", _OVER),
    TakenOut(kinds._jpeg_kind, _PIXELS, "False", _OVER),
    TakenOut(kinds._jpeg_kind, "kept > MAXIMUM_BYTES", "False", _OVER),
]


@pytest.mark.parametrize("rule", RULES, ids=str)
def test_a_rule_that_is_taken_out_is_missed(rule: TakenOut, request: pytest.FixtureRequest) -> None:
    check(rule, request)
