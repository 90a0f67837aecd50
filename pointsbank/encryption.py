"""Files locked by a passphrase: argon2id makes the key, XChaCha20-Poly1305 locks piece after piece.

A file is a head, a locked piece that holds nothing, 8 bytes of SHA-256 over both, and locked pieces of 64 KiB
of content, the last one marked as such. The head is `pointsbank-locked-1` and a line feed; argon2id's memory
in KiB, passes and lanes, four bytes each, high byte first; 16 bytes of salt; libsodium's 24 bytes for a
secret stream. It is authenticated with the empty piece. So a damaged beginning is told from a wrong
passphrase. Each piece is 17 bytes longer than what it holds. Any program with libsodium opens it.

The stream is libsodium's secretstream: pieces that are changed, left out, doubled or exchanged do not open,
and a file that ends before the piece marked last is not whole.
"""

import hashlib
import io
import os
import string
import struct
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

from pointsbank.errors import Invalid, NotAllowed, Refused
from pointsbank.lazy import LazyModule
from pointsbank.slow_work import before_slow_work

if TYPE_CHECKING:
    from argon2 import exceptions as argon2_exceptions
    from argon2 import low_level
    from nacl import bindings as sodium
    from nacl import exceptions as sodium_exceptions
else:
    low_level, argon2_exceptions = LazyModule("argon2.low_level"), LazyModule("argon2.exceptions")
    sodium, sodium_exceptions = LazyModule("nacl.bindings"), LazyModule("nacl.exceptions")

MINIMUM_LENGTH = 16
"""A Han character counts as two letters: there are thousands to choose from."""
MAGIC = b"pointsbank-locked-1\n"
PIECE = 1 << 16
"""Bytes of content in a piece; the last one may hold fewer."""
_LONGER = 17
_NUMBERS = struct.Struct(">III")
_SALT, _STREAM, _CHECK = 16, 24, 8
_HEAD = len(MAGIC) + _NUMBERS.size + _SALT + _STREAM
_MESSAGE, _LAST = 0, 3


class PassphraseTooShort(Invalid):
    """The passphrase is shorter than it must be; a file can be tried for ever, unlike a sign-in."""

    code = "passphrase_too_short"
    sentence = (
        "口令至少要{minimum}个字母或数字，一个汉字算两个；请用几个不相干的词，写在纸上，与备份分开保管。"
    )
    fixed_by = "管理员"
    at = ("passphrase",)


class PassphraseNeeded(Refused):
    """The file is locked and nobody said the passphrase; without it there is no way in, for us neither."""

    code = "passphrase_needed"
    sentence = (
        "这个文件加了密，请输入口令。口令丢了，谁也打不开它，只能换别的备份，例如数据目录 backups 里的。"
    )
    fixed_by = "管理员"


class PassphraseWrong(NotAllowed):
    """The passphrase does not open the file."""

    code = "passphrase_wrong"
    sentence = "口令不对，没有改动任何数据。请核对大小写、空格和输入法后再试；口令丢了，只能换别的备份。"
    fixed_by = "管理员"


class LockedFileDamaged(Refused):
    """The file was changed, cut or put together wrongly, or asks for more memory than is given."""

    code = "locked_file_damaged"
    sentence = "加密的文件不完整或被改动过（{why}），没有使用它。请换一个备份文件。"
    fixed_by = "管理员"


class MemoryShort(Refused):
    """There is not enough memory to make the key."""

    code = "memory_short"
    sentence = "内存不够算出密钥（需要{mebibytes} MB），请关掉别的程序再试。"
    fixed_by = "管理员"


@dataclass(frozen=True, slots=True)
class Cost:
    """What one guess at a passphrase costs: argon2id's memory in KiB, passes, lanes."""

    memory: int = 256 * 1024
    passes: int = 3
    lanes: int = 1

    @property
    def is_bounded(self) -> bool:
        """Whether a file that asks for this may have it: somebody else may have written the file."""
        return 8 <= self.memory <= 1 << 20 and 1 <= self.passes <= 16 and self.lanes == 1


class _Locking(io.RawIOBase):
    """Takes content and writes locked pieces; holds one piece in memory."""

    def __init__(self, out: BinaryIO, state: "sodium.crypto_secretstream_xchacha20poly1305_state") -> None:
        super().__init__()
        self._out, self._state, self._waiting = out, state, bytearray()

    def writable(self) -> bool:
        return True

    def write(self, content: object) -> int:
        """Take content; a piece is written once there is more than it holds."""
        taken = memoryview(content).cast("B")  # type: ignore[arg-type]
        self._waiting += taken
        while len(self._waiting) > PIECE:
            self._push(bytes(self._waiting[:PIECE]), _MESSAGE)
            del self._waiting[:PIECE]
        return len(taken)

    def finish(self) -> None:
        """Write what is left as the last piece."""
        self._push(bytes(self._waiting), _LAST)
        self._waiting.clear()

    def _push(self, content: bytes, tag: int) -> None:
        self._out.write(sodium.crypto_secretstream_xchacha20poly1305_push(self._state, content, None, tag))


