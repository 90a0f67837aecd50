"""Without one of these bounds a table is unpacked or read that is larger than one may be."""

import pytest

from pointsbank.spreadsheets import archives, workbooks
from pointsbank.spreadsheets.limits import Bounds
from tests.missed_rules import TakenOut, check
from tests.spreadsheets import test_bounds

_OVER = test_bounds.test_what_is_over_a_bound_is_refused_and_what_is_just_within_is_read
RULES = [
    TakenOut(
        archives.repack,
        'data.count(b"PK\\x01\\x02") > MAXIMUM_PARTS',
        "False",
        test_bounds.test_many_parts_are_counted_before_any_is_listed,
    ),
    *(
        TakenOut(function, rule, "False", _OVER, {"over": test_bounds.OVER[name]})
        for function, rule, name in (
            (archives._unpack, "left < 0", "xlsx, unpacked"),
            (
                archives._unpack,
                "entry.compress_type not in _USUAL_PACKING",
                "xlsx, packed as nobody packs",
            ),
            (
                archives._unpack,
                "len({part.lower() for part in parts}) < len(parts)",
                "xlsx, the texts twice",
            ),
            (archives._check_texts, "together > bounds.characters", "xlsx, one text in many cells"),
            (workbooks._sheets, "cells_left < 0", "xlsx, sheets together"),
            (Bounds.is_too_wide, "rows > self.rows", "xlsx, lines"),
            (Bounds.is_too_wide, "columns > self.columns", "xlsx, columns"),
            (Bounds.is_too_wide, "rows * columns > self.cells", "xlsx, cells"),
        )
    ),
]


@pytest.mark.parametrize("rule", RULES, ids=str)
def test_a_rule_that_is_taken_out_is_missed(rule: TakenOut, request: pytest.FixtureRequest) -> None:
    check(rule, request)
