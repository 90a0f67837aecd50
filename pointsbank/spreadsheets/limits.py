"""How large a table may be, by the way it comes in; measured before any of it is unpacked in memory."""

from dataclasses import dataclass, replace

_MIB = 1024 * 1024

TOO_WIDE = "表格范围过大，请删除数据以外的空白行和空白列，或分成几个文件，另存后再上传。"
TOO_LARGE_TOGETHER = "各工作表加在一起过大，请只保留要导入的工作表，另存后再上传。"
TOO_LARGE_UNPACKED = "文件解压后过大，请只保留需要导入的工作表。"


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a table may have.

    Attributes:
        file_bytes: of the file as it came, a workbook.
        text_bytes: of the file as it came, CSV; a single rare character makes its text four times as large.
        unpacked_bytes: of the parts of a workbook together.
        rows: above one another, the header included.
        columns: beside one another.
        cells: of the rectangle around all that is filled.
        characters: of all cells together; one long text can stand in many cells.
        near_rows: a sheet with as many rows and 26 columns is within the bounds, so nobody need look closely.
    """

    file_bytes: int
    text_bytes: int
    unpacked_bytes: int
    rows: int
    columns: int
    cells: int
    characters: int
    near_rows: int

    def is_too_wide(self, rows: int, columns: int) -> bool:
        """Return whether the rectangle around a sheet's filled cells is larger than any table of ours."""
        return rows > self.rows or columns > self.columns or rows * columns > self.cells

    def with_rows(self, rows: int) -> "Bounds":
        """Return the same bounds with at most so many rows.

        Example:
            >>> UPLOADED.with_rows(2_000).near_rows
            2000
        """
        return replace(self, rows=min(self.rows, rows), near_rows=min(self.near_rows, rows))


AT_THE_MACHINE = Bounds(
    file_bytes=20 * _MIB,
    text_bytes=20 * _MIB,
    unpacked_bytes=80 * _MIB,
    rows=200_000,
    columns=256,
    cells=6_000_000,
    characters=100_000_000,
    near_rows=99_999,
)
"""A file that somebody imports at the command line, in a process that ends with it."""

UPLOADED = Bounds(
    file_bytes=8 * _MIB,
    text_bytes=4 * _MIB,
    unpacked_bytes=16 * _MIB,
    rows=20_000,
    columns=256,
    cells=200_000,
    characters=10_000_000,
    near_rows=7_600,
)
"""A file sent to the server, beside which tills go on: ten times a large village, in less than 100 MB."""