class _Unlocking(io.RawIOBase):
    """Reads locked pieces and gives their content; holds one piece in memory."""

    def __init__(self, file: BinaryIO, state: "sodium.crypto_secretstream_xchacha20poly1305_state") -> None:
        super().__init__()
        self._file, self._state, self._content, self._ended = file, state, b"", False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        """Fill a buffer, as far as the next piece goes; 0 at the end; raises LockedFileDamaged."""
        while not self._content and not self._ended:
            self._content = self._next()
        space = memoryview(buffer).cast("B")  # type: ignore[arg-type]
        given, self._content = self._content[: len(space)], self._content[len(space) :]
        space[: len(given)] = given
        return len(given)

    def _next(self) -> bytes:
        """Return the content of the next piece."""
        piece = self._file.read(PIECE + _LONGER)
        if not piece:
            raise LockedFileDamaged(why="结尾不见了")
        try:
            content, tag = sodium.crypto_secretstream_xchacha20poly1305_pull(self._state, piece, None)
        except (sodium_exceptions.CryptoError, ValueError) as error:
            raise LockedFileDamaged(why="其中一段打不开") from error
        if tag == _LAST:
            self._ended = True
            if self._file.read(1):
                raise LockedFileDamaged(why="结尾后面还有东西")
        return content


def check_length(passphrase: str) -> None:
    """Refuse a passphrase that is too short to lock with.

    Raises:
        PassphraseTooShort: it has fewer than 16 characters, a Han character for two.

    Example:
        check_length("four words on paper")
    """
    if sum(1 + (c > "\u2e7f") for c in _composed(passphrase)) < MINIMUM_LENGTH:
        raise PassphraseTooShort(minimum=MINIMUM_LENGTH)


@contextmanager
def locking(out: BinaryIO, passphrase: str, *, cost: Cost = Cost()) -> Iterator[io.RawIOBase]:
    """Lend a stream whose content is written to `out` locked; it is whole when the block ends.

    Args:
        passphrase: at least 16 characters, a Han character for two; full-width letters are like others,
            and blanks around it do not count.

    Raises:
        PassphraseTooShort: it is shorter.
        MemoryShort: the key cannot be made.

    Example:
        with locking(file, "four words on paper") as stream:
            stream.write(b"what only they may read")
    """
    check_length(passphrase)
    words = _composed(passphrase)
    salt = os.urandom(_SALT)
    key = _key(words, salt, cost)
    state = sodium.crypto_secretstream_xchacha20poly1305_state()
    stream = sodium.crypto_secretstream_xchacha20poly1305_init_push(state, key)
    head = MAGIC + _NUMBERS.pack(cost.memory, cost.passes, cost.lanes) + salt + stream
    head += sodium.crypto_secretstream_xchacha20poly1305_push(state, b"", head, _MESSAGE)
    out.write(head + _checksum(head))
    content = _Locking(out, state)
    yield content
    content.finish()


def unlocking(file: BinaryIO, passphrase: str | None) -> io.BufferedReader:
    """Return a stream of what a locked file holds, from its beginning.

    What it raises while it is read is LockedFileDamaged: content is handed out piece by piece, so nothing of
    it may be used before the end was reached.

    Raises:
        PassphraseNeeded: none was given.
        PassphraseWrong: it is another one.
        LockedFileDamaged: the head is not whole, or asks for more than 1 GiB of memory.
        MemoryShort: the key cannot be made.
    """
    beginning = file.read(_HEAD + _LONGER + _CHECK)
    head, first = beginning[:_HEAD], beginning[_HEAD : _HEAD + _LONGER]
    if not head.startswith(MAGIC) or beginning[_HEAD + _LONGER :] != _checksum(head + first):
        raise LockedFileDamaged(why="开头不完整或被改动过")
    if not passphrase:
        raise PassphraseNeeded()
    cost = Cost(*_NUMBERS.unpack_from(head, len(MAGIC)))
    if not cost.is_bounded:
        raise LockedFileDamaged(why="要求的内存或次数不合理")
    salt, stream = head[_HEAD - _STREAM - _SALT : _HEAD - _STREAM], head[_HEAD - _STREAM : _HEAD]
    # Files of earlier versions were locked with what stood around the words, too.
    typed = unicodedata.normalize("NFKC", passphrase)
    words = _composed(passphrase)
    for tried in dict.fromkeys((words, typed, f"{words} ", f"\ufeff{words}")):
        state = sodium.crypto_secretstream_xchacha20poly1305_state()
        sodium.crypto_secretstream_xchacha20poly1305_init_pull(state, stream, _key(tried, salt, cost))
        with suppress(sodium_exceptions.CryptoError):
            sodium.crypto_secretstream_xchacha20poly1305_pull(state, first, head)
            return io.BufferedReader(_Unlocking(file, state), PIECE)
    raise PassphraseWrong()


def is_locked(beginning: bytes) -> bool:
    """Return whether a file that begins with these bytes is locked, or was before its head was damaged.

    Example:
        >>> is_locked(b"pointsbank-locked-1"), is_locked(bytes.fromhex("1f8b08"))
        (True, False)
    """
    return beginning[:10] == MAGIC[:10] or beginning[10:19] == MAGIC[10:19]


def _key(words: str, salt: bytes, cost: Cost) -> bytes:
    before_slow_work("making a key of a passphrase")
    try:
        return low_level.hash_secret_raw(
            words.encode("utf-8", "surrogatepass"),
            salt,
            time_cost=cost.passes,
            memory_cost=cost.memory,
            parallelism=cost.lanes,
            hash_len=32,
            type=low_level.Type.ID,
        )
    except (argon2_exceptions.HashingError, MemoryError) as error:
        raise MemoryShort(mebibytes=cost.memory // 1024) from error


def _checksum(beginning: bytes) -> bytes:
    return hashlib.sha256(beginning).digest()[:_CHECK]


def _composed(passphrase: str) -> str:
    """Return a passphrase as one sequence of characters, full-width letters and composed marks made one.

    Without what others put around it: `echo words |` adds a space on Windows, an editor a byte order mark.

    Example:
        >>> _composed("\\ufefffour words on paper ")
        'four words on paper'
    """
    return unicodedata.normalize("NFKC", passphrase).strip("\ufeff" + string.whitespace)
