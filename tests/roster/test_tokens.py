"""Card codes and card numbers: one slip of the scanner or of the hand is always noticed."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pointsbank.roster.tokens import ALPHABET, make_number, make_token, read_number, read_token, spaced

SECRETS = st.binary(min_size=16, max_size=16)


def test_a_token_is_26_characters_of_128_bits_and_a_check_character():
    assert make_token(bytes(16)) == "0" * 27
    assert make_token(b"\xff" * 16) == "7" + "Z" * 25 + "J"


@given(SECRETS)
def test_a_token_reads_back_whatever_stands_before_it(secret: bytes):
    token = make_token(secret)

    assert read_token(f"http://192.168.1.5:8000/c/{token}\r\n") == token
    assert read_token(token.lower()) == token
    assert read_token(f"https://evil.example/steal?x={token}") == token


@given(SECRETS, st.integers(0, 26), st.sampled_from(ALPHABET))
def test_one_wrong_character_is_noticed(secret: bytes, place: int, letter: str):
    token = make_token(secret)
    wrong = token[:place] + letter + token[place + 1 :]

    assert (read_token(wrong) == wrong) == (wrong == token)


@pytest.mark.parametrize(
    "scanned", ["", "王建国", "I" * 27, "U" * 27, "0" * 26, "\0" * 27, "９" * 26, "http://x/c/"]
)
def test_what_is_no_token_is_not_read(scanned: str):
    assert read_token(scanned) is None


def test_a_scanner_behind_a_chinese_keyboard_is_understood():
    token = make_token(bytes(range(16)))

    assert read_token("".join(chr(ord(letter) + 0xFEE0) for letter in token)) == token


def test_a_card_number_notices_every_wrong_digit_and_every_pair_changed_over():
    number = make_number(random.Random(7).randbytes(8))
    slips = {number[:i] + str(d) + number[i + 1 :] for i in range(9) for d in range(10)} - {number}
    swaps = {number[:i] + number[i + 1] + number[i] + number[i + 2 :] for i in range(8)} - {number}

    assert read_number(spaced(number)) == number
    assert not [wrong for wrong in slips | swaps if read_number(wrong)]


@pytest.mark.parametrize("typed", ["", "12345678", "1234567890", "abc", "١٢٣٤٥٦٧٨٩", "1" * 4000])
def test_what_is_no_card_number_is_not_read(typed: str):
    assert read_number(typed) is None
