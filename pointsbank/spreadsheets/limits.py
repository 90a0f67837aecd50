"""How large a table may be: ten times the largest village, and still small in memory."""

MAXIMUM_ROWS = 200_000

MAXIMUM_COLUMNS = 256

MAXIMUM_CELLS = 6_000_000

MAXIMUM_UNPACKED_BYTES = 80 * 1024 * 1024
