"""Ink only: paper, fonts, codes and line breaking. Knows no sheet, no database, no capability and no clock.

Words go to paper through `Paper.text` (one line), `Passage` (several, broken by `breaking`), `wrapped` (a
cell of a table) and `fitted` (a box); nothing else draws any. Lengths on paper are millimetres from the top
left corner, sizes of letters points (1/72 inch). Importing this loads reportlab and fontTools (a quarter of a
second), so only the sheets import it, and those are loaded at the first print.
"""

from pointsbank.printing import problems
from pointsbank.printing.festive import BRIGHT, CREAM, DEEP, EDGE, GOLD, RULE, draw_ground
from pointsbank.printing.fitting import CELL_LINE, fitted, size_in, wrapped
from pointsbank.printing.fonts import Fonts, FontSet
from pointsbank.printing.glyphs import BOLD, REGULAR
from pointsbank.printing.legible import MISSING, Undrawn, drawn_otherwise, legible, printed_fields, undrawn
from pointsbank.printing.official import Official
from pointsbank.printing.official_drawing import draw_official
from pointsbank.printing.pages import starts
from pointsbank.printing.paper import GREY, HAIR, INK, PALE, RED, SMALLEST, WHITE, Paper
from pointsbank.printing.passages import Passage
from pointsbank.printing.qr import QUIET, card_path, fits, path, slip_path
from pointsbank.printing.roll import Slip, draw_roll
from pointsbank.printing.scripts import is_set_alone, script_in_words, script_of
from pointsbank.printing.table import Field, PrintedTable, draw_tables
from pointsbank.printing.thermal import Thermal
from pointsbank.printing.trying import HEADINGS, draw_sample, samples_of, scripts_not_joined, scripts_of
