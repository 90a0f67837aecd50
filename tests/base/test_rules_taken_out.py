"""Without one of these rules a locked file opens that must not, or is told wrongly."""

import pytest

from pointsbank import encryption
from pointsbank.encryption import Cost
from tests.base import test_encryption
from tests.missed_rules import TakenOut, check

RULES = [
    TakenOut(
        encryption.unlocking,
        "beginning[_HEAD + _LONGER:] != _checksum(head + first)",
        "False",
        test_encryption.test_every_flipped_bit_is_damage_and_never_a_wrong_passphrase,
    ),
    TakenOut(
        encryption.unlocking,
        "not passphrase",
        "False",
        test_encryption.test_a_lost_passphrase_opens_nothing,
        {"nothing": ""},
    ),
    TakenOut(
        encryption.unlocking,
        "not cost.is_bounded",
        "False",
        test_encryption.test_a_foreign_head_that_asks_for_too_much_is_refused,
        {"cost": Cost(memory=4)},
    ),
    TakenOut(
        encryption._Unlocking._next,
        "self._file.read(1)",
        "False",
        test_encryption.test_nothing_stands_behind_a_last_piece_that_is_full,
    ),
    TakenOut(
        encryption.check_length,
        "sum((1 + (c > '\\u2e7f') for c in _composed(passphrase))) < MINIMUM_LENGTH",
        "False",
        test_encryption.test_a_short_passphrase_is_refused,
    ),
    TakenOut(
        encryption._composed,
        'unicodedata.normalize("NFKC", passphrase)',
        "passphrase",
        test_encryption.test_full_width_letters_are_the_same_passphrase,
    ),
]


@pytest.mark.parametrize("rule", RULES, ids=str)
def test_a_rule_that_is_taken_out_is_missed(rule: TakenOut, request: pytest.FixtureRequest) -> None:
    check(rule, request)
