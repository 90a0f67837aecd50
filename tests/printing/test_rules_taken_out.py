"""Without one of these rules a font would be believed, or a name printed with a hole in it."""

import pytest

from pointsbank.printing import outlines, scripts
from pointsbank.printing.legible import legible
from tests.missed_rules import TakenOut, check
from tests.printing import test_font_files

_UNUSABLE = test_font_files.test_an_unusable_file_is_said_and_stops_no_print
_OWN = test_font_files.test_a_character_counts_when_it_has_an_outline_of_its_own
_ALIKE = test_font_files.test_one_picture_for_a_whole_script_draws_none_of_its_letters
_JOINED = test_font_files.test_letters_that_join_do_not_count_whatever_the_font_has
_LOOSE = test_font_files.test_what_would_stand_unjoined_or_loose_is_not_drawn
RULES = [
    TakenOut(
        outlines.drawn_points, "state.st_size > MAXIMUM_BYTES", "False", _UNUSABLE, {"case": "too large"}
    ),
    TakenOut(outlines._drawn_points, "kind not in _KINDS", "False", _UNUSABLE, {"case": "text"}),
    TakenOut(outlines._drawn_points, "point == 32 or is_set_alone(chr(point))", "True", _JOINED),
    TakenOut(
        outlines._refuse_forbidden,
        "bits & 15 == _RESTRICTED",
        "False",
        _UNUSABLE,
        {"case": "not to be embedded"},
    ),
    TakenOut(
        outlines._refuse_forbidden,
        "bits & (_NO_CUTTING | _PICTURES_ONLY)",
        "False",
        _UNUSABLE,
        {"case": "not to be cut"},
    ),
    TakenOut(
        outlines._Outlines.draws,
        "self.shape(number) != self._undefined",
        "True",
        _OWN,
    ),
    TakenOut(
        outlines._Outlines.draws, "contours > 0 and right > left and (high > low)", "contours > 0", _OWN
    ),
    TakenOut(
        outlines._Outlines.draws,
        "any(self.draws(part, depth + 1) for part in _parts(self._of(number)))",
        "True",
        _OWN,
    ),
    TakenOut(outlines._Outlines.shape, "at + instructions + 2", "at", _OWN),
    TakenOut(outlines._with_outlines, "widths[font.getGlyphName(number)][0] > 0", "True", _OWN),
    TakenOut(outlines._with_outlines, "alike[shape] > _ALIKE", "False", _ALIKE),
    TakenOut(
        scripts.is_set_alone,
        "any(ord(character) in jamo for jamo in _JOINING_JAMO)",
        "False",
        _LOOSE,
    ),
    TakenOut(scripts.is_set_alone, "script_of(character) in _ALONE", "True", _LOOSE),
    TakenOut(
        legible,
        "not characters",
        "True",
        test_font_files.test_a_name_that_is_not_drawn_is_exchanged_and_said,
    ),
    TakenOut(
        legible,
        'getattr(part, "instead", "")',
        '""',
        test_font_files.test_a_name_that_is_not_drawn_is_exchanged_and_said,
    ),
]


@pytest.mark.parametrize("rule", RULES, ids=str)
def test_a_rule_that_is_taken_out_is_missed(rule: TakenOut, request: pytest.FixtureRequest) -> None:
    check(rule, request)
