"""An entry's whole proof as digits behind an address, small enough for a code on a slip of the shop.

Left out is what a reader derives: the root from the path, the origin from the key on the poster. The bytes,
in order: form 1, size of the log (5), how many hashes, flags (1 signed, 2 witness); the hashes; the entry's
commitment and witness (32 each); key id and signature (68); the rest of the entry's text. Seven bytes are
seventeen digits, which a QR code holds at 3.34 bits each; the last seven are filled with zeros.
"""

import json
import re
from base64 import b64decode
from binascii import Error
from dataclasses import dataclass

from pointsbank.merkle import included, leaf_hash

_FORM = 1
_BYTES, _DIGITS = 7, 17
_SIGNATURE = 68
_HEAD = re.compile(rb'\{"c":"([0-9a-f]{64})"')
_WITNESS = re.compile(rb',"w":"([0-9a-f]{64})"\}\Z')
_RUN = re.compile("[0-9]{204,4080}")


@dataclass(frozen=True, slots=True)
class SlipEntry:
    """What a slip's code brings: an entry's public fields, and its path in the log of so many entries."""

    village: str
    index: int
    kind: str
    amounts: tuple[tuple[str, int], ...]
    moment: str
    size: int
    leaf: bytes
    path: tuple[bytes, ...]

    def stands_under(self, root: bytes) -> bool:
        """Return whether the path leads from the entry to this root."""
        return included(self.leaf, self.index, self.size, self.path, root)


def slip_digits(proof: str) -> str:
    """Return the digits of a brief proof (`sealed_inclusion`).

    Raises:
        ValueError: its entry is in no form that the log has.

    Example:
        slip_digits(proof.sealed_inclusion(session, village="cy", index=4, brief=True, **signing).text)
    """
    head, body, *notes = proof.split("\n\n")
    lines = head.split("\n")
    entry, path = b64decode(lines[1].partition(" ")[2]), [b64decode(line) for line in lines[3:]]
    signature = b64decode(notes[0].strip().rpartition(" ")[2]) if notes and notes[0].strip() else b""
    size = int(body.split("\n")[1])
    commitment, witness = _HEAD.match(entry), _WITNESS.search(entry)
    if commitment is None:
        raise ValueError(entry)
    rest = entry[commitment.end() : witness.start() if witness else -1]
    flags = (1 if signature else 0) | (2 if witness else 0)
    hashes = [bytes.fromhex(one[1].decode()) for one in (commitment, witness) if one]
    packed = bytes([_FORM]) + size.to_bytes(5) + bytes([len(path), flags])
    packed += b"".join([*path, *hashes, signature]) + rest
    blocks = [packed[start : start + _BYTES] for start in range(0, len(packed), _BYTES)]
    return "".join(f"{int.from_bytes(block.ljust(_BYTES, bytes(1))):0{_DIGITS}d}" for block in blocks)


def slip_entry(text: str) -> SlipEntry | None:
    """Return what the code of a slip proves, None where a text holds none; line breaks in it do no harm.

    Example:
        slip_entry("http://jf.example.cn/open/cy/months/2026-10/check#00281…").index  # 17
    """
    found = _RUN.search(re.sub(r"\s", "", text))
    if found is None or len(found[0]) % _DIGITS:
        return None
    try:
        return _read(found[0])
    except (Error, KeyError, OverflowError, TypeError, ValueError):
        return None


def _read(digits: str) -> SlipEntry:
    numbers = [int(digits[start : start + _DIGITS]) for start in range(0, len(digits), _DIGITS)]
    packed = b"".join(number.to_bytes(_BYTES) for number in numbers).rstrip(b"\0")
    size, count, flags = int.from_bytes(packed[1:6]), packed[6], packed[7]
    if packed[0] != _FORM or flags > 3:
        raise ValueError(digits)
    rest = packed[8:]
    path, rest = [rest[at : at + 32] for at in range(0, 32 * count, 32)], rest[32 * count :]
    commitment, rest = rest[:32], rest[32:]
    witness = b""
    if flags & 2:
        witness, rest = b',"w":"%s"' % rest[:32].hex().encode(), rest[32:]
    rest = rest[_SIGNATURE if flags & 1 else 0 :]
    entry = b'{"c":"%s"%s%s}' % (commitment.hex().encode(), rest, witness)
    fields = json.loads(entry)
    amounts = tuple((str(unit), int(amount)) for unit, amount in fields["p"])
    return SlipEntry(
        village=str(fields["vil"]),
        index=int(fields["i"]),
        kind=str(fields["k"]),
        amounts=amounts,
        moment=str(fields["t"]),
        size=size,
        leaf=leaf_hash(entry),
        path=tuple(path),
    )
