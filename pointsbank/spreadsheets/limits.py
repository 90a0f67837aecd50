"""How large a table may be: ten times the largest village, and still small in memory."""

MAXIMUM_ROWS = 200_000

MAXIMUM_COLUMNS = 256

MAXIMUM_CELLS = 6_000_000

MAXIMUM_UNPACKED_BYTES = 80 * 1024 * 1024

TOO_WIDE = "表格范围过大，请删除数据以外的空白行和空白列，另存后再上传。"


def is_too_wide(rows: int, columns: int) -> bool:
    """Return whether the rectangle around a sheet's filled cells is larger than any table of ours."""
    return rows > MAXIMUM_ROWS or columns > MAXIMUM_COLUMNS or rows * columns > MAXIMUM_CELLS
