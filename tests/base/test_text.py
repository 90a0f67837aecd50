"""Words are made uniform once, and refused where they would mislead the eye."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pointsbank.text import TextInvalid, clean, clean_name, clean_required, narrow


def test_a_text_has_one_spelling():
    assert clean("  e\u0301 ", maximum=5) == "é"
    assert clean("\u3000一行\n", maximum=5) == "一行"
    assert clean(" ", maximum=5) == ""


def test_what_old_files_hold_at_private_places_is_put_right():
    assert clean_name("曾\ue863") == "曾䶮"


@pytest.mark.parametrize(
    "letter", ["\0", "\x1b", "\u202e", "\u2066", "\u200d", "\ufeff", "\ud800", "\ue000", "\u3164"]
)
def test_hidden_characters_are_refused_with_their_place(letter: str):
    with pytest.raises(TextInvalid, match=rf"第2个字是看不见或无法识别的字符（U\+{ord(letter):04X}）"):
        clean(f"王{letter}明", maximum=10)


def test_lines_are_kept_only_where_lines_are_meant():
    assert clean("一\r\n二", maximum=10, lines=True) == "一\n二"
    with pytest.raises(TextInvalid, match="换行"):
        clean("一\n二", maximum=10)


def test_length_is_told_in_characters():
    assert clean("𬱖" * 5, maximum=5)
    with pytest.raises(TextInvalid, match="最多5个字，现在有6个字"):
        clean("𬱖" * 6, maximum=5)


def test_nothing_is_not_enough_where_something_is_asked():
    with pytest.raises(TextInvalid, match="不能为空"):
        clean_required("　", maximum=5)


def test_full_width_signs_are_made_ordinary():
    assert narrow("　ＡＢ－１２．５％ ") == "AB-12.5%"


@given(st.text(max_size=60))
def test_what_is_clean_stays_as_it_is(given_text: str):
    try:
        once = clean_name(given_text)
    except TextInvalid:
        return
    assert clean_name(once) == once
    assert once.encode()
