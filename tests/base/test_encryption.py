"""Locked files open with their passphrase and whole, or not at all."""

import hashlib
import io
import os
import struct
import tracemalloc

import pytest
from argon2 import low_level
from nacl import bindings as sodium

from pointsbank import encryption
from pointsbank.encryption import PIECE, Cost, locking, unlocking

WORDS = "茶源 水渠 竹篮 二月"
QUICK = Cost(memory=64, passes=1)
HEAD = 72 + 17 + 8
LOCKED_PIECE = PIECE + 17


def _locked(content: bytes, passphrase: str = WORDS) -> bytes:
    out = io.BytesIO()
    with locking(out, passphrase, cost=QUICK) as stream:
        stream.write(content)
    return out.getvalue()


def _locked_with(words: str) -> bytes:
    """A file as earlier versions locked it: with every character that reached the program."""
    salt = os.urandom(16)
    cost = {"time_cost": QUICK.passes, "memory_cost": QUICK.memory, "parallelism": QUICK.lanes}
    key = low_level.hash_secret_raw(words.encode(), salt, **cost, hash_len=32, type=low_level.Type.ID)
    state = sodium.crypto_secretstream_xchacha20poly1305_state()
    stream = sodium.crypto_secretstream_xchacha20poly1305_init_push(state, key)
    head = encryption.MAGIC + struct.pack(">III", QUICK.memory, QUICK.passes, QUICK.lanes) + salt + stream
    head += sodium.crypto_secretstream_xchacha20poly1305_push(state, b"", head, 0)
    last = sodium.crypto_secretstream_xchacha20poly1305_push(state, b"rice", None, 3)
    return head + hashlib.sha256(head).digest()[:8] + last


@pytest.mark.parametrize("around", ["{}", "{} ", "\ufeff{}", "\ufeff{}\t "])
def test_what_a_terminal_puts_around_a_passphrase_is_none_of_it(around: str):
    typed = around.format(WORDS)

    assert _opened(_locked(b"rice", typed)) == _opened(_locked(b"rice"), typed) == b"rice"
    assert _opened(_locked_with(typed), typed) == b"rice"


def test_an_old_backup_with_a_blank_at_the_end_opens_without_it():
    assert _opened(_locked_with(f"{WORDS} ")) == b"rice"


def _opened(file: bytes, passphrase: str | None = WORDS) -> bytes:
    return unlocking(io.BytesIO(file), passphrase).read()


@pytest.mark.parametrize("size", [0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE + 5])
def test_what_was_locked_comes_back(size: int):
    content = os.urandom(size)

    assert _opened(_locked(content)) == content


def test_nothing_of_the_content_and_no_repetition_is_seen():
    first, second = _locked(b"wang jianguo" * 9000), _locked(b"wang jianguo" * 9000)

    assert b"wang" not in first
    assert first[40:] != second[40:]
    assert first[HEAD : HEAD + 64] != first[HEAD + LOCKED_PIECE : HEAD + LOCKED_PIECE + 64]


@pytest.mark.parametrize("typed", ["茶源 水渠 竹篮 三月", WORDS.replace(" ", ""), WORDS.upper() + "a"])
def test_a_wrong_passphrase_is_told_as_such(typed: str):
    with pytest.raises(encryption.PassphraseWrong):
        _opened(_locked(b"rice"), typed)


@pytest.mark.parametrize("nothing", [None, ""])
def test_a_lost_passphrase_opens_nothing(nothing: str | None):
    with pytest.raises(encryption.PassphraseNeeded, match="口令丢了"):
        _opened(_locked(b"rice"), nothing)


def test_full_width_letters_are_the_same_passphrase():
    assert _opened(_locked(b"rice", "ｆｏｕｒ　ｗｏｒｄｓ　１２３４５６"), "four words 123456") == b"rice"


@pytest.mark.parametrize("short", ["", "fifteen letters", "茶" * 7, " " * 20])
def test_a_short_passphrase_is_refused(short: str):
    with pytest.raises(encryption.PassphraseTooShort):
        _locked(b"rice", short)


def test_a_file_cut_anywhere_is_not_whole():
    """After every piece too: there the pieces that are left all open."""
    file = _locked(os.urandom(2 * PIECE + 100))
    ends = [HEAD, HEAD + LOCKED_PIECE, HEAD + 2 * LOCKED_PIECE]

    for end in sorted({*ends, *(e - 1 for e in ends), *(e + 1 for e in ends), 0, 30, len(file) - 1}):
        with pytest.raises(encryption.LockedFileDamaged):
            _opened(file[:end])


def test_pieces_exchanged_doubled_or_left_out_do_not_open():
    file = _locked(os.urandom(3 * PIECE + 100))
    head, rest = file[:HEAD], file[HEAD:]
    a, b, c, last = (rest[start : start + LOCKED_PIECE] for start in range(0, len(rest), LOCKED_PIECE))

    for pieces in ([b, a, c, last], [a, a, b, c, last], [a, c, last], [a, b, c, last, last], [last]):
        with pytest.raises(encryption.LockedFileDamaged):
            _opened(head + b"".join(pieces))


def test_nothing_stands_behind_a_last_piece_that_is_full():
    file = _locked(os.urandom(2 * PIECE))

    for behind in (b"x", file[-LOCKED_PIECE:]):
        with pytest.raises(encryption.LockedFileDamaged, match="后面"):
            _opened(file + behind)


def test_a_piece_of_another_file_with_the_same_passphrase_does_not_open():
    one, other = _locked(bytes(2 * PIECE)), _locked(bytes(2 * PIECE))

    with pytest.raises(encryption.LockedFileDamaged):
        _opened(one[: HEAD + LOCKED_PIECE] + other[HEAD + LOCKED_PIECE :])


def test_every_flipped_bit_is_damage_and_never_a_wrong_passphrase():
    file = _locked(b"forty kilos of rice, ten of oil")
    unseen = []
    for place in range(len(file)):
        spoilt = bytearray(file)
        spoilt[place] ^= 1 << place % 8
        try:
            _opened(bytes(spoilt))
            unseen.append(place)
        except encryption.LockedFileDamaged:
            pass

    assert unseen == []


@pytest.mark.parametrize("cost", [Cost(memory=1 << 21), Cost(memory=64, passes=1000), Cost(memory=4)])
def test_a_foreign_head_that_asks_for_too_much_is_refused(cost: Cost):
    assert not cost.is_bounded
    plain = _locked(b"rice")
    head = plain[:20] + cost.memory.to_bytes(4) + cost.passes.to_bytes(4) + plain[28 : HEAD - 8]

    with pytest.raises(encryption.LockedFileDamaged, match="不合理"):
        _opened(head + encryption._checksum(head) + plain[HEAD:])


def test_memory_does_not_grow_with_the_file(tmp_path):
    sizes = []
    for pieces in (4, 200):
        tracemalloc.start()
        with (tmp_path / "locked").open("wb") as out, locking(out, WORDS, cost=QUICK) as stream:
            for _ in range(pieces):
                stream.write(bytes(PIECE))
        with (tmp_path / "locked").open("rb") as file:
            stream = unlocking(file, WORDS)
            while stream.read(PIECE):
                pass
        sizes.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()

    assert sizes[1] < sizes[0] + 2 * PIECE


def test_files_are_locked_at_libsodium_s_moderate_cost():
    assert (Cost().memory, Cost().passes, Cost().is_bounded) == (256 * 1024, 3, True)
