"""How large a table may be: ten times the largest village, and still small in memory."""

MOST_ROWS = 200_000

MOST_COLUMNS = 256

MOST_CELLS = 6_000_000

MOST_UNPACKED_BYTES = 80 * 1024 * 1024
