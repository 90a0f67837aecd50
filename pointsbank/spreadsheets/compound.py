"""Old .xls workbooks: measured before any sheet is built in memory, record by record.

An .xls is a small file system (Microsoft's compound file, [MS-CFB]) whose stream "Workbook" is a row of
records ([MS-XLS]); two cells in opposite corners make a sheet of sixteen million.
"""

import struct
from array import array
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, islice

from pointsbank.spreadsheets.formulas import Failed, failed_in_xls
from pointsbank.spreadsheets.kinds import of_compound
from pointsbank.spreadsheets.limits import TOO_LARGE_UNPACKED, TOO_WIDE, Bounds
from pointsbank.spreadsheets.old_sheets import OldSheet, old_sheets
from pointsbank.spreadsheets.problems import FileUnreadable
from pointsbank.spreadsheets.records import SEVERAL_CELLS, SharedTexts, records

_START_OF_SHEET = 0x0809

# FORMULA, NUMBER, LABEL, BOOLERR, RK, LABELSST, RSTRING: each begins with its row and column.
_CELL_RECORDS = frozenset({0x0006, 0x0203, 0x0204, 0x0205, 0x027E, 0x00FD, 0x00D6})

_LAST_SECTOR = 0xFFFFFFFA


def check_workbook(
    name: str, data: bytes, bounds: Bounds
) -> tuple[Mapping[int, list[Failed]], Mapping[int, OldSheet]]:
    """Check the declared size of an .xls file; return what its reader does not tell of each sheet, by place.

    That is its failed formulas, and `old_sheets`.

    Raises:
        FileUnreadable: damaged, encrypted, not a workbook, or too large.
    """
    try:
        streams = _Streams(data)
        if "EncryptedPackage" in streams.entries:
            raise FileUnreadable(name=name, reason="文件加了密码，请去掉密码后重新上传。")
        if not streams.entries.keys() & {"Workbook", "Book"}:
            raise FileUnreadable(name=name, reason=of_compound(streams.entries))
        workbook = streams.read("Workbook" if "Workbook" in streams.entries else "Book")
        texts = SharedTexts(workbook)
        too_wide = any(bounds.is_too_wide(rows, columns) for rows, columns in list(_extents(workbook, texts)))
        too_long = texts.characters() > bounds.characters
        failed, old = failed_in_xls(workbook), old_sheets(workbook)
    except (struct.error, IndexError, UnicodeDecodeError) as error:
        raise FileUnreadable(name=name, reason="文件已损坏，请另存为 .xlsx 再上传。") from error
    if too_wide:
        raise FileUnreadable(name=name, reason=TOO_WIDE)
    if too_long:
        raise FileUnreadable(name=name, reason=TOO_LARGE_UNPACKED)
    return failed, old


def _extents(stream: bytes, texts: SharedTexts) -> Iterator[tuple[int, int]]:
    """Rows and columns of every sheet up to its last filled cell; `texts` sees every record on the way."""
    rows = columns = 0
    for kind, start, length in records(stream):
        texts.see(kind, start, length)
        if kind == _START_OF_SHEET:
            yield rows, columns
            rows = columns = 0
        elif kind in _CELL_RECORDS or kind == SEVERAL_CELLS:
            row, column = struct.unpack_from("<HH", stream, start)
            if kind == SEVERAL_CELLS:
                (column,) = struct.unpack_from("<H", stream, start + length - 2)
            rows, columns = max(rows, row + 1), max(columns, column + 1)
    yield rows, columns


class _Streams:
    """The named streams of a compound file."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._size = 1 << self._number(30, "<H")
        if self._size not in (512, 4096):
            raise IndexError(self._size)
        self._next = self._sectors_table()
        directory = self._chain(self._number(48), self._next, self._size, data[self._size :])
        self.entries = dict(_directory_entries(directory))
        root_start, root_size = self.entries.get("Root Entry", (_LAST_SECTOR, 0))
        self._small = self._chain(root_start, self._next, self._size, data[self._size :])[:root_size]
        small_table = self._chain(self._number(60), self._next, self._size, data[self._size :])
        self._small_next = _numbers(small_table)

    def read(self, name: str) -> bytes:
        """The contents of a stream; short ones live together in the root's stream, in sectors of 64 bytes."""
        start, size = self.entries[name]
        if size < self._number(56):
            return self._chain(start, self._small_next, 64, self._small)[:size]
        return self._chain(start, self._next, self._size, self._data[self._size :])[:size]

    def _number(self, place: int, form: str = "<I") -> int:
        return int(struct.unpack_from(form, self._data, place)[0])

    def _sectors_table(self) -> Sequence[int]:
        """Which sector follows which."""
        places = list(_numbers(self._data[76:512]))
        more = self._number(68)
        sectors = len(self._data) // self._size
        # A table that names more sectors than there are runs in a circle.
        while more < _LAST_SECTOR and len(places) <= sectors:
            *numbers, more = _numbers(self._sector(more))
            places += numbers
        used = (_numbers(self._sector(place)) for place in places if place < _LAST_SECTOR)
        return array("I", islice(chain.from_iterable(used), sectors))

    def _sector(self, place: int) -> bytes:
        return self._data[(place + 1) * self._size : (place + 2) * self._size]

    @staticmethod
    def _chain(start: int, following: Sequence[int], size: int, area: bytes) -> bytes:
        """The sectors of one stream in order; a chain that runs in a circle ends where the file does."""
        sectors: list[bytes] = []
        while start < _LAST_SECTOR and len(sectors) <= len(area) // size:
            sectors.append(area[start * size : (start + 1) * size])
            start = following[start]
        return b"".join(sectors)


def _directory_entries(directory: bytes) -> Iterator[tuple[str, tuple[int, int]]]:
    """Name, first sector and size of every stream."""
    for place in range(0, len(directory) - 127, 128):
        (length,) = struct.unpack_from("<H", directory, place + 64)
        start, size = struct.unpack_from("<II", directory, place + 116)
        if 2 <= length <= 64:
            yield directory[place : place + length - 2].decode("utf-16-le"), (start, size)


def _numbers(area: bytes) -> Sequence[int]:
    """An area of the file as 32-bit numbers."""
    return struct.unpack(f"<{len(area) // 4}I", area[: len(area) // 4 * 4])
